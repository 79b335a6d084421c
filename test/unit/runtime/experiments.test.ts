import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createAwaited } from "../../../src/runtime/awaited.ts";
import type { Message, Sink } from "../../../src/runtime/delivery.ts";
import { createExperiments, type ExperimentsOptions, type Live } from "../../../src/runtime/experiments.ts";
import type { Exposure } from "../../../src/runtime/exposure.ts";
import { createExposureLog } from "../../../src/runtime/exposure-log.ts";
import { load } from "../../../src/runtime/load.ts";
import type { Attributes } from "../../../src/runtime/targeting.ts";
import { experimentEntry } from "./experiment-entry.ts";

const { version } = JSON.parse(
  readFileSync(join(import.meta.dirname, "..", "..", "..", "package.json"), "utf8"),
) as { readonly version: string };
const NOW = 1_700_000_000_000;
const experiment = load(experimentEntry({ attributes: ["country", "flags"] }));

function recorder() {
  const batches: (readonly Message[])[] = [];
  const sink: Sink = { name: "recorder", send: (batch) => void batches.push(batch) };
  return { sink, batches, messages: () => batches.flat(), exposures: () => batches.flat() as Exposure[] };
}

describe("exposures", () => {
  test("are logged by assign, whole", async () => {
    const { sink, messages } = recorder();
    const experiments = createExperiments({ now: () => NOW, sinks: [sink] });
    const arm = experiments.assign(experiment, {
      userId: "u-42",
      country: "CA",
      flags: null,
      email: "a@example.com",
    });
    await experiments.flush();
    expect(messages()).toEqual([
      {
        kind: "exposure",
        id: `buy-button/1/${arm.variant}/u-42`,
        timestamp: NOW,
        experiment: "buy-button",
        iteration: 1,
        variant: arm.variant,
        unitType: "user",
        unitId: "u-42",
        actingUnits: {},
        reason: "assigned",
        forced: false,
        attributes: { country: "CA" },
        runtime: `fairtrial/${version}`,
      },
    ]);
  });

  test("are logged once per unit, experiment and iteration", async () => {
    const { sink, exposures } = recorder();
    const experiments = createExperiments({ now: () => NOW, sinks: [sink] });
    const next = load(experimentEntry({ iteration: 2 }));
    for (let round = 0; round < 3; round++) {
      experiments.assign(experiment, { userId: "a" });
      experiments.expose(experiment, { userId: "a" });
      experiments.assign(experiment, { userId: "b" });
      experiments.assign(next, { userId: "a" });
      await experiments.flush();
    }
    const seen = exposures().map(({ iteration, unitId }) => `${iteration}${unitId}`);
    expect(seen).toEqual(["1a", "1b", "2a"]);
  });

  test("are remembered up to the bound, those met longest ago forgotten first", async () => {
    const { sink, exposures } = recorder();
    const experiments = createExperiments({ now: () => NOW, sinks: [sink], remembered: 2 });
    for (const userId of [..."abacadaba", ..."cefa"]) experiments.assign(experiment, { userId });
    await experiments.flush();
    expect(exposures().map(({ unitId }) => unitId)).toEqual([..."abcdbcef"]);
  });

  test("are not logged for the unassigned, the concluded, peeks, and explicit ones not by assign", async () => {
    const { sink, messages } = recorder();
    const experiments = createExperiments({ now: () => NOW, sinks: [sink] });
    experiments.assign(experiment, {});
    experiments.assign(load(experimentEntry({ status: "stopped" })), { userId: "u" });
    experiments.assign(load(experimentEntry({ status: "concluded", shipped: "green" })), { userId: "u" });
    experiments.expose(load(experimentEntry({ status: "concluded", shipped: "green" })), { userId: "u" });
    experiments.peek(experiment, { userId: "u" });
    experiments.assign(load(experimentEntry({ exposure: "explicit" })), { userId: "u" });
    experiments.assign(load(experimentEntry({ exposure: { event: "Viewed" } })), { userId: "u" });
    await experiments.flush();
    expect(messages()).toEqual([]);
    experiments.expose(load(experimentEntry({ exposure: "explicit" })), { userId: "u" });
    await experiments.flush();
    expect(messages()).toHaveLength(1);
  });

  test("of overrides are marked", async () => {
    const { sink, exposures } = recorder();
    const experiments = createExperiments({ now: () => NOW, sinks: [sink] });
    const when = { kind: "one-of", attribute: "employee", values: [true] } as const;
    const draft = load(experimentEntry({ status: "draft", overrides: [{ variant: "green", when }] }));
    experiments.assign(draft, { userId: "u", employee: true });
    await experiments.flush();
    expect(exposures()[0]).toMatchObject({ variant: "green", reason: "override", forced: true });
  });

  test("keep an attribute named __proto__ as data", async () => {
    const { sink, exposures } = recorder();
    const experiments = createExperiments({ now: () => NOW, sinks: [sink] });
    const reading = load(experimentEntry({ attributes: ["__proto__"] }));
    experiments.assign(reading, JSON.parse('{"userId":"u","__proto__":["polluted"]}'));
    await experiments.flush();
    expect(Object.keys(exposures()[0]!.attributes)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(exposures()[0]!.attributes)).toBe(Object.prototype);
  });
});

