import { expect, test } from "vitest";
import { ODD_TEXTS, writeOddWorld } from "../odd-world.ts";
import { makeWorkspace } from "../workspace.ts";
import { expectSame, load, seenByClickhouse, seenByDuckdb } from "./observe.ts";
import { hasClickhouse, startServers } from "./servers.ts";

const workspace = makeWorkspace();
const TIME = "time DateTime64(6, 'UTC')";

test.skipIf(!hasClickhouse())(
  "texts that are hard to carry stay whole, and bytes that are none do no harm",
  async () => {
    const world = await writeOddWorld(workspace.folder);
    const [server] = await startServers(1);
    for (const [name, columns] of [
      ["exposures", `experiment String, user String, variant String, country String, ${TIME}`],
      ["app", `user String, event String, ${TIME}`],
    ] as const)
      await load([server!], { name, columns, path: world.files.get(name)![0]!, format: "Parquet" });
    expectSame(await seenByClickhouse(world, server!), await seenByDuckdb(world));

    const [bytes, replaced] = [ODD_TEXTS.indexOf("K"), ODD_TEXTS.indexOf("\ufffd")];
    await server!.ask(
      "alter table exposures update country = unhex('ff') where country = 'K' settings mutations_sync = 1",
    );
    const { observations } = await seenByClickhouse(world, server!);
    const { values } = observations[0]!.metrics[0]!.breakdowns![0]!;
    expect(values).toHaveLength(ODD_TEXTS.length - 1);
    const both = world.units[bytes]!.map((count, variant) => count + world.units[replaced]![variant]!);
    expect(values.find(({ value }) => value === "\ufffd")!.exposed).toEqual(both);
  },
);
