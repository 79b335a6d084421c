import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { aggregateWhere, binary, call, column, literal } from "../../src/sql/expressions.ts";
import { EngineFailure, Interrupted } from "../../src/sql/failure.ts";
import {
  aliased,
  files,
  join as joinRelations,
  named,
  select,
  subquery,
  unionAll,
} from "../../src/sql/queries.ts";
import type { Query, Statement } from "../../src/sql/tree.ts";
import type { QueryProgress } from "../../src/warehouse/connection.ts";
import { openDuckdb } from "../../src/warehouse/duckdb.ts";
import { makeWorkspace } from "./workspace.ts";

const workspace = makeWorkspace();

const countRows = (path: string): Statement =>
  select({
    columns: [named("rows", call("count"))],
    from: files({ format: "csv", paths: [path], columns: null, sample: "some" }),
  });

/** 10^digits rows. */
function numbers(digits: number): Query {
  const ten = unionAll(
    Array.from({ length: 10 }, (_, value) =>
      select({ columns: [named("n", literal(BigInt(value)))], from: null }),
    ),
  );
  if (digits === 1) return ten;
  const sum = binary("plus", binary("times", column("n", "a"), literal(10n)), column("n", "b"));
  const rest = aliased(subquery(numbers(digits - 1)), "a");
  return select({
    columns: [named("n", sum)],
    from: joinRelations(rest, aliased(subquery(ten), "b"), literal(true)),
  });
}

const longQuery: Statement = select({
  columns: [named("n", aggregateWhere(binary("more", column("n"), literal(5n)), "sum", column("n")))],
  from: subquery(numbers(10)),
});

test("only the allowed folder can be read", async () => {
  const inside = join(workspace.folder, "inside");
  mkdirSync(inside);
  writeFileSync(join(inside, "a.csv"), "a\n1\n2\n");
  const outside = workspace.write("outside.csv", "a\n1\n");
  const engine = await openDuckdb({ timezone: "UTC", allowedDirectories: [inside] });
  expect(await engine.run(countRows(join(inside, "a.csv")))).toMatchObject([{ rows: 2 }]);
  await expect(engine.run(countRows(outside))).rejects.toThrow(/disabled by configuration/);
  await expect(engine.run(countRows(`${inside}/../outside.csv`))).rejects.toBeInstanceOf(EngineFailure);
  await expect(engine.run(countRows("https://example.invalid/a.csv"))).rejects.toBeInstanceOf(EngineFailure);
  await engine.close();
});

test("a running query is interrupted, and the connection lives on", async () => {
  const engine = await workspace.open();
  const running = engine.run(longQuery);
  setTimeout(() => engine.interrupt(), 50);
  await expect(running).rejects.toBeInstanceOf(Interrupted);
  expect(await engine.run(select({ columns: [named("x", literal(1n))], from: null }))).toMatchObject([
    { x: 1 },
  ]);
  await engine.close();
});

test("progress is told while a query runs", async () => {
  const engine = await workspace.open();
  const seen: QueryProgress[] = [];
  const running = engine.run(longQuery, (progress) => {
    seen.push(progress);
    if (seen.length === 2) engine.interrupt();
  });
  await expect(running).rejects.toBeInstanceOf(Interrupted);
  expect(seen.length).toBeGreaterThanOrEqual(2);
  for (const { share } of seen) expect(share === null || (share >= 0 && share <= 1)).toBe(true);
  await engine.close();
});

test("an engine's complaint is one line", async () => {
  const engine = await workspace.open();
  const error = await engine.run(countRows(join(workspace.folder, "nothing.csv"))).catch((cause) => cause);
  expect(error).toBeInstanceOf(EngineFailure);
  expect(error.message).toMatch(/^No files found/);
  expect(error.message).not.toContain("\n");
  await engine.close();
});

test("nothing is left in the working folder", async () => {
  const engine = await openDuckdb({ timezone: "UTC", allowedDirectories: [workspace.folder] });
  await engine.run(select({ columns: [named("x", literal(1n))], from: null }));
  await engine.close();
  expect(existsSync(".tmp")).toBe(false);
});
