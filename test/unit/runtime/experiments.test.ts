import { describe, expect, test } from "vitest";
import type { Message, Sink } from "../../../src/runtime/delivery.ts";
import { createExperiments } from "../../../src/runtime/experiments.ts";
import type { Exposure } from "../../../src/runtime/exposure.ts";
import { load } from "../../../src/runtime/load.ts";
import { experimentEntry } from "./experiment-entry.ts";

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
        reason: "assigned",
        forced: false,
        attributes: { country: "CA" },
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
    for (const userId of ["a", "b", "a", "c", "a", "b"]) experiments.assign(experiment, { userId });
    await experiments.flush();
    expect(exposures().map(({ unitId }) => unitId)).toEqual(["a", "b", "c", "b"]);
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
    experiments.assign(load(experimentEntry({ exposure: "event" })), { userId: "u" });
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
    experiments.assign(reading, JSON.parse('{"userId":"u","__proto__":{"polluted":true}}'));
    await experiments.flush();
    expect(Object.keys(exposures()[0]!.attributes)).toEqual(["__proto__"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
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

describe("delivery", () => {
  test("gathers what one task logs, and sends it when the task ends", async () => {
    const { sink, batches } = recorder();
    const experiments = createExperiments({ now: () => NOW, sinks: [sink] });
    for (const userId of ["a", "b", "c"]) experiments.assign(experiment, { userId });
    experiments.track("purchase", { userId: "a" }, { amount: 30 });
    expect(batches).toEqual([]);
    await Promise.resolve();
    expect(batches.map((batch) => batch.length)).toEqual([4]);
    expect(batches[0]![3]).toEqual({
      kind: "event",
      timestamp: NOW,
      event: "purchase",
      units: { userId: "a" },
      properties: { amount: 30 },
    });
  });

  test("sends at once what fills a batch", () => {
    const { sink, batches } = recorder();
    const experiments = createExperiments({ now: () => NOW, sinks: [sink], batchSize: 2 });
    for (const userId of ["a", "b", "c"]) experiments.assign(experiment, { userId });
    expect(batches.map((batch) => batch.length)).toEqual([2]);
  });

  test("counts what sinks refuse, and lets no failure out", async () => {
    const { sink, messages } = recorder();
    const throwing: Sink = {
      name: "throwing",
      send: () => {
        throw new Error("full");
      },
    };
    const rejecting: Sink = { name: "rejecting", send: () => Promise.reject(new Error("down")) };
    const experiments = createExperiments({ now: () => NOW, sinks: [throwing, sink, rejecting] });
    for (const userId of ["a", "b"]) experiments.assign(experiment, { userId });
    await experiments.flush();
    expect(messages()).toHaveLength(2);
    expect(experiments.lost()).toBe(4);
  });

  test("waits in flush for slow sinks", async () => {
    let delivered = false;
    const slow: Sink = {
      name: "slow",
      async send() {
        await new Promise((resolve) => setTimeout(resolve, 5));
        delivered = true;
      },
    };
    const experiments = createExperiments({ now: () => NOW, sinks: [slow] });
    experiments.assign(experiment, { userId: "a" });
    await experiments.flush();
    expect(delivered).toBe(true);
  });

  test("survives a clock that throws and an attribute that does, and counts them", async () => {
    const { sink, messages } = recorder();
    const stopped = createExperiments({
      now: () => {
        throw new Error("no time");
      },
      sinks: [sink],
    });
    stopped.assign(experiment, { userId: "u" });
    stopped.track("purchase", { userId: "u" }, {});
    const running = createExperiments({ now: () => NOW, sinks: [sink] });
    const context = {
      userId: "u",
      get country() {
        throw new Error("hostile");
      },
    };
    expect(running.assign(experiment, context).reason).toBe("assigned");
    await Promise.all([stopped.flush(), running.flush()]);
    expect([messages().length, stopped.lost(), running.lost()]).toEqual([0, 2, 1]);
  });
});
