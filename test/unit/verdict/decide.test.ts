import { describe, expect, test } from "vitest";
import type { Experiment } from "../../../src/model/experiment.ts";
import {
  checkout,
  experimentOf,
  meanMoments,
  metricOf,
  rateMoments,
  running,
  variantsOf,
} from "../inference/trial-fixture.ts";
import { analyse, decidingCodes, otherCodes } from "./trial-run.ts";

const rates = (...counts: readonly number[]) => counts.map((count) => rateMoments(count, 5000));
const enrolled = (...units: readonly number[]) => ({
  enrolment: { units, crossovers: 0, excluded: {}, unknownVariants: [] },
});
const errors = metricOf("errors", "conversion", "lower");
const guarded: Partial<Experiment> = {
  guardrails: [{ metric: errors, margin: { kind: "absolute", value: 0.005 } }],
};
const three: Partial<Experiment> = { variants: variantsOf("control", "a", "b") };

describe("245 of 5,000 against 290 of 5,000", () => {
  test("before the horizon: keep running, with the benefit listed and not deciding", () => {
    const analysis = analyse({ arms: checkout, observation: running });
    expect(analysis.verdict).toMatchObject({ decision: "keep-running", variant: null });
    expect(decidingCodes(analysis)).toEqual(["before-horizon"]);
    expect(analysis.verdict.reasons[0]).toMatchObject({ units: 5000, planned: 10_201, day: "2026-12-06" });
    expect(otherCodes(analysis)).toEqual(["significant-benefit"]);
  });

  test("as final data: ship", () => {
    const analysis = analyse({ arms: checkout });
    expect(analysis.verdict).toMatchObject({ decision: "ship", variant: "one-page" });
    expect(decidingCodes(analysis)).toEqual(["significant-benefit"]);
    expect(otherCodes(analysis)).toEqual(["data-without-horizon"]);
  });

  test("stopped before the horizon: inconclusive", () => {
    const analysis = analyse({ experiment: { status: "stopped" }, arms: checkout, observation: running });
    expect(analysis.verdict.decision).toBe("inconclusive");
    expect(decidingCodes(analysis)).toEqual(["stopped-early"]);
  });
});

test("cookie-cats: do not ship, with the warning of an uneven split", () => {
  const analysis = analyse({
    experiment: {
      variants: variantsOf("gate-30", "gate-40"),
      control: "gate-30",
      primary: { metric: metricOf("retention-7"), goal: "better", margin: null },
      secondary: [metricOf("retention-1")],
      mde: { kind: "relative", value: 0.02 },
    },
    arms: {
      "retention-7": [rateMoments(8502, 44_700), rateMoments(8279, 45_489)],
      "retention-1": [rateMoments(20_034, 44_700), rateMoments(20_119, 45_489)],
    },
  });
  expect(analysis.verdict).toMatchObject({ decision: "do-not-ship", variant: null });
  expect(decidingCodes(analysis)).toEqual(["significantly-harmful"]);
  expect(otherCodes(analysis)).toContain("srm-warning");
});

describe("an unfair trial", () => {
  test("has no verdict when the split is off, and lists what else was found", () => {
    const analysis = analyse({ arms: checkout, observation: { ...running, ...enrolled(5000, 5400) } });
    expect(analysis.verdict.decision).toBe("invalid");
    expect(decidingCodes(analysis)).toEqual(["srm-failed"]);
    expect(otherCodes(analysis)).toEqual(["before-horizon", "significant-benefit"]);
  });

  test("has no verdict with too many crossovers, or an empty arm", () => {
    const crossed = { enrolment: { ...enrolled(5000, 5000).enrolment, crossovers: 101 } };
    expect(decidingCodes(analyse({ arms: checkout, observation: crossed }))).toEqual(["crossovers"]);
    const empty = analyse({ arms: { "checkout-conversion": [rateMoments(2, 3), rateMoments(0, 0)] } });
    expect(empty.verdict.decision).toBe("invalid");
    expect(empty.verdict.reasons[0]).toMatchObject({ code: "empty-arm", variant: "one-page" });
  });

  test("lists harm beside it", () => {
    const arms = { "checkout-conversion": rates(600, 300) };
    const analysis = analyse({ arms, observation: { ...running, ...enrolled(5000, 5400) } });
    expect(analysis.verdict.decision).toBe("invalid");
    expect(otherCodes(analysis)).toContain("harm-primary");
  });

  test("a variant without a share may be empty", () => {
    const variants = [...experimentOf().variants, { key: "off", share: 0, params: {} }];
    const arms = { "checkout-conversion": [...rates(245, 290), rateMoments(0, 0)] };
    expect(analyse({ experiment: { variants }, arms }).verdict.decision).toBe("inconclusive");
  });
});

