import { describe, expect, test } from "vitest";
import { estimate } from "../../../src/inference/estimate.ts";
import { experimentOf, meanMoments, metricOf, observationOf, planOf, rateMoments } from "./trial-fixture.ts";

/** Expected values: the sequence of A.19 written out in Python, brentq for the relative one. */
describe("the look at harm", () => {
  test("of the primary: the benefit's upper bound against 0", () => {
    const experiment = experimentOf();
    const [found] = estimate({
      experiment,
      plan: planOf(experiment, 10_000),
      observation: observationOf({ "checkout-conversion": [rateMoments(600, 5000), rateMoments(400, 5000)] }),
    });
    const { harm } = found!.comparisons[0]!;
    expect(harm!.upper).toBeCloseTo(-0.0229981317, 6);
    expect(harm).toMatchObject({ threshold: 0, shown: true });
  });

  const guardrail = {
    metric: metricOf("load", "sum", "lower"),
    margin: { kind: "relative", value: 0.1 },
  } as const;
  const guarded = (variantMean: number, units: number | null, n = 3000) => {
    const experiment = experimentOf({ guardrails: [guardrail] });
    const estimates = estimate({
      experiment,
      plan: planOf(experiment, units),
      observation: observationOf({
        "checkout-conversion": [rateMoments(245, 5000), rateMoments(245, 5000)],
        load: [meanMoments(1.2, 2.1, n), meanMoments(variantMean, 2.3, Math.round((n * 5) / 6))],
      }),
    });
    return estimates[1]!.comparisons[0]!;
  };

  test("of a guardrail: on its margin's scale, α split over primary and guardrail", () => {
    const { harm } = guarded(1.6, 6000);
    expect(harm!.upper).toBeCloseTo(-0.1671737053, 8);
    expect(harm).toMatchObject({ threshold: -0.1, shown: true });
    expect(guarded(1.3, 6000).harm).toMatchObject({ threshold: -0.1, shown: false });
  });

  test("needs 100 units in each arm, and a planned size", () => {
    expect(guarded(9, 6000, 110).harm).toEqual({ upper: null, threshold: -0.1, shown: false });
    const unplanned = guarded(1.6, null);
    expect(unplanned.harm).toEqual({ upper: null, threshold: -0.1, shown: false });
    expect(unplanned.notes).toContain("no-baseline");
  });
});
