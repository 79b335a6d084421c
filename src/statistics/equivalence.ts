import { requireAnswer, requireFinite } from "./domain.ts";
import { waldInterval } from "./newcombe.ts";
import { normalSf } from "./normal.ts";
import type { Proportion } from "./proportion.ts";
import type { Sample } from "./sample.ts";
import { twoProportionZ } from "./two-proportion-z.ts";
import { welch } from "./welch.ts";

export interface EquivalenceTest {
  /** t of "not below the lower margin" and "not above the upper one". */
  readonly statisticLower: number | null;
  readonly statisticUpper: number | null;
  readonly degreesOfFreedom: number | null;
  readonly pLower: number | null;
  readonly pUpper: number | null;
  /** The larger of both: small where the difference lies between the margins. */
  readonly pValue: number | null;
  /** The 1 − 2α interval: within the margins exactly where pValue < α. */
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Two one-sided Welch tests that the difference of means lies between two margins. Donald J. Schuirmann, "A comparison of the two
 * one-sided tests procedure and the power approach for assessing the equivalence of average bioavailability", *J. Pharmacokinetics
 * and Biopharmaceutics* 15 (1987), 657–680. Nulls where Welch's test has none.
 */
export function equivalenceOfMeans(
  control: Sample,
  variant: Sample,
  margins: { readonly lower: number; readonly upper: number; readonly alpha: number },
): EquivalenceTest {
  const options = { confidence: 1 - 2 * margins.alpha };
  const plain = welch(control, variant, options);
  const aboveLower = welch(control, shift(variant, -margins.lower), options);
  const belowUpper = welch(control, shift(variant, -margins.upper), options);
  const [pLower, pUpper] = [aboveLower.pGreater, belowUpper.pLess];
  return {
    statisticLower: aboveLower.statistic,
    statisticUpper: belowUpper.statistic,
    degreesOfFreedom: plain.degreesOfFreedom,
    pLower,
    pUpper,
    pValue: pLower === null || pUpper === null ? null : Math.max(pLower, pUpper),
    lower: plain.lower,
    upper: plain.upper,
  };
}

export interface NonInferiorityTest {
  readonly statistic: number | null;
  readonly degreesOfFreedom: number | null;
  /** Of "worse by the margin or more". */
  readonly pValue: number | null;
  /** One-sided bound of variant − control, on the side that the margin is on. */
  readonly bound: number | null;
}

/**
 * One-sided Welch test that the variant is not worse than the control by an absolute margin > 0. Martin O. Rothmann, Brian L. Wiens, Ivan S. F.
 * Chan, *Design and Analysis of Non-Inferiority Trials* (2011), chapter 12.
 */
export function nonInferiorityOfMeans(
  control: Sample,
  variant: Sample,
  design: { readonly margin: number; readonly better: "higher" | "lower"; readonly alpha: number },
): NonInferiorityTest {
  const higher = design.better === "higher";
  const by = higher ? design.margin : -design.margin;
  const test = welch(control, shift(variant, by), { confidence: 1 - 2 * design.alpha });
  const end = higher ? test.lower : test.upper;
  return {
    statistic: test.statistic,
    degreesOfFreedom: test.degreesOfFreedom,
    pValue: higher ? test.pGreater : test.pLess,
    bound: end === null ? null : end - by,
  };
}

/**
 * One-sided z test that a rate is not worse than the control's by an absolute margin > 0, with unpooled standard errors: here to compare with, the
 * score test (`scoreDifferenceZ`) holds its level better. William C. Blackwelder, "Proving the null hypothesis in clinical trials", *Controlled
 * Clinical Trials* 3 (1982), 345–353. Nulls where an arm is empty or neither varies.
 */
export function waldNonInferiority(
  control: Proportion,
  variant: Proportion,
  design: { readonly margin: number; readonly better: "higher" | "lower"; readonly alpha: number },
): NonInferiorityTest {
  const sign = design.better === "higher" ? 1 : -1;
  requireFinite("a margin", design.margin);
  const interval = waldInterval(control, variant, 1 - 2 * design.alpha);
  const standardError = twoProportionZ(control, variant).standardErrorUnpooled ?? 0;
  if (!interval || !(standardError > 0)) {
    return { statistic: null, degreesOfFreedom: null, pValue: null, bound: null };
  }
  const difference = (interval.lower + interval.upper) / 2;
  const statistic = (difference + sign * design.margin) / standardError;
  return requireAnswer({
    statistic,
    degreesOfFreedom: null,
    pValue: normalSf(sign * statistic),
    bound: sign > 0 ? interval.lower : interval.upper,
  });
}

function shift(sample: Sample, by: number): Sample {
  return { ...sample, mean: sample.mean + by };
}