describe("force", () => {
  test("gives the variant to everybody, and marks what it exposes", async () => {
    const { sink, exposures } = recorder();
    const experiments = createExperiments({
      now: () => NOW,
      sinks: [sink],
      force: { "buy-button": "green" },
    });
    const stopped = load(experimentEntry({ status: "stopped" }));
    expect(experiments.peek(stopped, {})).toMatchObject({ variant: "green", reason: "override" });
    experiments.assign(stopped, {});
    experiments.assign(stopped, { userId: "u" });
    await experiments.flush();
    expect(exposures()).toMatchObject([{ variant: "green", unitId: "u", forced: true }]);
  });

  test("changes neither concluded experiments nor those it does not know", () => {
    const experiments = createExperiments({
      now: () => NOW,
      force: { "buy-button": "control", other: "green" },
    });
    const concluded = load(experimentEntry({ status: "concluded", shipped: "green" }));
    expect(experiments.peek(concluded, {}).variant).toBe("green");
    expect(experiments.peek(load(experimentEntry({ key: "constructor" })), {}).variant).toBeNull();
    const misspelt = createExperiments({ now: () => NOW, force: { "buy-button": "grene" } });
    expect(misspelt.peek(experiment, {}).reason).toBe("no-unit");
  });
});

describe("an exposure that waits for its event", () => {
  const awaiting = load(experimentEntry({ exposure: { event: "Viewed" }, attributes: ["country"] }));
  const setUp = (remembered = 10) => {
    const recording = recorder();
    let time = 0;
    const experiments = createExperiments({
      now: () => time++,
      sinks: [recording.sink],
      awaited: createAwaited(remembered),
    });
    return { ...recording, experiments };
  };

  test("is logged by the event, before it and once, as it was at assignment", () => {
    const { experiments, messages } = setUp();
    const { variant } = experiments.assign(awaiting, { userId: "u", country: "US" });
    experiments.track("Clicked", { userId: "u" });
    experiments.track("Viewed", { userId: "v" });
    experiments.track("Viewed", { userId: "u" });
    experiments.track("Viewed", { userId: "u" });
    experiments.assign(awaiting, { userId: "u", country: "CA" });
    experiments.track("Viewed", { userId: "u" });
    const [clicked, others, exposure, viewed, ...rest] = messages();
    expect([clicked, others, viewed]).toMatchObject([
      { event: "Clicked" },
      { units: { userId: "v" } },
      { event: "Viewed", units: { userId: "u" } },
    ]);
    expect(exposure).toMatchObject({ variant, attributes: { country: "US" } });
    expect(exposure!.timestamp).toBe(viewed!.timestamp);
    expect(rest.map(({ kind }) => kind)).toEqual(["event", "event"]);
  });

  test("is not logged by peek, nor for a unit that has left the experiment since", () => {
    const { experiments, messages } = setUp();
    experiments.peek(awaiting, { userId: "u" });
    experiments.assign(awaiting, { userId: "v" });
    experiments.assign(load(experimentEntry({ status: "stopped", exposure: { event: "Viewed" } })), {
      userId: "v",
    });
    for (const userId of ["u", "v"]) experiments.track("Viewed", { userId });
    expect(messages().map(({ kind }) => kind)).toEqual(["event", "event"]);
  });

  test("is forgotten beyond the bound, and logged at once by expose", () => {
    const { experiments, exposures } = setUp(1);
    for (const userId of ["a", "b"]) experiments.assign(awaiting, { userId });
    for (const userId of ["a", "b"]) experiments.track("Viewed", { userId });
    experiments.expose(awaiting, { userId: "c" });
    expect(exposures().flatMap(({ unitId }) => unitId ?? [])).toEqual(["b", "c"]);
  });
});

