import { describe, expect, test } from "vitest";
import { estimate } from "../../src/inference/estimate.ts";
import type { Comparison } from "../../src/inference/metric-estimate.ts";
import type { Moments } from "../../src/statistics/moments.ts";
import {
  experimentOf,
  metricOf,
  observationOf,
  planOf,
  rateMoments,
  running,
  variantsOf,
} from "../unit/inference/trial-fixture.ts";
import { analyse } from "../unit/verdict/trial-run.ts";
import { errorBand } from "./error-band.ts";
import { drawRate, drawSpending, drawSuccesses, inWorlds } from "./worlds.ts";

const WORLDS = 400;
const UNITS = 2000;
const ALPHA = 0.05;

const spending = { primary: { metric: metricOf("spending", "sum"), goal: "better", margin: null } } as const;

function compare(arms: readonly Moments[], metric: "checkout-conversion" | "spending"): Comparison {
  const experiment = experimentOf(metric === "spending" ? spending : {});
  const observation = observationOf({ [metric]: arms });
  return estimate({ experiment, plan: planOf(experiment, UNITS), observation })[0]!.comparisons[0]!;
}

function count<World>(worlds: readonly World[], holds: (world: World) => boolean): number {
  return worlds.filter(holds).length;
}

function expectRate(found: number, rate: number): void {
  const { least, most } = errorBand(rate, WORLDS);
  expect(found).toBeGreaterThanOrEqual(least);
  expect(found).toBeLessThanOrEqual(most);
}

/** For claims that only promise not to err more often. */
function expectAtMost(found: number, rate: number): void {
  expect(found).toBeLessThanOrEqual(errorBand(rate, WORLDS).most);
}

test("the band is the one that statistics tables give", () => {
  expect(errorBand(0.05, 2000)).toEqual({ least: 60, most: 146 });
  expect(errorBand(0.05, 4000)).toEqual({ least: 142, most: 264 });
});

describe("no effect", () => {
  test("a conversion is called different at the rate α, and shipped no more often than half of it", () => {
    const worlds = inWorlds("no effect on a rate", WORLDS, (random) =>
      analyse({
        planned: UNITS,
        arms: { "checkout-conversion": [drawRate(random, 0.1, UNITS), drawRate(random, 0.1, UNITS)] },
      }),
    );
    expectRate(
      count(worlds, ({ metrics }) => metrics[0]!.comparisons[0]!.pValue! < ALPHA),
      ALPHA,
    );
    expectAtMost(
      count(worlds, ({ verdict }) => verdict.decision === "ship"),
      ALPHA / 2,
    );
    expectAtMost(
      count(worlds, ({ verdict }) => verdict.decision === "do-not-ship"),
      ALPHA / 2,
    );
  });

  test("a skewed sum is called different at the rate α", () => {
    const worlds = inWorlds("no effect on spending", WORLDS, (random) =>
      compare([drawSpending(random, 1, UNITS), drawSpending(random, 1, UNITS)], "spending"),
    );
    expectRate(
      count(worlds, ({ pValue }) => pValue! < ALPHA),
      ALPHA,
    );
  });

  test("of three treatments, any is called different at a rate of at most α", () => {
    const worlds = inWorlds("no effect of three", WORLDS, (random) =>
      analyse({
        planned: UNITS,
        experiment: { variants: variantsOf("control", "a", "b", "c") },
        arms: { "checkout-conversion": [0, 1, 2, 3].map(() => drawRate(random, 0.1, UNITS)) },
      }),
    );
    const called = (adjusted: boolean) =>
      count(worlds, ({ metrics }) =>
        metrics[0]!.comparisons.some((each) => (adjusted ? each.adjustedPValue! : each.pValue!) < ALPHA),
      );
    expectAtMost(called(true), ALPHA);
    expect(called(false), "negative control: without correction").toBeGreaterThan(
      errorBand(ALPHA, WORLDS).most,
    );
    expectAtMost(
      count(worlds, ({ verdict }) => verdict.decision === "ship"),
      ALPHA,
    );
  });
});

