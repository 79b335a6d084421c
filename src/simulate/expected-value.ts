import type { Experiment } from "../model/experiment.ts";
import { isClustered } from "../model/experiment-metrics.ts";
import type { FunnelMetric, Metric, MetricPart, RetentionMetric } from "../model/metric.ts";
import { type Activity, isRead } from "./activity.ts";
import { type Behaviour, type Behaviours, type Doings, sharesOfPaths } from "./behaviour.ts";
import { readShare, silentShare } from "./path.ts";
import { quantileOfValues } from "./quantile-level.ts";
import type { RowReader } from "./reader.ts";

/** The expected value of a metric over units that behave so; null where it has no closed form. */
export function expectedValue(
  experiment: Experiment,
  metric: Metric,
  doings: Doings,
  behaviours: Behaviours,
): number | null {
  if (metric.kind === "ratio") {
    const [numerator, denominator] = [metric.numerator, metric.denominator].map((part) =>
      expectedPart(experiment, part, doings, behaviours),
    );
    return numerator === null || denominator === null || denominator === 0 ? null : numerator! / denominator!;
  }
  return expectedPart(experiment, metric, doings, behaviours);
}

function expectedPart(
  experiment: Experiment,
  metric: MetricPart,
  doings: Doings,
  behaviours: Behaviours,
): number | null {
  if (readsTrigger(experiment, metric)) return null;
  switch (metric.kind) {
    case "funnel":
      return expectedFunnel(experiment, metric, doings, behaviours);
    case "retention":
      return expectedReturn(metric, doings, behaviours);
    default:
      return expectedRows(experiment, metric, doings, behaviours);
  }
}

/** Whether the event from which a unit is followed counts too; of a funnel, that is a step it would take anyway. */
function readsTrigger({ analysis: { trigger } }: Experiment, metric: MetricPart): boolean {
  if (trigger === null || metric.kind === "funnel") return false;
  if (metric.kind === "retention" && metric.from > 0) return false;
  return metric.input.kind === "event" && metric.input.event === trigger.event;
}

interface Read {
  readonly activity: Activity;
  readonly behaviour: Behaviour;
}

function activitiesRead(
  metric: RowReader | RetentionMetric,
  doings: Doings,
  { activities }: Behaviours,
): readonly Read[] {
  return doings.activities.flatMap((activity, index) =>
    isRead(activity, metric.input) ? [{ activity, behaviour: activities[index]! }] : [],
  );
}

function expectedRows(
  experiment: Experiment,
  metric: RowReader,
  doings: Doings,
  behaviours: Behaviours,
): number | null {
  const per = isClustered(metric, experiment.unit) ? metric.per : null;
  const all = activitiesRead(metric, doings, behaviours);
  const read = all.filter(({ activity }) => activity.group.per === per);
  // What members do is their randomised unit's doing too.
  if (per === null && read.length < all.length) return null;
  const paths = per === null ? sharesOfPaths(metric, doings.paths, behaviours.reaches) : [];
  if (paths === null) return null;
  const shares = paths.filter((each) => each.length > 0);
  const given = shares.flat().reduce((total, share) => total + share, 0);
  const property = metric.input.kind === "event" ? metric.input.value : metric.input.column;
  const factorOf = ({ behaviour }: Read) => behaviour.factors.get(property ?? "") ?? 1;
  const meanValue = (part: Read) => (part.activity.levels.get(property ?? "")?.mean ?? 0) * factorOf(part);
  switch (metric.kind) {
    case "conversion":
      return (
        1 -
        shares.reduce(
          (none, each) => none * (1 - Math.max(...each)),
          read.reduce((none, { behaviour }) => none * (1 - behaviour.rate), 1),
        )
      );
    case "count":
      return read.reduce((total, { behaviour }) => total + behaviour.rate * behaviour.perActor, 0) + given;
    case "sum":
      if (given > 0 && read.length !== 1) return null;
      return read.reduce(
        (total, part) => total + (part.behaviour.rate * part.behaviour.perActor + given) * meanValue(part),
        0,
      );
    case "mean":
      return read.length === 1 ? meanValue(read[0]!) : null;
    case "quantile": {
      const level = read[0]?.activity.levels.get(property ?? "");
      const quantile = read.length === 1 && level ? quantileOfValues(level, metric.quantile) : null;
      return quantile === null ? null : quantile * factorOf(read[0]!);
    }
  }
}

function expectedReturn(metric: RetentionMetric, doings: Doings, behaviours: Behaviours): number | null {
  let none = 1;
  for (const { activity, behaviour } of activitiesRead(metric, doings, behaviours)) {
    if (activity.group.per !== null) return null;
    none *= silentShare(activity, behaviour, metric);
  }
  for (const [index, path] of doings.paths.entries()) {
    const shares = readShare(path, behaviours.reaches[index]!, metric.input, metric);
    if (shares === null) return null;
    none *= 1 - Math.max(0, ...shares);
  }
  return 1 - none;
}

/** The share that takes its path to the end, where nothing else can bring a unit there. */
function expectedFunnel(
  { analysis: { trigger } }: Experiment,
  metric: FunnelMetric,
  { activities, paths }: Doings,
  { reaches }: Behaviours,
): number | null {
  const index = paths.findIndex(({ key }) => key === `funnel/${metric.key}`);
  const { steps } = paths[index]!;
  const isStep = (names: readonly string[]) => steps.some(({ name }) => names.includes(name));
  const isCrossed = paths.some(
    (other, place) =>
      place !== index && other.from < metric.window && isStep(other.steps.map(({ name }) => name)),
  );
  const beside = activities.filter(({ group }) => isStep([group.name]));
  const isTangled =
    beside.some(({ group }) => !steps.includes(group)) ||
    (beside.length > 0 && new Set(steps).size < steps.length);
  const begins = trigger !== null && steps.findIndex(({ name }) => name === trigger.event);
  const isBegun =
    begins !== false && begins >= 0 && (begins > 0 || (steps.length === 2 && beside.length > 0));
  return isCrossed || isTangled || isBegun ? null : reaches[index]!.at(-1)!;
}