describe("what an exposure carries", () => {
  const log = (options: Partial<ExperimentsOptions>, context: Attributes) => {
    const { sink, exposures } = recorder();
    createExperiments({ now: () => NOW, sinks: [sink], ...options }).assign(experiment, context);
    return exposures()[0]!;
  };

  test("the ids of those who acted, by the keys of their units", () => {
    const unitNames = { user: "userId", org: "orgId", device: "deviceId" };
    expect(log({ unitNames }, { userId: "u", orgId: "acme", deviceId: "", email: "e" })).toMatchObject({
      unitType: "user",
      unitId: "u",
      actingUnits: { org: "acme" },
    });
  });

  test("only the attributes that are allowed", () => {
    const context = { userId: "u", country: "US", flags: ["new"] };
    expect(log({ attributes: ["flags", "email"] }, context).attributes).toEqual({ flags: ["new"] });
    expect(log({ attributes: [] }, context).attributes).toEqual({});
  });

  test("only what fits a column, copied", () => {
    const flags = ["a"];
    const exposure = log({}, { userId: "u", country: { deep: Symbol("s") }, flags });
    flags.push("b");
    expect(exposure.attributes).toEqual({ flags: ["a"] });
    expect(log({}, { userId: "u", country: 1n, flags: [1, { toString: () => "x" }] }).attributes).toEqual({
      flags: ["1", "x"],
    });
  });

  test("another id where the variant is forced, or another one: a crossover shows", () => {
    const { sink, exposures } = recorder();
    const forcing = (variant: string) =>
      createExperiments({ now: () => NOW, sinks: [sink], force: { "buy-button": variant } });
    const green = forcing("green");
    for (const each of [green, green, forcing("control")]) each.assign(experiment, { userId: "u" });
    expect(exposures().map(({ id }) => id)).toEqual([
      "buy-button/1/green/forced/u",
      "buy-button/1/control/forced/u",
    ]);
  });
});

describe("events", () => {
  test("carry the ids of declared units by their keys, and properties that fit columns", () => {
    const { sink, messages } = recorder();
    const experiments = createExperiments({
      now: () => NOW,
      random: () => 0.5,
      sinks: [sink],
      unitNames: { user: "userId" },
    });
    experiments.track("purchase", { userId: "a", other: "x" }, { amount: 30, refunded: false, note: null });
    expect(messages()).toEqual([
      {
        kind: "event",
        id: expect.stringMatching(/^[a-z0-9]+-0-0\.[a-z0-9]+$/),
        timestamp: NOW,
        event: "purchase",
        units: { user: "a" },
        properties: { amount: 30, refunded: false },
        runtime: `fairtrial/${version}`,
      },
    ]);
    experiments.track("purchase", { userId: "" }, { amount: 1 });
    experiments.track("purchase", { userId: "a" });
    expect(messages().map(({ id }) => id.split("-")[1])).toEqual(["0", "2"]);
    expect(experiments.counts().unmade).toBe(1);
  });
});

describe("all experiments", () => {
  const experiments = [experiment, load(experimentEntry({ key: "other", status: "stopped" }))];

  test("are asked by key", () => {
    const { sink, exposures } = recorder();
    const manager = createExperiments({ now: () => NOW, sinks: [sink], experiments });
    const arm = manager.get("buy-button", { userId: "u" });
    expect(arm).toBe(manager.peek(experiment, { userId: "u" }));
    expect(manager.get("constructor", { userId: "u" })).toMatchObject({ variant: null });
    expect(exposures()).toHaveLength(1);
  });

  test("are assigned at once, as JSON, without an exposure", () => {
    const { sink, messages } = recorder();
    const manager = createExperiments({ now: () => NOW, sinks: [sink], experiments });
    const arms = manager.assignAll({ userId: "u" });
    expect(JSON.parse(JSON.stringify(arms))).toEqual({
      "buy-button": manager.peek(experiment, { userId: "u" }),
      other: { variant: null, params: { colour: "red" }, reason: "not-running" },
    });
    expect(messages()).toEqual([]);
  });
});

