import { OpenFeature as Server } from "@openfeature/server-sdk";
import { OpenFeature as Web } from "@openfeature/web-sdk";
import { afterEach, describe, expect, test } from "vitest";
import type { LiveEvent } from "../../../src/integrations/live/index.ts";
import {
  createLiveUpdates,
  createServerProvider,
} from "../../../src/integrations/openfeature-server/index.ts";
import { createWebProvider } from "../../../src/integrations/openfeature-web/index.ts";
import { logging, ORG_SPLIT, SOME, SPLIT, STATIC, TARGETED, USER_FLAGS, ZERO } from "./flags.ts";
import { server, web } from "./sides.ts";

describe.each([server, web])("the provider for the $name", (side) => {
  afterEach(side.stop);

  test("gives an experiment's variant as a text and its params as an object, as assignment does", async () => {
    const { experiments } = logging();
    await side.start({ experiments, every: USER_FLAGS }, { targetingKey: "u-1" });
    const arm = experiments.peek<never, never>(SPLIT as never, { userId: "u-1" } as never) as {
      readonly variant: "some" | "zero";
    };
    const params = { some: SOME, zero: ZERO }[arm.variant];
    const expected = { variant: arm.variant, reason: "SPLIT" };
    expect(await side.evaluate("string", "split", "none")).toMatchObject({ value: arm.variant, ...expected });
    expect(await side.evaluate("object", "split", {})).toMatchObject({ value: params, ...expected });
    expect(await side.evaluate("object", "split.list", [])).toMatchObject({
      value: params.list,
      ...expected,
    });
  });

  test("gives the unassigned the fallback for a variant, and the default's params", async () => {
    await side.start({ experiments: logging().experiments, every: USER_FLAGS }, { targetingKey: "u-1" });
    expect(await side.evaluate("string", "targeted", "none")).toMatchObject({
      value: "none",
      reason: "DEFAULT",
    });
    expect(await side.evaluate("object", "targeted", {})).toMatchObject({ value: ZERO, reason: "DEFAULT" });
  });

  test("takes a unit's key for targeting, and says so to whoever names its id", async () => {
    const options = { experiments: logging().experiments, every: USER_FLAGS, targetingUnit: "userId" };
    await expect(async () => side.start(options, { targetingKey: "u-1" })).rejects.toThrow(
      'expected "user", not its id "userId"',
    );
  });

  test("says what it would need", async () => {
    await side.start({ experiments: logging().experiments, every: USER_FLAGS }, { targetingKey: "u-1" });
    const message = async (type: "boolean" | "string", key: string) =>
      (await side.evaluate(type, key, type === "string" ? "" : true)).errorMessage;
    expect(await message("boolean", "split")).toBe("split is a flag of type string, not boolean");
    expect(await message("string", "split.color")).toBe(
      "there is no flag split.color: the params are boolean, string, integer, float, object, list",
    );
  });

  test("exposes what it resolves, once", async () => {
    const { experiments, exposures } = logging();
    await side.start({ experiments, every: USER_FLAGS }, { targetingKey: "u-1" });
    await side.evaluate("string", "split", "none");
    await side.evaluate("boolean", "split.boolean", false);
    expect(await exposures()).toMatchObject([{ experiment: "split", unitId: "u-1", forced: false }]);
  });

  test("exposes nothing that it does not resolve", async () => {
    const { experiments, exposures } = logging();
    await side.start({ experiments, every: USER_FLAGS }, { targetingKey: "u-1" });
    await side.evaluate("boolean", "split", false);
    await side.evaluate("boolean", "split.string", false);
    await side.evaluate("boolean", "split.color", false);
    await side.evaluate("string", "static", "none");
    await side.evaluate("string", "disabled", "none");
    await side.evaluate("object", "targeted", {});
    expect(await exposures()).toEqual([]);
  });

  test("exposes nothing where told so, and marks what an override gave", async () => {
    const { experiments, exposures } = logging();
    const context = { targetingKey: "u-1", email: "ballmer@macrosoft.com" };
    await side.start({ experiments, every: USER_FLAGS, exposes: false }, context);
    await side.evaluate("string", "split", "none");
    expect(await exposures()).toEqual([]);
    await side.start({ experiments, every: USER_FLAGS }, context);
    await side.evaluate("string", "targeted", "none");
    expect(await exposures()).toMatchObject([{ experiment: "targeted", forced: true }]);
  });

  test("takes the unit's own id before the targeting key", async () => {
    const { experiments, exposures } = logging();
    await side.start({ experiments, every: USER_FLAGS }, { targetingKey: "session", userId: "u-1" });
    await side.evaluate("string", "split", "none");
    expect(await exposures()).toMatchObject([{ unitId: "u-1" }]);
  });

  test("takes a targeting key for no unit that it may not be", async () => {
    const { experiments, exposures } = logging();
    const every = [SPLIT, ORG_SPLIT];
    await side.start({ experiments, every }, { targetingKey: "u-1" });
    for (const key of ["split", "org-split"])
      expect(await side.evaluate("string", key, "none")).toMatchObject({
        errorCode: "TARGETING_KEY_MISSING",
      });
    await side.start({ experiments, every, targetingUnit: "user" }, { targetingKey: "u-1" });
    expect(await side.evaluate("string", "split", "none")).toMatchObject({ reason: "SPLIT" });
    expect(await side.evaluate("string", "org-split", "none")).toMatchObject({
      errorCode: "TARGETING_KEY_MISSING",
      errorMessage:
        "org-split is assigned by org, and the context has no orgId; a targeting key identifies the user",
    });
    await side.start({ experiments, every, targetingUnit: "user" }, { targetingKey: "u-1", orgId: "acme" });
    expect(await side.evaluate("string", "org-split", "none")).toMatchObject({ reason: "SPLIT" });
    expect((await exposures()).map(({ unitId }) => unitId)).toEqual(["u-1", "acme"]);
  });

  test("tracks for every unit of the context", async () => {
    const { experiments, messages } = logging();
    const every = [SPLIT, ORG_SPLIT, STATIC];
    await side.start({ experiments, every, targetingUnit: "user" }, { targetingKey: "u-1", orgId: "acme" });
    side.track("purchase", { value: 30, currency: "USD" });
    await experiments.flush();
    expect(messages).toMatchObject([
      {
        kind: "event",
        event: "purchase",
        units: { user: "u-1", org: "acme" },
        properties: { value: 30, currency: "USD" },
      },
    ]);
  });

  test("tracks nothing for nobody", async () => {
    const { experiments, messages } = logging();
    await side.start({ experiments, every: USER_FLAGS });
    side.track("purchase");
    await experiments.flush();
    expect(messages).toEqual([]);
    expect(experiments.counts().unmade).toBe(0);
  });

  test("reads dates as ISO 8601, and a date that is none as missing", async () => {
    const seen: unknown[] = [];
    const { experiments } = logging();
    const peek = ((experiment: never, context: never) => {
      seen.push(context);
      return experiments.peek(experiment, context);
    }) as typeof experiments.peek;
    const context = { targetingKey: "u-1", born: new Date(86_400_000), gone: new Date(Number.NaN) };
    await side.start({ experiments: { ...experiments, peek }, every: [TARGETED] }, context);
    await side.evaluate("object", "targeted", {});
    expect(seen).toEqual([{ userId: "u-1", born: "1970-01-02T00:00:00.000Z", gone: null }]);
  });

  test("sends what is waiting when it is closed", async () => {
    const { experiments } = logging();
    let flushed = 0;
    const flush = async () => {
      flushed++;
    };
    await side.start({ experiments: { ...experiments, flush }, every: USER_FLAGS });
    expect(flushed).toBe(0);
    await side.stop();
    expect(flushed).toBeGreaterThan(0);
  });
});

