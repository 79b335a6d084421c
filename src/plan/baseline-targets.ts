import type { Entry } from "../model/entry.ts";
import type { Experiment } from "../model/experiment.ts";
import { eventsOf, isAdjustable, isClustered, metricsOf } from "../model/experiment-metrics.ts";
import type { Baseline, Metric } from "../model/metric.ts";
import type { Unit } from "../model/population.ts";
import type { Project } from "../model/project.ts";

/** Where YAML says, or could say, what was measured. */
export interface YamlPlace {
  readonly file: string;
  readonly path: readonly string[];
}

/** A metric to measure over units of one kind. */
export interface BaselineTarget {
  readonly metric: Metric;
  readonly unit: Unit;
  /** Whose eligible units are measured; null: all units. */
  readonly experiment: Experiment | null;
  /** What brings units in; null: the usual. */
  readonly entry: Entry | null;
  /** Milliseconds before they are met in which units are looked at too, for what CUPED takes off; null: not asked. */
  readonly before: number | null;
  /** Of a metric with `per`: the units that are randomised in its stead. */
  readonly clusters: readonly Unit[];
  readonly written: Baseline | null;
  readonly place: YamlPlace;
  /** Whether the place is for this value: a metric's file is for one kind of unit, what runs has a plan on record. */
  readonly writable: boolean;
}

/** A number of new units a day to measure. */
export interface VolumeTarget {
  readonly unit: Unit;
  readonly experiment: Experiment | null;
  readonly entry: Entry | null;
  readonly written: Pick<Unit, "newPerDay" | "measured">;
  readonly place: YamlPlace;
  readonly writable: boolean;
}

export interface MeasureTargets {
  readonly baselines: readonly BaselineTarget[];
  /** Units first. */
  readonly volumes: readonly VolumeTarget[];
  /** Metrics that experiments use per several kinds of unit, with the units' keys: one file cannot hold them all. */
  readonly shared: readonly { readonly metric: Metric; readonly units: readonly string[] }[];
  /** Experiments with a trigger and an audience: who is eligible is in no log. */
  readonly hidden: readonly Experiment[];
}

/**
 * What planning reckons with. Without keys: of every experiment that is not concluded; else of the experiments and
 * metrics that are named. Beside every metric's own, an experiment's primary has a baseline among the eligible
 * where the experiment has an audience or a trigger. A metric of members of clusters is measured over members.
 */
export function measureTargets(project: Project, keys: readonly string[]): MeasureTargets {
  const open = project.experiments.filter(({ status, archived }) => status !== "concluded" && !archived);
  const chosen = keys.length === 0 ? open : project.experiments.filter(({ key }) => keys.includes(key));
  const pairs = [
    ...chosen.flatMap((experiment) =>
      metricsOf(experiment).map((metric) => ({
        metric,
        unit: measuredUnit(metric, experiment.unit, project),
      })),
    ),
    ...project.metrics
      .filter((metric) => keys.includes(metric.key))
      .flatMap((metric) => perUnitOfUse(metric, project, open)),
  ];
  const distinct = [...new Map(pairs.map((pair) => [`${pair.metric.key} ${pair.unit.key}`, pair])).values()];
  const shared = [...new Set(distinct.map(({ metric }) => metric))].flatMap((metric) => {
    const units = new Set(perUnitOfUse(metric, project, open).map(({ unit }) => unit.key));
    return units.size > 1 ? [{ metric, units: [...units].sort() }] : [];
  });
  const isShared = (metric: Metric) => shared.some((each) => each.metric === metric);
  const narrow = chosen.flatMap((experiment) => {
    const entry = entryOf(experiment);
    return entry === null || entry === "hidden" ? [] : [{ experiment, entry }];
  });
  const own = ({ primary, unit }: Experiment) => !isClustered(primary.metric, unit);
  const ofShared = chosen
    .filter((experiment) => entryOf(experiment) === null && isShared(experiment.primary.metric))
    .map((experiment) => ({ experiment, entry: null }));
  const units = [...new Map(chosen.map(({ unit }) => [unit.key, unit])).values()];
  return {
    baselines: [
      ...distinct.map(({ metric, unit }) =>
        metricTarget(metric, unit, keys.length === 0 ? open : [...chosen, ...open], !isShared(metric)),
      ),
      ...[...narrow, ...ofShared]
        .filter(({ experiment }) => own(experiment))
        .map(({ experiment, entry }) => primaryTarget(experiment, entry, keys)),
    ],
    volumes: [
      ...units.map((unit) => unitVolume(unit, project)),
      ...narrow.map(({ experiment, entry }) => experimentVolume(experiment, entry, keys)),
    ],
    shared,
    hidden: chosen.filter((experiment) => entryOf(experiment) === "hidden"),
  };
}

