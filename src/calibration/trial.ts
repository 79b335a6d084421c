import { estimate } from "../inference/estimate.ts";
import type { QuantileData } from "../inference/estimator.ts";
import type { MetricEvidence } from "../inference/evidence.ts";
import type { Comparison, MetricEstimate } from "../inference/metric-estimate.ts";
import { addDays } from "../model/calendar.ts";
import { combineAll, type Moments } from "../statistics/moments.ts";
import { decide } from "../verdict/decide.ts";
import type { Verdict } from "../verdict/generated/analysis.ts";
import { type Design, START, type Trial } from "./open-trial.ts";

/** What is known of a metric, by arm, control first. */
export interface Seen {
  readonly arms: readonly Moments[];
  /** The outcome beside what it was before exposure. */
  readonly covariates?: readonly Moments[];
  readonly quantile?: readonly QuantileData[];
  /** The same so far, at the end of days that are counted from 1; the last of them is now. */
  readonly days?: readonly SeenDay[];
}

/** Arms as a design reads them: of several variables, with CUPED, the first are the outcome and the others its past. */
export function seenOf({ kind, cuped }: Pick<Design, "kind" | "cuped">, arms: readonly Moments[]): SeenArms {
  if (!cuped) return { arms };
  const outcome = kind === "ratio" ? [0, 1] : [0];
  const rows = outcome.map((at) => arms[0]!.means.map((_, variable) => Number(variable === at)));
  return { arms: arms.map((arm) => combineAll(arm, rows)), covariates: arms };
}

type SeenArms = Pick<Seen, "arms" | "covariates">;

interface SeenDay extends SeenArms {
  readonly day: number;
}

/** By metric, primary first: what `analyze` makes of these data, which are final. */
export function estimateTrial({ experiment, plan }: Trial, seen: readonly Seen[]): readonly MetricEstimate[] {
  const horizon = { reached: true };
  return estimate({ experiment, plan, observation: { metrics: evidenceOf({ experiment }, seen), horizon } });
}

/** Each variant against the control, on the primary. */
export function comparePrimary(trial: Trial, arms: readonly Moments[]): readonly Comparison[] {
  return compareSeen(trial, { arms });
}

export function compareSeen(trial: Trial, seen: Seen): readonly Comparison[] {
  return estimateTrial(trial, [seen])[0]!.comparisons;
}

/** The verdict on these data, which are final. */
export function judgeTrial(trial: Trial, seen: readonly Seen[]): Verdict["decision"] {
  const { experiment, plan } = trial;
  const estimates = estimateTrial(trial, seen);
  const observation = {
    asOf: null,
    cutoff: null,
    horizon: { reached: true, day: null, by: "final-data" },
    enrolment: {
      units: experiment.variants.map(({ share }) => share),
      crossovers: 0,
      excluded: {},
      unknownVariants: [],
    },
    metrics: evidenceOf(trial, seen),
    sources: [],
  } as const;
  return decide({ experiment, plan, observation, estimates }).decision;
}

function evidenceOf(
  { experiment: { primary, guardrails } }: Pick<Trial, "experiment">,
  seen: readonly Seen[],
): readonly MetricEvidence[] {
  const metrics = [primary.metric, ...guardrails.map(({ metric }) => metric)];
  return metrics.map(({ key }, index): MetricEvidence => {
    const { quantile, days, ...now } = seen[index]!;
    return {
      metric: key,
      ...soFar(now),
      ...(quantile && { quantile }),
      ...(days && {
        series: days.map(({ day, ...so }) => ({ day: addDays(START, day - 1), isOver: true, ...soFar(so) })),
      }),
    };
  });
}

function soFar({ arms, covariates }: SeenArms) {
  return {
    arms,
    exposed: arms.map(({ units }) => units),
    ...(covariates && { covariates: { arms: covariates } }),
  };
}