describe("a live manifest", () => {
  afterEach(server.stop);

  test("tells the provider of changes, of staleness and of its end", async () => {
    const { report, updates } = createLiveUpdates();
    const told: string[] = [];
    const stop = updates((state) => void told.push(state));
    const events: readonly LiveEvent[] = [
      { kind: "updated", contentHash: "a", from: "network" },
      { kind: "unchanged" },
      { kind: "failed", reason: "store", detail: "full" },
      { kind: "unchanged" },
      { kind: "incompatible", experiment: "split", differences: [] },
      { kind: "failed", reason: "status", detail: "500" },
      { kind: "refused", from: "network", problems: [] },
      { kind: "unchanged" },
      { kind: "refused", from: "network", problems: [] },
      { kind: "updated", contentHash: "b", from: "network" },
    ];
    for (const event of events) report(event);
    expect(told).toEqual(["changed", "stale", "current", "stale", "current", "changed"]);
    stop();
    report({ kind: "updated", contentHash: "c", from: "network" });
    expect(told).toHaveLength(6);
  });

  test("reaches the SDK's clients", async () => {
    const { report, updates } = createLiveUpdates();
    await server.start({ experiments: logging().experiments, every: USER_FLAGS, updates });
    report({ kind: "failed", reason: "network" });
    expect(server.status()).toBe("STALE");
    expect(await server.evaluate("string", "static", "none")).toMatchObject({ value: "some" });
    report({ kind: "unchanged" });
    expect(server.status()).toBe("READY");
  });
});

