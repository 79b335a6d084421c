import type { Experiment } from "../model/experiment.ts";
import type { ExperimentPlan } from "../plan/plan.ts";
import type { Moments } from "../statistics/moments.ts";
import { compare } from "./compare.ts";
import type { ComparedArm } from "./compared-arm.ts";
import type { Estimator } from "./estimator.ts";
import { estimators } from "./estimators.ts";
import { adjustFamilies } from "./families.ts";
import { followPair } from "./follow-pair.ts";
import { lookDesigns } from "./look-designs.ts";
import type { MetricEstimate } from "./metric-estimate.ts";
import { type Question, questionsOf } from "./question.ts";
import { compareReporting } from "./reporting.ts";

export type { Comparison, MetricEstimate, Note } from "./metric-estimate.ts";

/** What estimation needs of an observation. */
export interface Evidence {
  readonly metrics: readonly MetricEvidence[];
  /** Whether the data are all that decide. Default: not yet. */
  readonly horizon?: { readonly reached: boolean };
}

/** A metric's moments and mature exposed units, per variant in the experiment's order. */
interface MetricEvidence {
  readonly metric: string;
  /** One variable; numerator then denominator for a ratio. */
  readonly arms: readonly Moments[];
  readonly exposed: readonly number[];
  /** The same so far, at ends of days and at last at the cutoff. */
  readonly series?: readonly DayEvidence[];
}

interface DayEvidence {
  /** ISO day. */
  readonly day: string;
  /** False of the last where the cutoff is not a midnight. */
  readonly isOver: boolean;
  readonly arms: readonly Moments[];
  readonly exposed: readonly number[];
}

/** Moments and plan to estimates: the primary, then secondary metrics, then guardrails. */
export function estimate(input: {
  readonly experiment: Experiment;
  readonly plan: ExperimentPlan;
  readonly observation: Evidence;
}): readonly MetricEstimate[] {
  const { experiment, plan, observation } = input;
  const evidence = new Map(observation.metrics.map((found) => [found.metric, found]));
  return adjustFamilies(
    questionsOf(experiment, plan).map((question) => {
      const found = evidence.get(question.metric.key);
      if (found === undefined) throw new Error(`no moments of the metric ${question.metric.key}`);
      return estimateMetric(experiment, question, found, observation.horizon?.reached === true);
    }),
  );
}

function estimateMetric(
  experiment: Experiment,
  question: Question,
  evidence: MetricEvidence,
  isFinal: boolean,
): MetricEstimate {
  const { metric, role } = question;
  const estimator = estimators[metric.kind];
  const read = (moments: Moments | undefined) => estimator.read(moments ?? NO_UNITS, 1 - question.alpha);
  const days = decidingDays(evidence, isFinal);
  const arms = experiment.variants.map(
    ({ key }, index): ComparedArm => ({
      variant: key,
      reading: read(evidence.arms[index]),
      exposed: evidence.exposed[index] ?? 0,
      planned: question.harm?.plannedUnits?.[index] ?? null,
      plannedInRun: question.looks.plannedUnits?.[index] ?? null,
      days: days.map(({ day, arms: moments, exposed }, at) => ({
        day,
        isFinal: isFinal && at === days.length - 1,
        reading: read(moments[index]),
        exposed: exposed[index] ?? 0,
      })),
    }),
  );
  const control = arms.find(({ variant }) => variant === experiment.control);
  if (control === undefined) throw new Error(`no control among the variants of ${experiment.key}`);
  const pairs = arms
    .filter((arm, index) => arm !== control && experiment.variants[index]?.dropped === undefined)
    .map((arm) => ({ arm, followed: followPair(estimator, question, control, arm) }));
  return {
    metric: metric.key,
    name: metric.name,
    role,
    kind: metric.kind,
    better: metric.better,
    method: methodOf(question, estimator),
    variants: arms.map(({ variant, reading }) => ({
      variant,
      units: reading.units,
      sum: reading.sum,
      mean: reading.mean,
      standardDeviation: reading.standardDeviation,
      interval: reading.interval,
    })),
    comparisons: pairs.map(({ arm, followed }) =>
      compare(estimator, question, control, arm, reportingOf(question, control, arm), followed),
    ),
    series: days.map(({ day, exposed }, index) => ({
      day,
      units: exposed,
      comparisons: pairs.map(({ followed }) => followed.points[index]!),
    })),
  };
}

/** From the first day with mature units; an unfinished day is none, unless it is the last that counts. */
function decidingDays({ series = [] }: MetricEvidence, isFinal: boolean): readonly DayEvidence[] {
  const whole = series.filter(({ isOver }, index) => isOver || (isFinal && index === series.length - 1));
  const first = whole.findIndex(({ exposed }) => exposed.some((units) => units > 0));
  return first < 0 ? [] : whole.slice(first);
}

const NO_UNITS: Moments = { units: 0, means: [], second: [], third: [] };

function methodOf({ looks: { method }, metric: { window } }: Question, estimator: Estimator): string {
  return method === "fixed" || window === null ? estimator.method : lookDesigns[method].method;
}

function reportingOf(question: Question, control: ComparedArm, variant: ComparedArm) {
  if (question.metric.kind !== "mean") return null;
  const reportersOf = ({ reading, exposed }: ComparedArm) => ({ reporting: reading.units, exposed });
  return compareReporting(reportersOf(control), reportersOf(variant));
}
