import fc from "fast-check";
import { expect, test } from "vitest";
import type { Comparison } from "../../src/inference/metric-estimate.ts";
import { type Moments, mergeMoments } from "../../src/statistics/moments.ts";
import { estimateFollowed } from "../unit/inference/run-fixture.ts";
import { experimentOf, meanMoments, metricOf } from "../unit/inference/trial-fixture.ts";

const PRIMARY = { metric: metricOf("revenue", "sum"), goal: "better", margin: null } as const;

/** What each arm's units of a day are worth. */
const arm = fc.record({
  mean: fc.double({ min: -2, max: 20, noNaN: true }),
  spread: fc.double({ min: 0.5, max: 9, noNaN: true }),
  units: fc.integer({ min: 0, max: 260 }),
});
const run = fc.array(fc.tuple(arm, arm), { minLength: 1, maxLength: 14 });
type Run = readonly (readonly { readonly mean: number; readonly spread: number; readonly units: number }[])[];

function soFar(days: Run): readonly (readonly Moments[])[] {
  let arms = [meanMoments(0, 0, 0), meanMoments(0, 0, 0)];
  return days.map((day) => {
    arms = arms.map((before, index) => {
      const { mean, spread, units } = day[index]!;
      return units < 2 ? before : mergeMoments(before, meanMoments(mean, spread, units));
    });
    return arms;
  });
}

function compareAfter(
  days: Run,
  step = 1,
  method: "sequential" | "group-sequential" = "sequential",
): Comparison {
  const experiment = { primary: PRIMARY, analysis: { ...experimentOf().analysis, method } };
  const [estimate] = estimateFollowed({ experiment, days: { revenue: soFar(days) }, planned: 1500, step });
  return estimate!.comparisons[0]!;
}

test("a sequence only shrinks, and so does its p, its harm bound and what the series shows of it", () => {
  fc.assert(
    fc.property(run, (days) => {
      let before: Comparison | null = null;
      for (let day = 1; day <= days.length; day++) {
        const now = compareAfter(days.slice(0, day));
        if (before?.notes.includes("effect-drift")) {
          // What nothing fits once, nothing fits later.
          if (before.absolute.lower === null) expect(now.absolute.lower).toBeNull();
        } else if (before?.look && now.look && now.pValue !== null) {
          expect(now.pValue).toBeLessThanOrEqual(before.pValue!);
          expect(now.absolute.lower).toBeGreaterThanOrEqual(before.absolute.lower!);
          expect(now.absolute.upper).toBeLessThanOrEqual(before.absolute.upper!);
        }
        const [harmNow, harmBefore] = [now.harm?.upper ?? null, before?.harm?.upper ?? null];
        if (harmNow !== null && harmBefore !== null) expect(harmNow).toBeLessThanOrEqual(harmBefore);
        if (before?.harm?.shown) expect(now.harm!.shown).toBe(true);
        before = now;
      }
    }),
    { numRuns: 60 },
  );
});

test.each(["sequential", "group-sequential"] as const)(
  "%s: p is below α exactly where a boundary was crossed, and arms that swap turn the signs",
  (method) => {
    const mild = fc
      .array(fc.tuple(arm, arm), { minLength: 1, maxLength: 5 })
      .map((days) => days.map((day) => day.map(({ mean, ...rest }) => ({ ...rest, mean: 5 + mean / 40 }))));
    fc.assert(
      fc.property(mild, (days) => {
        const found = compareAfter(days, 7, method);
        const swapped = compareAfter(
          days.map(([a, b]) => [b!, a!]),
          7,
          method,
        );
        expect(swapped.look === null).toBe(found.look === null);
        if (found.look === null) return;
        expect(swapped.statistic).toBeCloseTo(-found.statistic!, 10);
        if (found.absolute.lower !== null)
          expect(swapped.absolute.upper).toBeCloseTo(-found.absolute.lower, 10);
        if (found.pValue === null) return;
        expect(swapped.pValue).toBeCloseTo(found.pValue, 10);
        expect(found.pValue <= 0.05).toBe(found.look.crossed !== null);
      }),
      { numRuns: method === "sequential" ? 100 : 12 },
    );
  },
);
