import { DAY_MS } from "../model/calendar.ts";
import type { Experiment } from "../model/experiment.ts";
import { isAdjustable, metricsOf, partsOf } from "../model/experiment-metrics.ts";
import type { MetricInput } from "../model/metric.ts";
import { rateCorrelation } from "./clustered-rate.ts";
import type { EventGroup, Where } from "./event-group.ts";
import { type Fit, fitReaders } from "./fit.ts";
import type { Reader } from "./reader.ts";

/** What makes units act: rows of one event, or one column of a table with a row per unit. */
export interface Activity extends Fit {
  /** Names its random streams: the same whatever the effects are. */
  readonly key: string;
  readonly group: EventGroup;
  readonly source: { readonly kind: "event" | "column"; readonly name: string };
  /** What every row that counts has, by column. */
  readonly where: Where;
  readonly readers: readonly Reader[];
  /** Milliseconds after first exposure between which every row falls, so that it is in every reader's window. */
  readonly from: number;
  readonly within: number;
  /** Members of one randomised unit act alike: the correlation of who acts. 0 where the unit itself acts. */
  readonly likeness: number;
  /** How a unit's rows before exposure go with those after it; null: they do not. */
  readonly correlation: number | null;
}

/** Rows that no window bounds come within this time. */
const UNBOUNDED_WITHIN = 3 * DAY_MS;
/** With CUPED, where no baseline says it. */
const DEFAULT_CORRELATION = 0.5;

/** One activity for all metrics of a group of rows. */
export function activitiesOf(experiment: Experiment, groups: readonly EventGroup[]): readonly Activity[] {
  return groups.flatMap((group, index) => {
    const { kind, name, where, readers } = group;
    if (readers.length === 0) return [];
    const fit = fitReaders(readers);
    return {
      key: `${kind}/${name}/${groups.slice(0, index).filter((other) => other.name === name).length}`,
      group,
      source: { kind, name },
      where,
      readers,
      from: 0,
      within: Math.min(...readers.map(({ metric }) => metric.window ?? UNBOUNDED_WITHIN)),
      likeness: group.per === null ? 0 : rateCorrelation(fit, readers, experiment.unit.key),
      correlation: correlationOf(experiment, group),
      ...fit,
    };
  });
}

/** True where every row of the activity counts for the input. */
export function isRead({ source, where }: Pick<Activity, "source" | "where">, input: MetricInput): boolean {
  if (input.kind !== source.kind) return false;
  if (input.kind === "column") return input.column === source.name;
  return (
    input.event === source.name &&
    input.where.every(({ column, values }) => {
      const fixed = where.get(column);
      return fixed?.every((value) => values.includes(value)) ?? false;
    })
  );
}

function correlationOf(experiment: Experiment, { kind, readers }: EventGroup): number | null {
  if (experiment.analysis.cuped === null || kind !== "event") return null;
  const adjusted = metricsOf(experiment).filter(
    (metric) =>
      isAdjustable(metric, experiment.unit) &&
      partsOf(metric).some((part) => readers.some((reader) => reader.metric.key === part.key)),
  );
  if (adjusted.length === 0) return null;
  const baselines = adjusted.map(
    (metric) => (metric === experiment.primary.metric && experiment.planning.baseline) || metric.baseline,
  );
  const known = baselines.find((baseline) => baseline?.cuped !== undefined);
  return known?.cuped?.correlation ?? DEFAULT_CORRELATION;
}
