import type { Experiment } from "./experiment.ts";
import type { Metric, MetricInput, MetricKind, MetricPart } from "./metric.ts";
import type { Unit } from "./population.ts";

/** The experiment's metrics, each once: primary, secondary, guardrails. */
export function metricsOf(experiment: Experiment): readonly Metric[] {
  const metrics = [
    experiment.primary.metric,
    ...experiment.secondary,
    ...experiment.guardrails.map(({ metric }) => metric),
  ];
  return [...new Map(metrics.map((metric) => [metric.key, metric])).values()];
}

/** The metric itself, or the two that a ratio divides. */
export function partsOf(metric: Metric): readonly MetricPart[] {
  return metric.kind === "ratio" ? [metric.numerator, metric.denominator] : [metric];
}

/** All that a metric reads, in order. */
export function inputsOf(metric: Metric): readonly MetricInput[] {
  return partsOf(metric).flatMap((part): readonly MetricInput[] =>
    part.kind === "funnel" ? part.steps : [part.input],
  );
}

/** Keys of the events that a metric reads, each once. */
export function eventsOf(metric: Metric): readonly string[] {
  const events = inputsOf(metric).flatMap((input) => (input.kind === "event" ? [input.event] : []));
  return [...new Set(events)];
}

/** Whether a metric is measured on other units than those that are randomised, which are then its clusters. */
export function isClustered({ per }: Pick<Metric, "per">, randomised: Pick<Unit, "key">): boolean {
  return per !== null && per !== randomised.key;
}

/** The experiment as it is measured: a metric per its own unit has no clusters, and is a plain one. */
export function withoutOwnClusters(experiment: Experiment): Experiment {
  const { primary, secondary, guardrails, unit } = experiment;
  const plain = <Kind extends Metric>(metric: Kind): Kind =>
    isClustered(metric, unit) ? metric : { ...metric, per: null };
  return {
    ...experiment,
    primary: { ...primary, metric: plain(primary.metric) },
    secondary: secondary.map(plain),
    guardrails: guardrails.map((guardrail) => ({ ...guardrail, metric: plain(guardrail.metric) })),
  };
}

/**
 * Whether CUPED can adjust a metric: what units did before is then the same metric over the pre-period. A mean leaves
 * out units without events, a retention, a funnel and a quantile have no value before exposure, and members of
 * clusters come and go; a column of a one-row-per-unit table has no time.
 */
export function isAdjustable(metric: Metric, randomised: Pick<Unit, "key">): boolean {
  if (!isAdjustableKind(metric.kind) || isClustered(metric, randomised)) return false;
  return inputsOf(metric).every(({ kind }) => kind === "event");
}

/** Whether CUPED can adjust metrics of this kind. */
export function isAdjustableKind(kind: MetricKind): boolean {
  return ADJUSTABLE.includes(kind);
}

const ADJUSTABLE: readonly MetricKind[] = ["conversion", "count", "sum", "ratio"];
