/**
 * Statistics of experiments: pure functions from counts, moments and small arrays to plain data. Effects are variant −
 * control; what does not exist is null, never NaN; a value outside a function's domain throws a `RangeError`.
 */
export * from "./adjust.ts";
export * from "./alpha-spending.ts";
export * from "./beta.ts";
export * from "./beta-posterior.ts";
export { binomialLogPmf } from "./binomial.ts";
export * from "./binomial-tail.ts";
export * from "./bootstrap.ts";
export * from "./bootstrap-bins.ts";
export type { Bounds } from "./bounds.ts";
export * from "./chi-squared.ts";
export * from "./cochran-q.ts";
export * from "./cohen-h.ts";
export * from "./confidence-sequence.ts";
export * from "./cuped.ts";
export * from "./cuped-ratio.ts";
export * from "./design-effect.ts";
export * from "./duration.ts";
export * from "./equivalence.ts";
export * from "./exact-proportions.ts";
export * from "./fieller.ts";
export {
  type ClassicBounds,
  classicBounds,
  type GroupSequentialBounds,
  type Look,
  spendingBounds,
} from "./group-sequential-bounds.ts";
export * from "./group-sequential-p-value.ts";
export * from "./group-sequential-power.ts";
export * from "./intraclass-correlation.ts";
export * from "./lack-of-fit.ts";
export * from "./linear-trend.ts";
export * from "./mann-whitney.ts";
export * from "./mde.ts";
export * from "./miettinen-nurminen.ts";
export * from "./mixture-sprt.ts";
export * from "./moments.ts";
export * from "./newcombe.ts";
export * from "./noncentral-t.ts";
export * from "./normal.ts";
export * from "./normal-posterior.ts";
export * from "./observed-power.ts";
export * from "./optimal-split.ts";
export * from "./post-stratification.ts";
export * from "./power-margin.ts";
export * from "./power-means.ts";
export { type ProportionsDesign, powerOfProportions, unitsForProportions } from "./power-proportions.ts";
export * from "./power-t.ts";
export type { Proportion } from "./proportion.ts";
export * from "./quantile-interval.ts";
export * from "./ratio.ts";
export * from "./relative-lift.ts";
export * from "./running.ts";
export type { Sample } from "./sample.ts";
export * from "./score-difference.ts";
export * from "./score-ratio.ts";
export * from "./sequence-inflation.ts";
export * from "./sequential-srm.ts";
export * from "./skewness.ts";
export * from "./srm.ts";
export * from "./student-interval.ts";
export * from "./student-t.ts";
export * from "./two-proportion-z.ts";
export * from "./twyman.ts";
export * from "./welch.ts";
export * from "./wilson.ts";
export * from "./winsorize.ts";
