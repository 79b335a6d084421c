import type { Experiment } from "../model/experiment.ts";
import { isClustered, metricsOf } from "../model/experiment-metrics.ts";
import type { FunnelMetric, MetricInput, RetentionMetric, Scalar } from "../model/metric.ts";
import { type Reader, readersOf } from "./reader.ts";

/** What rows that count have, by column. */
export type Where = ReadonlyMap<string, readonly Scalar[]>;

/** Rows of one event or column that satisfy all who read them. */
export interface EventGroup {
  readonly kind: "event" | "column";
  readonly name: string;
  readonly where: Where;
  /** Key of the kind of unit that acts, where it is not the experiment's. */
  readonly per: string | null;
  readonly readers: readonly Reader[];
  /** All that is read of it, steps and returns too. */
  readonly inputs: readonly MetricInput[];
}

/**
 * One group for all that can read the same rows: those of one event or column whose filters one row can satisfy
 * together. What no row can satisfy together gets groups of its own.
 */
export function eventGroupsOf(experiment: Experiment): readonly EventGroup[] {
  const groups: Open[] = [];
  for (const reader of readersOf(experiment)) {
    const { metric } = reader;
    const per = isClustered(metric, experiment.unit) ? metric.per : null;
    join(groups, metric.input, per).readers.push(reader);
  }
  for (const metric of orderedMetrics(experiment)) {
    for (const input of metric.kind === "funnel" ? metric.steps : [metric.input]) join(groups, input, null);
  }
  return groups;
}

/** The metrics for which it matters when something happens. */
export function orderedMetrics(experiment: Experiment): readonly (RetentionMetric | FunnelMetric)[] {
  return metricsOf(experiment).filter(
    (metric): metric is RetentionMetric | FunnelMetric =>
      metric.kind === "retention" || metric.kind === "funnel",
  );
}

interface Open extends EventGroup {
  where: Where;
  readonly readers: Reader[];
  readonly inputs: MetricInput[];
}

function join(groups: Open[], input: MetricInput, per: string | null): Open {
  const name = input.kind === "event" ? input.event : input.column;
  const own: Where = new Map(
    input.kind === "event" ? input.where.map(({ column, values }) => [column, values]) : [],
  );
  const group = groups.find(
    (other) =>
      other.kind === input.kind &&
      other.name === name &&
      other.per === per &&
      meet(other.where, own) !== null,
  );
  if (group === undefined) {
    const created: Open = { kind: input.kind, name, where: own, per, readers: [], inputs: [input] };
    groups.push(created);
    return created;
  }
  group.where = meet(group.where, own)!;
  group.inputs.push(input);
  return group;
}

/** What satisfies both; null where nothing does. */
function meet(a: Where, b: Where): Where | null {
  const both = new Map(a);
  for (const [column, values] of b) {
    const shared = values.filter((value) => a.get(column)?.includes(value) ?? true);
    if (shared.length === 0) return null;
    both.set(column, shared);
  }
  return both;
}
