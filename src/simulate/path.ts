import type { Experiment } from "../model/experiment.ts";
import type { FunnelMetric, MetricInput, RetentionMetric } from "../model/metric.ts";
import { type Activity, isRead } from "./activity.ts";
import { type EventGroup, orderedMetrics } from "./event-group.ts";
import type { Fit } from "./fit.ts";

/**
 * Steps in their order, each taken at most once: those of a funnel, or the one of coming back in a stretch of time.
 * A unit takes the first ones, up to where it drops off.
 */
export interface Path {
  readonly key: string;
  readonly steps: readonly EventGroup[];
  /** Of each step: the share of units that get there. */
  readonly reach: readonly number[];
  /** Milliseconds after first exposure, the end excluded. */
  readonly from: number;
  readonly to: number;
}

/** Where no baseline says it. */
const DEFAULT_SHARE = 0.3;

export function pathsOf(
  experiment: Experiment,
  groups: readonly EventGroup[],
  activities: readonly Activity[],
): readonly Path[] {
  const metrics = orderedMetrics(experiment);
  const funnels = metrics.flatMap((metric) =>
    metric.kind === "funnel" ? [funnelPath(experiment, metric, metrics, groups, activities)] : [],
  );
  const returns = groups.flatMap((group, index) => {
    const own = metrics.filter(
      (metric) => metric.kind === "retention" && group.inputs.includes(metric.input),
    );
    const paths = returnPaths(experiment, own as readonly RetentionMetric[], group, activities, funnels);
    return paths.map((path) => ({ ...path, key: `return/${index}/${group.name}/${path.from}` }));
  });
  return [...funnels, ...returns];
}

/** The share of units of which an activity leaves no row in a stretch of time. */
export function silentShare(
  { from, within }: Activity,
  { rate, perActor }: Pick<Fit, "rate" | "perActor">,
  span: { readonly from: number; readonly to: number },
): number {
  const before = (age: number) => Math.sqrt(Math.min(1, Math.max(0, (age - 1 - from) / (within - from - 2))));
  const share = before(span.to) - before(span.from);
  return 1 - rate + rate * (1 - share) * Math.exp(-(perActor - 1) * share);
}

/** The most that any unit takes of the steps that count for an input; null where only some of them are in time. */
export function readShare(
  { steps, from, to }: Path,
  reach: readonly number[],
  input: MetricInput,
  span: { readonly from: number; readonly to: number },
): readonly number[] | null {
  const read = steps.flatMap((step, index) =>
    isRead({ source: step, where: step.where }, input) ? [reach[index]!] : [],
  );
  if (read.length === 0 || to <= span.from || from >= span.to) return [];
  return from >= span.from && to <= span.to ? read : null;
}

export function baselineRate(experiment: Experiment, metric: RetentionMetric | FunnelMetric): number {
  const baseline = (metric === experiment.primary.metric && experiment.planning.baseline) || metric.baseline;
  return baseline?.kind === "rate" ? baseline.rate : DEFAULT_SHARE;
}

/** Within all windows in which its steps are read, and before anything that is not to be a step of it. */
function funnelPath(
  experiment: Experiment,
  metric: FunnelMetric,
  metrics: readonly (RetentionMetric | FunnelMetric)[],
  groups: readonly EventGroup[],
  activities: readonly Activity[],
): Path {
  const steps = metric.steps.map((step) => groups.find(({ inputs }) => inputs.includes(step))!);
  const rate = baselineRate(experiment, metric);
  const { baseline } = metric;
  const known =
    baseline?.kind === "rate" && baseline.rate === rate && baseline.steps?.length === steps.length
      ? baseline.steps
      : null;
  const windows = steps.flatMap(({ readers }) =>
    readers.map((reader) => reader.metric.window ?? metric.window),
  );
  const returns = metrics.flatMap((other) =>
    other.kind === "retention" && other.from > 0 && steps.some(({ inputs }) => inputs.includes(other.input))
      ? [other.from]
      : [],
  );
  const to = Math.min(metric.window, ...windows, ...returns);
  const isShared = activities.some(({ group }) => steps.includes(group));
  return {
    key: `funnel/${metric.key}`,
    steps,
    reach: known ?? steps.map((_, index) => rate ** ((index + 1) / steps.length)),
    from: isShared ? Math.floor(to * EARLY) : 0,
    to,
  };
}

/** Of a funnel's time, the first part is for what else happens with the events of its steps. */
const EARLY = 0.25;

/**
 * Activities with events of a funnel's steps come before its paths, those of later steps first: no two of them are in
 * the funnel's order, so that only paths take it.
 */
export function placeActivities(
  activities: readonly Activity[],
  paths: readonly Path[],
): readonly Activity[] {
  return activities.map((activity) => {
    const path = paths.find(({ key, steps }) => key.startsWith("funnel/") && steps.includes(activity.group));
    if (path === undefined) return activity;
    const slot = path.from / path.steps.length;
    const place = path.steps.length - 1 - path.steps.indexOf(activity.group);
    return { ...activity, from: Math.floor(place * slot), within: Math.floor((place + 1) * slot) };
  });
}

/**
 * Coming back, by the stretches that the bounds of all metrics cut time into, independently: a metric's stretches
 * that no shorter one has settled share what its rate still needs, by length.
 */
function returnPaths(
  experiment: Experiment,
  metrics: readonly RetentionMetric[],
  group: EventGroup,
  activities: readonly Activity[],
  funnels: readonly Path[],
): readonly Omit<Path, "key">[] {
  const windows = group.readers.flatMap(({ metric }) => metric.window ?? []);
  const bounds = [...new Set([...metrics.flatMap(({ from, to }) => [from, to]), ...windows])].sort(
    (a, b) => a - b,
  );
  const stretches = bounds
    .slice(1)
    .map((to, index) => ({ from: bounds[index]!, to }))
    .filter((stretch) => metrics.some((metric) => isInside(stretch, metric)));
  const silent = new Map<number, number>();
  for (const metric of [...metrics].sort((a, b) => a.to - a.from - (b.to - b.from))) {
    const own = stretches.filter((stretch) => isInside(stretch, metric));
    const free = own.filter(({ from }) => !silent.has(from));
    const length = free.reduce((total, { from, to }) => total + to - from, 0);
    const known =
      own.reduce((none, { from }) => none * (silent.get(from) ?? 1), 1) *
      activities
        .filter((activity) => isRead(activity, metric.input))
        .reduce((none, activity) => none * silentShare(activity, activity, metric), 1) *
      funnels.reduce((none, path) => {
        const read = readShare(path, path.reach, metric.input, metric) ?? [];
        return none * (1 - Math.max(0, ...read));
      }, 1);
    const needed = Math.min(1, known > 0 ? (1 - baselineRate(experiment, metric)) / known : 1);
    for (const { from, to } of free) silent.set(from, needed ** ((to - from) / length));
  }
  return stretches.map(({ from, to }) => ({
    steps: [group],
    reach: [1 - silent.get(from)!],
    from,
    to,
  }));
}

function isInside(inner: { readonly from: number; readonly to: number }, outer: typeof inner): boolean {
  return inner.from >= outer.from && inner.to <= outer.to;
}