describe("harm", () => {
  const harmed = { ...checkout, errors: rates(50, 250) };

  test("certain before the horizon stops the experiment", () => {
    const primary = analyse({ arms: { "checkout-conversion": rates(600, 300) }, observation: running });
    expect(primary.verdict.decision).toBe("stop-harm");
    expect(decidingCodes(primary)).toEqual(["harm-primary"]);
    const guardrail = analyse({ experiment: guarded, arms: harmed, observation: running });
    expect(decidingCodes(guardrail)).toEqual(["harm-guardrail"]);
    expect(otherCodes(guardrail)).toContain("before-horizon");
  });

  test("does not stop a finished trial", () => {
    const analysis = analyse({ experiment: guarded, arms: harmed, planned: 5000 });
    expect(analysis.verdict.decision).toBe("do-not-ship");
    expect(decidingCodes(analysis)).toEqual(["guardrail-worse"]);
    expect(otherCodes(analysis)).toContain("significant-benefit");
  });
});

describe("guardrails", () => {
  const judged = (count: number, planned: number) =>
    analyse({ experiment: guarded, arms: { ...checkout, errors: rates(50, count) }, planned });

  test("all shown safe: ship", () => {
    const analysis = judged(50, 5000);
    expect(analysis.verdict).toMatchObject({ decision: "ship", variant: "one-page" });
    expect(decidingCodes(analysis)).toEqual(["significant-benefit", "guardrails-safe"]);
  });

  test("not shown safe with the planned units: do not ship", () => {
    expect(decidingCodes(judged(65, 5000))).toEqual(["guardrail-not-shown-safe"]);
    expect(judged(65, 5000).verdict.decision).toBe("do-not-ship");
  });

  test("not shown safe with fewer: inconclusive", () => {
    expect(decidingCodes(judged(65, 5001))).toEqual(["guardrail-underpowered"]);
    expect(judged(65, 5001).verdict.decision).toBe("inconclusive");
  });

  test("significantly worse with fewer: do not ship", () => {
    expect(decidingCodes(judged(250, 5001))).toEqual(["guardrail-worse"]);
  });

  test("before the horizon, not being shown safe yet is no finding", () => {
    const arms = { ...checkout, errors: rates(50, 65) };
    const analysis = analyse({ experiment: guarded, arms, planned: 5000, observation: running });
    expect(otherCodes(analysis)).toEqual(["significant-benefit"]);
  });
});

describe("several variants", () => {
  const decided = (...counts: readonly number[]) =>
    analyse({ experiment: three, arms: { "checkout-conversion": rates(...counts) } });

  test("the highest lower bound of benefit ships, with a warning about the winner's curse", () => {
    const analysis = decided(245, 320, 340);
    expect(analysis.verdict).toMatchObject({ decision: "ship", variant: "b" });
    expect(decidingCodes(analysis)).toEqual(["significant-benefit"]);
    expect(otherCodes(analysis)).toEqual(expect.arrayContaining(["significant-benefit", "winners-curse"]));
    expect(decided(245, 340, 320).verdict.variant).toBe("a");
  });

  test("one harmful variant does not stop the other", () => {
    const analysis = decided(245, 160, 340);
    expect(analysis.verdict).toMatchObject({ decision: "ship", variant: "b" });
    expect(otherCodes(analysis)).toContain("significantly-harmful");
    expect(decided(245, 160, 150).verdict.decision).toBe("do-not-ship");
    expect(decided(245, 160, 250).verdict.decision).toBe("inconclusive");
  });

  test("significance is corrected over the variants", () => {
    expect(decided(245, 290, 250).verdict.decision).toBe("inconclusive");
  });

  test("where lower is better, the lowest upper bound ships", () => {
    const primary = {
      metric: metricOf("returns", "conversion", "lower"),
      goal: "better",
      margin: null,
    } as const;
    const analysis = analyse({ experiment: { ...three, primary }, arms: { returns: rates(400, 250, 270) } });
    expect(analysis.verdict).toMatchObject({ decision: "ship", variant: "a" });
  });

  test("all held back, one only by too few guardrail units: inconclusive", () => {
    const arms = { "checkout-conversion": rates(245, 340, 340), errors: rates(50, 65, 250) };
    const analysis = analyse({ experiment: { ...three, ...guarded }, arms });
    expect(analysis.verdict.decision).toBe("inconclusive");
    expect(decidingCodes(analysis)).toEqual(["guardrail-underpowered"]);
    expect(otherCodes(analysis)).toContain("guardrail-worse");
  });
});

