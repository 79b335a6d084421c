import { differenceSkewness } from "../statistics/skewness.ts";
import { adjustPair } from "./adjust-pair.ts";
import { compare, isLookedAt } from "./compare.ts";
import type { ComparedArm } from "./compared-arm.ts";
import type { Estimator } from "./estimator.ts";
import { finite } from "./finite.ts";
import { type FollowedPair, followPair } from "./follow-pair.ts";
import { meanLike } from "./mean-like.ts";
import type { Comparison, CupedResult, UnadjustedReason } from "./metric-estimate.ts";
import type { Question } from "./question.ts";
import { compareReporting } from "./reporting.ts";

export interface ComparedPair {
  readonly comparison: Comparison;
  readonly points: FollowedPair["points"];
}

/** Compares two arms; where values before exposure are to be taken out and can be, the adjusted numbers decide (A.8). */
export function compareArms(
  estimator: Estimator,
  question: Question,
  control: ComparedArm,
  variant: ComparedArm,
): ComparedPair {
  const unadjusted = compareAsRead(estimator, question, control, variant);
  if (!question.isAdjusted) return unadjusted;
  const adjusted = adjustedOrReason(question, control, variant);
  if (typeof adjusted === "string") {
    return { ...unadjusted, comparison: { ...unadjusted.comparison, cuped: notApplied(adjusted) } };
  }
  const own = meanLike;
  const followed = followPair(own, question, control, variant, true);
  const { comparison } = unadjusted;
  const found = compare({
    ...{ estimator: own, question, control, variant, followed },
    ...{ pair: adjusted.pair, skewness: adjusted.skewness, reporting: comparison.reporting },
  });
  const { statistic, pValue, absolute, relative } = comparison;
  const cuped: CupedResult = {
    applied: true,
    reason: null,
    theta: adjusted.theta,
    varianceReduction: adjusted.varianceReduction,
    unadjusted: { statistic, pValue, absolute, relative },
  };
  const notes = new Set([...found.notes, ...comparison.notes.filter((note) => note === "small-counts")]);
  return { comparison: { ...found, cuped, notes: [...notes] }, points: followed.points };
}

function compareAsRead(
  estimator: Estimator,
  question: Question,
  control: ComparedArm,
  variant: ComparedArm,
): ComparedPair {
  const followed = followPair(estimator, question, control, variant, false);
  const [a, b] = [control.reading, variant.reading];
  const comparison = compare({
    ...{ estimator, question, control, variant, followed },
    pair: a.sample && b.sample && { control: a.sample, variant: b.sample, base: null },
    skewness: a.moments && b.moments && finite(differenceSkewness(a.moments, b.moments)),
    reporting: reportingOf(question, control, variant),
  });
  return { comparison, points: followed.points };
}

function adjustedOrReason(question: Question, control: ComparedArm, variant: ComparedArm) {
  const found = adjustPair(question.metric, control, variant);
  const isCarried = [...control.days, ...variant.days].every(({ covariates }) => covariates !== null);
  return typeof found === "object" && isLookedAt(question) && !isCarried ? "not-at-looks" : found;
}

function notApplied(reason: UnadjustedReason): CupedResult {
  return { applied: false, reason, theta: [], varianceReduction: null, unadjusted: null };
}

function reportingOf(question: Question, control: ComparedArm, variant: ComparedArm) {
  if (question.metric.kind !== "mean") return null;
  const reportersOf = ({ reading, exposed }: ComparedArm) => ({ reporting: reading.units, exposed });
  return compareReporting(reportersOf(control), reportersOf(variant));
}