describe("nothing reaches the app", () => {
  const throwing = () => {
    throw new Error("hostile");
  };
  const contexts: Readonly<Record<string, unknown>> = {
    nothing: null,
    text: "u",
    "an id that throws": Object.defineProperty({}, "userId", { get: throwing }),
    "an attribute that throws": Object.defineProperty({ userId: "u" }, "country", { get: throwing }),
    "a proxy that throws": new Proxy({}, { get: throwing, has: throwing, ownKeys: throwing }),
    "a symbol for an id": { userId: Symbol("u") },
    "an array that throws": { userId: "u", flags: new Proxy([], { get: throwing }) },
    "no prototype": Object.assign(Object.create(null), { userId: "u" }),
  };

  test.each(Object.entries(contexts))("from a context: %s", async (_, context) => {
    const { sink, messages } = recorder();
    const experiments = createExperiments({ now: () => NOW, sinks: [sink], experiments: [experiment] });
    expect(experiments.assign(experiment, context as Attributes)).toHaveProperty("reason");
    expect(experiments.expose(experiment, context as Attributes)).toHaveProperty("reason");
    expect(experiments.assignAll(context as Attributes)).toHaveProperty("buy-button");
    experiments.track("purchase", context as Attributes, context as Attributes);
    await experiments.close();
    expect(experiments.assign(experiment, { userId: "after" }).reason).toBe("assigned");
    const { delivered, dropped, waiting } = experiments.counts().sinks[0]!;
    expect([waiting, dropped]).toEqual([0, 1]);
    expect(delivered).toBe(messages().length);
  });

  test("from ports that throw", () => {
    const { sink, messages } = recorder();
    const live = { current: throwing };
    const experiments = createExperiments({ now: throwing, sinks: [sink], live, random: throwing });
    expect(experiments.assign(experiment, { userId: "u" }).reason).toBe("assigned");
    experiments.track("purchase", { userId: "u" });
    expect([messages().length, experiments.counts().unmade]).toEqual([0, 2]);
  });
});

test("a live manifest has its say in every method", () => {
  const { sink, messages } = recorder();
  const stopped = load(experimentEntry({ status: "stopped" }));
  const live = { current: () => stopped } as unknown as Live;
  const experiments = createExperiments({ now: () => NOW, sinks: [sink], live, experiments: [experiment] });
  const context = { userId: "u" };
  const reasons = [
    experiments.assign(experiment, context),
    experiments.peek(experiment, context),
    experiments.expose(experiment, context),
    experiments.get("buy-button", context),
    experiments.assignAll(context)["buy-button"]!,
  ].map(({ reason }) => reason);
  expect([new Set(reasons), messages()]).toEqual([new Set(["not-running"]), []]);
});

test("an exposure log logs as `assign` does, to its one sink", () => {
  const { sink, exposures } = recorder();
  const log = createExposureLog({ now: () => NOW, sink });
  const whole = recorder();
  const experiments = createExperiments({ now: () => NOW, sinks: [whole.sink] });
  for (const userId of ["a", "b", "a", ""]) {
    const context = { userId, country: "US" };
    log(experiment, experiments.assign(experiment, context), context);
  }
  expect(exposures()).toEqual(whole.exposures());
  expect(exposures()).toHaveLength(2);
  log(experiment, experiments.peek(experiment, { userId: "c" }), null as unknown as Attributes);
});

test("an exposure log keeps to itself what its sink refuses when the page or the process goes", async () => {
  const refuse = () => Promise.reject(new Error("down"));
  const sink: Sink = { name: "broken", send: refuse, flush: refuse };
  const left: Promise<void>[] = [];
  const onLeave = (flush: () => Promise<void>) => void left.push(flush());
  createExposureLog({ now: () => NOW, sink, onLeave });
  await expect(Promise.all(left)).resolves.toEqual([undefined]);
});

test("what leaves a page or a process is told once, and no longer after the end", async () => {
  const { sink, messages } = recorder();
  const listeners = new Set<() => Promise<void>>();
  const onLeave: NonNullable<ExperimentsOptions["onLeave"]> = (flush) => {
    const listener = () => flush({ leaving: true });
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const schedule = () => {};
  createExperiments({ now: () => NOW, onLeave });
  expect(listeners.size).toBe(0);
  const experiments = createExperiments({ now: () => NOW, sinks: [sink], onLeave, schedule });
  experiments.assign(experiment, { userId: "u" });
  for (const listener of listeners) void listener();
  await Promise.resolve();
  expect(messages()).toHaveLength(1);
  await experiments.close();
  expect(listeners.size).toBe(0);
});