/** Whose values a metric's baseline is of. */
function measuredUnit({ per }: Metric, randomised: Unit, { units }: Project): Unit {
  return units.find(({ key }) => key === per) ?? randomised;
}

/** What is named by neither an experiment nor a metric; null where all is. */
export function unknownTarget({ experiments, metrics }: Project, keys: readonly string[]): string | null {
  const known = new Set([...experiments, ...metrics].map(({ key }) => key));
  return keys.find((key) => !known.has(key)) ?? null;
}

/** The units of the experiments that use it; of an unused one, those whose ids its events carry. */
function perUnitOfUse(
  metric: Metric,
  project: Project,
  experiments: readonly Experiment[],
): readonly { readonly metric: Metric; readonly unit: Unit }[] {
  const users = experiments.filter((experiment) =>
    metricsOf(experiment).some(({ key }) => key === metric.key),
  );
  const used = users.map(({ unit }) => metric.per ?? unit.key);
  const read = eventsOf(metric);
  const events = project.events.filter(({ key }) => read.includes(key));
  const keys = used.length > 0 ? used : events.flatMap((event) => event.units);
  const possible = project.units.filter(
    ({ key }) => keys.includes(key) || (used.length === 0 && events.length === 0),
  );
  return possible.map((unit) => ({ metric, unit }));
}

/**
 * What is known of who an experiment is for: null where it is for all units, `hidden` where no data can say. A trigger
 * of the analysis comes after the exposure, and says more.
 */
function entryOf({ analysis, audience, exposure }: Experiment): Entry | "hidden" | null {
  const { trigger } = analysis;
  if (trigger !== null && trigger.where.length > 0) return "hidden";
  const event = trigger?.event ?? (exposure.kind === "event" ? exposure.event : null);
  if (event === null) return audience && { kind: "exposures", audience };
  return audience === null ? { kind: "event", event } : "hidden";
}

function metricTarget(
  metric: Metric,
  unit: Unit,
  experiments: readonly Experiment[],
  writable: boolean,
): BaselineTarget {
  const place = { file: metric.file, path: ["baseline"] };
  const users = experiments.filter((each) => metricsOf(each).some(({ key }) => key === metric.key));
  const randomised = users.map((user) => user.unit).filter((each) => isClustered(metric, each));
  return {
    ...{ metric, unit, experiment: null, entry: null, place, writable, written: metric.baseline },
    before: prePeriodOf(
      metric,
      users.filter((user) => user.unit.key === unit.key),
    ),
    clusters:
      metric.per === unit.key ? [...new Map(randomised.map((each) => [each.key, each])).values()] : [],
  };
}

/** The shortest of those that adjust the metric: what it takes off, a longer one does. */
function prePeriodOf(metric: Metric, experiments: readonly Experiment[]): number | null {
  const spans = experiments
    .filter(({ unit }) => isAdjustable(metric, unit))
    .flatMap(({ analysis }) => analysis.cuped ?? []);
  return spans.length === 0 ? null : Math.min(...spans);
}

function primaryTarget(experiment: Experiment, entry: Entry | null, keys: readonly string[]): BaselineTarget {
  const { file, unit, primary, planning } = experiment;
  return {
    metric: primary.metric,
    unit,
    experiment,
    entry,
    before: prePeriodOf(primary.metric, [experiment]),
    clusters: [],
    written: planning.baseline,
    place: { file, path: ["planning", "baseline"] },
    writable: isOpen(experiment, keys),
  };
}

function unitVolume(unit: Unit, project: Project): VolumeTarget {
  const place = { file: project.file, path: ["units", unit.key] };
  return { unit, experiment: null, entry: null, written: unit, place, writable: true };
}

function experimentVolume(experiment: Experiment, entry: Entry, keys: readonly string[]): VolumeTarget {
  const { file, unit, planning } = experiment;
  const place = { file, path: ["planning"] };
  return { unit, experiment, entry, written: planning, place, writable: isOpen(experiment, keys) };
}

/** A plan on record is amended only by who names it. */
function isOpen({ status, key }: Experiment, keys: readonly string[]): boolean {
  return status === "draft" || keys.includes(key);
}