describe("contexts on the server", () => {
  afterEach(server.stop);

  test("are merged in the order of the specification", async () => {
    const seen: unknown[] = [];
    const { experiments } = logging();
    const peek = ((experiment: never, context: never) => {
      seen.push(context);
      return experiments.peek(experiment, context);
    }) as typeof experiments.peek;
    Server.setContext({ api: 1, client: 1, invocation: 1, hook: 1 });
    await Server.setProviderAndWait(
      createServerProvider({ experiments: { ...experiments, peek }, every: [SPLIT] }),
    );
    const client = Server.getClient().setContext({ client: 2, invocation: 2, hook: 2 });
    client.addHooks({ before: () => ({ hook: 4 }) as never });
    await client.getStringValue("split", "none", { userId: "u-1", invocation: 3, hook: 3 });
    expect(seen).toEqual([{ userId: "u-1", api: 1, client: 2, invocation: 3, hook: 4 }]);
  });

  test("are those of each call", async () => {
    const { experiments, exposures } = logging();
    await Server.setProviderAndWait(createServerProvider({ experiments, every: [SPLIT] }));
    const client = Server.getClient();
    await Promise.all(["a", "b"].map((targetingKey) => client.getStringValue("split", "", { targetingKey })));
    expect((await exposures()).map(({ unitId }) => unitId).sort()).toEqual(["a", "b"]);
  });
});

describe("the context on the web", () => {
  afterEach(web.stop);

  test("is static: evaluations after a change have the new one, at once and without reconciling", async () => {
    const { experiments, exposures } = logging();
    const seen: string[] = [];
    await web.start({ experiments, every: [SPLIT] }, { targetingKey: "a" });
    for (const event of ["PROVIDER_RECONCILING", "PROVIDER_CONTEXT_CHANGED"])
      Web.addHandler(event as never, () => void seen.push(event));
    const client = Web.getClient();
    expect(client.getStringDetails("split", "none").reason).toBe("SPLIT");
    const changed = Web.setContext({ targetingKey: "b" });
    expect(client.getStringDetails("split", "none").flagMetadata.contextId).toBe("b");
    await changed;
    expect(seen).toEqual(["PROVIDER_CONTEXT_CHANGED"]);
    expect((await exposures()).map(({ unitId }) => unitId)).toEqual(["a", "b"]);
  });
});

test("a provider for the other side is refused by the SDK", () => {
  const options = { experiments: logging().experiments, every: USER_FLAGS };
  expect(() => Server.setProvider(createWebProvider(options) as never)).toThrow();
  expect(() => Web.setProvider(createServerProvider(options) as never)).toThrow();
});
