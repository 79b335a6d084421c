import type { MetricEstimate } from "../../inference/estimate.ts";
import type { Experiment } from "../../model/experiment.ts";
import { combineAll, type Moments } from "../../statistics/moments.ts";
import type { Sample } from "../../statistics/sample.ts";
import { surprising } from "../../statistics/twyman.ts";
import { weightedSlope } from "../../statistics/weighted-slope.ts";
import type { CovariateImbalanceCheck, NoveltyCheck, SurprisingEffectCheck } from "../generated/analysis.ts";
import type { TrialRecord } from "../record.ts";
import { adjustAll, judge, RARE } from "./family.ts";
import { compare, sampleOf, treatments } from "./plain-effect.ts";

const DAY = 86_400_000;
/** How often its MDE an effect is before it surprises. */
const SURPRISING = 5;

/** Before exposure, variants can differ by chance only. */
export function checkCovariates(
  experiment: Experiment,
  { metrics }: TrialRecord,
): readonly CovariateImbalanceCheck[] {
  const tests = metrics.flatMap(({ metric, covariates }) =>
    covariates === undefined
      ? []
      : treatments(experiment).map(({ variant, index, control }) => {
          const test = compare(before(covariates.arms[control]), before(covariates.arms[index]));
          return { metric, variant, difference: test?.estimate ?? null, pValue: test?.pValue ?? null };
        }),
  );
  if (tests.length === 0) return [];
  const covariates = adjustAll(tests);
  return [{ check: "covariate-imbalance", ...judge(covariates, RARE), covariates }];
}

/** The slope of the primary metric's effect over the days since exposure, each stretch by itself. */
export function checkNovelty(experiment: Experiment, { metrics }: TrialRecord): readonly NoveltyCheck[] {
  const primary = metrics.find(({ metric }) => metric === experiment.primary.metric.key);
  const byAge = primary?.byAge ?? [];
  if (byAge.length < 3) return [];
  const tests = treatments(experiment).map(({ variant, index, control }) => {
    const effects = byAge.map(({ from, to, arms }) => {
      const days = (to - from) / DAY;
      const test = compare(sampleOf(arms[control]), sampleOf(arms[index]));
      return {
        at: (from + to) / 2 / DAY,
        estimate: test && test.estimate / days,
        standardError: test?.standardError == null ? null : test.standardError / days,
      };
    });
    const line = weightedSlope(effects);
    return {
      variant,
      slope: line?.slope ?? null,
      standardError: line?.standardError ?? null,
      pValue: line?.pValue ?? null,
    };
  });
  const variants = adjustAll(tests);
  return [{ check: "novelty", ...judge(variants, RARE), variants }];
}

/** Significant effects on the primary metric that are many times what was hoped for. */
export function checkSurprise(
  { mde, analysis }: Experiment,
  estimates: readonly MetricEstimate[],
): readonly SurprisingEffectCheck[] {
  const primary = estimates.find(({ role }) => role === "primary");
  if (primary === undefined || mde === null || !(mde.value > 0)) return [];
  const known = primary.comparisons.flatMap(({ variant, pValue, ...comparison }) => {
    const effect = comparison[mde.kind].estimate;
    if (effect === null || pValue === null) return [];
    const isMeant = pValue < analysis.alpha && surprising(effect, mde.value, SURPRISING);
    return [{ variant, times: Math.abs(effect) / mde.value, isMeant }];
  });
  if (known.length === 0) return [];
  const effects = known.map(({ variant, times }) => ({ variant, times }));
  const status = known.some(({ isMeant }) => isMeant) ? "warning" : "ok";
  return [{ check: "surprising-effect", status, effects }];
}

/** Of (outcome, the same before), or of (numerator, denominator, both before). */
function before(moments: Moments | undefined): Sample | null {
  if (moments === undefined) return null;
  const isRatio = moments.means.length === 4;
  const rows = isRatio
    ? [
        [0, 0, 1, 0],
        [0, 0, 0, 1],
      ]
    : [[0, 1]];
  return sampleOf(combineAll(moments, rows));
}
