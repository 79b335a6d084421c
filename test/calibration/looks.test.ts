import { describe, expect, test } from "vitest";
import { acceptanceBand } from "../../src/calibration/band.ts";
import type { LookMethod } from "../../src/model/experiment.ts";
import { type Random, randomStream } from "../../src/simulate/random.ts";
import { estimateFollowed } from "../unit/inference/run-fixture.ts";
import { experimentOf, metricOf, rateMoments } from "../unit/inference/trial-fixture.ts";

const ALPHA = 0.05;
const DAYS = 21;
const PER_DAY = 150;
const CONVERSION = "checkout-conversion";

/** Successes and units of an arm after each day. */
function drawDays(random: Random, rate: number): readonly number[] {
  let successes = 0;
  return Array.from({ length: DAYS }, () => {
    for (let unit = 0; unit < PER_DAY; unit++) if (random() < rate) successes++;
    return successes;
  });
}

/** What a run of three weeks shows through `estimate`, its last day the horizon. */
function watch(method: LookMethod, name: string, world: number, rates: readonly [number, number]) {
  const random = randomStream(20_261_102, `${name} ${world}`);
  const [control, variant] = rates.map((rate) => drawDays(random, rate)) as [
    readonly number[],
    readonly number[],
  ];
  const days = control.map((successes, day) => {
    const units = PER_DAY * (day + 1);
    return [rateMoments(successes, units), rateMoments(variant[day]!, units)];
  });
  const margin = { kind: "relative", value: 0.2 } as const;
  const guardrail = { metric: metricOf("guardrail"), margin };
  const [primary, guarded] = estimateFollowed({
    experiment: { analysis: { ...experimentOf().analysis, method }, guardrails: [guardrail] },
    days: { [CONVERSION]: days, guardrail: days },
    planned: DAYS * PER_DAY,
    isFinal: true,
  });
  const { look, pValue, absolute } = primary!.comparisons[0]!;
  return {
    found: method === "fixed" ? pValue! < ALPHA : look!.crossed !== null,
    peeked: primary!.series.some(
      ({ comparisons: [point], units }) =>
        Math.min(...Object.values(units)) >= 100 &&
        (point!.absolute.lower! > 0 || point!.absolute.upper! < 0),
    ),
    covered: absolute.lower !== null && absolute.lower <= 0 && 0 <= absolute.upper!,
    safe: guarded!.comparisons[0]!.nonInferiority!.established,
    harm: primary!.comparisons[0]!.harm!.shown,
  };
}

function worldsOf(method: LookMethod, name: string, worlds: number, rates: readonly [number, number]) {
  return Array.from({ length: worlds }, (_, world) => watch(method, name, world, rates));
}

function count<World>(worlds: readonly World[], holds: (world: World) => boolean): number {
  return worlds.filter(holds).length;
}

describe("three weeks of daily looks at nothing", () => {
  test.each([
    ["sequential", 250],
    ["group-sequential", 100],
  ] as const)(
    "a %s design finds it at a rate of at most α",
    (method, worlds) => {
      const seen = worldsOf(method, "nothing", worlds, [0.1, 0.1]);
      const { most } = acceptanceBand(ALPHA, worlds);
      expect(count(seen, ({ found }) => found)).toBeLessThanOrEqual(most);
      expect(count(seen, ({ harm }) => harm)).toBeLessThanOrEqual(most);
      if (method === "sequential") expect(count(seen, ({ covered }) => !covered)).toBeLessThanOrEqual(most);
    },
    120_000,
  );

  test("negative control: a fixed test that is peeked at finds it far more often", () => {
    const seen = worldsOf("fixed", "nothing", 250, [0.1, 0.1]);
    expect(count(seen, ({ peeked }) => peeked)).toBeGreaterThan(acceptanceBand(ALPHA, 250).most);
  }, 120_000);
});

test.each([
  ["sequential", 250],
  ["group-sequential", 100],
] as const)(
  "at the margin, a %s design shows a guardrail safe at a rate of at most α",
  (method, worlds) => {
    const seen = worldsOf(method, "at the margin", worlds, [0.2, 0.16]);
    expect(count(seen, ({ safe }) => safe)).toBeLessThanOrEqual(acceptanceBand(ALPHA, worlds).most);
  },
  120_000,
);

test.each([
  ["sequential", 100],
  ["group-sequential", 100],
] as const)(
  "a %s design finds what is there",
  (method, worlds) => {
    const seen = worldsOf(method, "something", worlds, [0.1, 0.14]);
    expect(count(seen, ({ found }) => found)).toBeGreaterThan(0.9 * worlds);
  },
  120_000,
);
