import type { Experiment } from "../model/experiment.ts";
import type { ExperimentPlan } from "../plan/plan.ts";
import type { Moments } from "../statistics/moments.ts";
import { type ComparedArm, compare } from "./compare.ts";
import { estimators } from "./estimators.ts";
import { adjustFamilies } from "./families.ts";
import type { MetricEstimate } from "./metric-estimate.ts";
import { type Question, questionsOf } from "./question.ts";
import { compareReporting } from "./reporting.ts";

export type { Comparison, MetricEstimate, Note } from "./metric-estimate.ts";

/** What estimation needs of an observation. */
export interface Evidence {
  readonly metrics: readonly MetricEvidence[];
}

/** A metric's moments and mature exposed units, per variant in the experiment's order. */
interface MetricEvidence {
  readonly metric: string;
  /** One variable; numerator then denominator for a ratio. */
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
      return estimateMetric(experiment, question, found);
    }),
  );
}

function estimateMetric(
  experiment: Experiment,
  question: Question,
  evidence: MetricEvidence,
): MetricEstimate {
  const { metric, role } = question;
  const estimator = estimators[metric.kind];
  const arms = experiment.variants.map(({ key }, index): ComparedArm => {
    const moments = evidence.arms[index] ?? NO_UNITS;
    return {
      variant: key,
      reading: estimator.read(moments, 1 - question.alpha),
      exposed: evidence.exposed[index] ?? 0,
      planned: question.harm?.plannedUnits?.[index] ?? null,
    };
  });
  const control = arms.find(({ variant }) => variant === experiment.control);
  if (control === undefined) throw new Error(`no control among the variants of ${experiment.key}`);
  return {
    metric: metric.key,
    name: metric.name,
    role,
    kind: metric.kind,
    better: metric.better,
    method: estimator.method,
    variants: arms.map(({ variant, reading }) => ({
      variant,
      units: reading.units,
      sum: reading.sum,
      mean: reading.mean,
      standardDeviation: reading.standardDeviation,
      interval: reading.interval,
    })),
    comparisons: arms
      .filter((arm) => arm !== control)
      .map((arm) => compare(estimator, question, control, arm, reportingOf(question, control, arm))),
  };
}

const NO_UNITS: Moments = { units: 0, means: [], second: [], third: [] };

function reportingOf(question: Question, control: ComparedArm, variant: ComparedArm) {
  if (question.metric.kind !== "mean") return null;
  const reportersOf = ({ reading, exposed }: ComparedArm) => ({ reporting: reading.units, exposed });
  return compareReporting(reportersOf(control), reportersOf(variant));
}
