import type { FunnelMetric, RetentionMetric } from "../model/metric.ts";
import { isRead } from "./activity.ts";
import type { Behaviours, Doings } from "./behaviour.ts";
import { type Path, readShare, silentShare } from "./path.ts";

type Reaches = readonly (readonly number[])[];

/** A funnel's last step is reached by a factor more units; those before it by no fewer. */
export function changeSteps(
  reaches: Reaches,
  paths: readonly Path[],
  { key }: FunnelMetric,
  factor: number,
): Reaches {
  return reaches.map((reach, index) => {
    if (paths[index]!.key !== `funnel/${key}`) return reach;
    const last = Math.min(1, reach.at(-1)! * factor);
    return [...reach.slice(0, -1).map((share) => Math.max(share, last)), last];
  });
}

/** A factor more units come back: all stretches of the metric in proportion to their hazard, whatever else counts. */
export function changeReturns(
  { activities, reaches }: Behaviours,
  doings: Doings,
  metric: RetentionMetric,
  factor: number,
): Reaches {
  const shares = doings.paths.map((path, index) => readShare(path, reaches[index]!, metric.input, metric));
  const stays = (index: number) => 1 - Math.max(0, ...(shares[index] ?? []));
  const isOwn = (index: number) => doings.paths[index]!.key.startsWith("return/") && stays(index) < 1;
  const others =
    doings.activities.reduce(
      (none, activity, index) =>
        isRead(activity, metric.input) ? none * silentShare(activity, activities[index]!, metric) : none,
      1,
    ) * reaches.reduce((none, _, index) => (isOwn(index) ? none : none * stays(index)), 1);
  const own = reaches.reduce((none, _, index) => (isOwn(index) ? none * stays(index) : none), 1);
  if (own >= 1) return reaches;
  const wanted = Math.min(1, Math.max(0, (1 - factor * (1 - own * others)) / others));
  const power = Math.log(wanted) / Math.log(own);
  return reaches.map((reach, index) => (isOwn(index) ? [1 - stays(index) ** power] : reach));
}