describe("a primary that is to be not worse", () => {
  const primary = {
    metric: metricOf("checkout-conversion"),
    goal: "not-worse",
    margin: { kind: "relative", value: 0.1 },
  } as const;
  const decided = (a: number, b: number, units: number) =>
    analyse({
      experiment: { primary, mde: null },
      arms: { "checkout-conversion": [rateMoments(a, units), rateMoments(b, units)] },
    });

  test("ships when it is shown not worse", () => {
    const analysis = decided(5000, 4990, 20_000);
    expect(analysis.verdict).toMatchObject({ decision: "ship", variant: "one-page" });
    expect(decidingCodes(analysis)).toEqual(["non-inferior"]);
  });

  test("ships a decline that is significant but within the margin", () => {
    const analysis = decided(50_000, 48_900, 200_000);
    expect(analysis.metrics[0]!.comparisons[0]!.pValue).toBeLessThan(0.05);
    expect(analysis.verdict.decision).toBe("ship");
  });

  test("does not ship a significant decline that may exceed it", () => {
    expect(decidingCodes(decided(5000, 4600, 20_000))).toEqual(["significantly-harmful"]);
  });

  test("is undecided otherwise", () => {
    expect(decidingCodes(decided(500, 480, 2000))).toEqual(["underpowered"]);
  });
});

describe("undecided", () => {
  test("an effect within ± the MDE: no meaningful effect", () => {
    const analysis = analyse({
      arms: { "checkout-conversion": [rateMoments(24_500, 500_000), rateMoments(24_600, 500_000)] },
    });
    expect(analysis.verdict.decision).toBe("inconclusive");
    expect(decidingCodes(analysis)).toEqual(["no-meaningful-effect"]);
  });

  test("else underpowered", () => {
    expect(decidingCodes(analyse({ arms: { "checkout-conversion": rates(245, 260) } }))).toEqual([
      "underpowered",
    ]);
  });

  test("a win by small counts does not ship", () => {
    const arms = { "checkout-conversion": [rateMoments(0, 5000), rateMoments(9, 5000)] };
    const analysis = analyse({ arms });
    expect(analysis.metrics[0]!.comparisons[0]!.adjustedPValue).toBeLessThan(0.05);
    expect(analysis.verdict.decision).toBe("inconclusive");
    expect(decidingCodes(analysis)).toContain("small-counts");
  });

  test("a win by severely skewed values does not ship", () => {
    const primary = { metric: metricOf("revenue", "sum"), goal: "better", margin: null } as const;
    const skewed = { ...meanMoments(12, 2, 100), third: [0.4 * 100 ** 3 * 0.08 ** 1.5] };
    const analysis = analyse({
      experiment: { primary },
      arms: { revenue: [meanMoments(10, 2, 100), skewed] },
    });
    expect(analysis.verdict.decision).toBe("inconclusive");
    expect(decidingCodes(analysis)).toEqual(["severely-skewed"]);
    expect(otherCodes(analysis)).toContain("significant-benefit");
  });
});

test("what was left out or unknown is listed", () => {
  const enrolment = {
    units: [5000, 5000],
    crossovers: 0,
    excluded: { bots: [3, 4], forced: [1, 0] },
    unknownVariants: ["red", "blue"],
  };
  const { verdict } = analyse({ arms: checkout, observation: { enrolment } });
  expect(verdict.reasons).toContainEqual({ code: "excluded-exposures", decides: false, rows: 8 });
  expect(verdict.reasons).toContainEqual({
    code: "unknown-variant",
    decides: false,
    variants: "red, blue",
    count: 2,
  });
});