describe("a true effect", () => {
  const covers = (interval: Comparison["absolute"], truth: number) =>
    interval.lower! <= truth && truth <= interval.upper!;

  test("is covered by both intervals of a rate at 1 − α", () => {
    const worlds = inWorlds("an effect on a rate", WORLDS, (random) =>
      compare([drawRate(random, 0.1, UNITS), drawRate(random, 0.13, UNITS)], "checkout-conversion"),
    );
    expectRate(
      count(worlds, ({ absolute }) => covers(absolute, 0.03)),
      1 - ALPHA,
    );
    expectRate(
      count(worlds, ({ relative }) => covers(relative, 0.3)),
      1 - ALPHA,
    );
  });

  test("is covered by both intervals of a sum at 1 − α", () => {
    const worlds = inWorlds("an effect on spending", WORLDS, (random) =>
      compare([drawSpending(random, 1, UNITS), drawSpending(random, 1.2, UNITS)], "spending"),
    );
    expectRate(
      count(worlds, ({ absolute }) => covers(absolute, 0.2 * Math.exp(0.5))),
      1 - ALPHA,
    );
    expectRate(
      count(worlds, ({ relative }) => covers(relative, 0.2)),
      1 - ALPHA,
    );
  });

  test.each(["conversion", "sum"] as const)(
    "at the margin, a guardrail on a %s is shown safe at the rate α, one-sided",
    (kind) => {
      const guardrail = metricOf("guardrail", kind, "lower");
      const experiment = experimentOf({
        guardrails: [{ metric: guardrail, margin: { kind: "relative", value: 0.2 } }],
      });
      const plan = planOf(experiment, UNITS);
      const worlds = inWorlds(`a ${kind} at the margin`, WORLDS, (random) => {
        const draw = (size: number) =>
          kind === "sum" ? drawSpending(random, size, UNITS) : drawRate(random, 0.1 * size, UNITS);
        const observation = observationOf({
          "checkout-conversion": [rateMoments(200, UNITS), rateMoments(200, UNITS)],
          guardrail: [draw(1), draw(1.2)],
        });
        return estimate({ experiment, plan, observation })[1]!.comparisons[0]!.nonInferiority!;
      });
      expectRate(
        count(worlds, ({ established }) => established),
        ALPHA,
      );
    },
  );
});

describe("looking ten times", () => {
  const LOOKS = 10;
  const PER_LOOK = 280;

  /** Whether any look at everything so far shows harm, or a difference. */
  function watch(name: string, worlds: number, rates: readonly [number, number]) {
    const experiment = experimentOf();
    const plan = planOf(experiment, LOOKS * PER_LOOK);
    return inWorlds(name, worlds, (random) => {
      const successes = [0, 0];
      const looks = [];
      for (let look = 1; look <= LOOKS; look++) {
        rates.forEach((rate, arm) => {
          successes[arm]! += drawSuccesses(random, rate, PER_LOOK);
        });
        const observation = observationOf(
          { "checkout-conversion": successes.map((each) => rateMoments(each, look * PER_LOOK)) },
          running,
        );
        const [comparison] = estimate({ experiment, plan, observation })[0]!.comparisons;
        looks.push({ harm: comparison!.harm!.shown, different: comparison!.pValue! < ALPHA });
      }
      return { harm: looks.some(({ harm }) => harm), different: looks.some(({ different }) => different) };
    });
  }

  test("harm that is not there is shown at a rate of at most α over all looks; a fixed test peeked at is not", () => {
    const worlds = watch("no harm", WORLDS, [0.1, 0.1]);
    expectAtMost(
      count(worlds, ({ harm }) => harm),
      ALPHA,
    );
    expect(
      count(worlds, ({ different }) => different),
      "negative control: peeking",
    ).toBeGreaterThan(errorBand(ALPHA, WORLDS).most);
  }, 120_000);

  test("harm that is there is shown", () => {
    const worlds = watch("harm", 100, [0.1, 0.06]);
    expect(count(worlds, ({ harm }) => harm)).toBeGreaterThan(90);
  }, 120_000);
});
