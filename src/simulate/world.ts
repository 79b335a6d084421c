import { addDays, DAY_MS, startOfDay } from "../model/calendar.ts";
import type { Experiment } from "../model/experiment.ts";
import { manifestEntry } from "../model/manifest.ts";
import type { Project } from "../model/project.ts";
import type { ManifestExperiment } from "../runtime/manifest.ts";
import { type Activity, activitiesOf } from "./activity.ts";
import { type Behaviour, behavioursOf } from "./behaviour.ts";
import type { SimulationOptions } from "./options.ts";
import { readersOf } from "./reader.ts";

/** One experiment as it ran, with units of its own. */
export interface World {
  readonly experiment: Experiment;
  /** Running, whatever became of it. */
  readonly entry: ManifestExperiment;
  readonly activities: readonly Activity[];
  /** By variant, in the order of the activities. Values that cannot be listed as variants have none. */
  readonly behaviours: ReadonlyMap<string, readonly Behaviour[]>;
  /** Units arrive from here … */
  readonly from: number;
  /** … to here, exclusive; instants. */
  readonly to: number;
  /** The instant at which every window has closed. */
  readonly settled: number;
  readonly seed: number;
  readonly units: number;
}

/** The experiment has dates. */
export function createWorld(experiment: Experiment, project: Project, options: SimulationOptions): World {
  const activities = activitiesOf(readersOf(experiment));
  const effects = options.effects.filter(({ variant }) => variant !== experiment.control);
  const to = startOfDay(addDays(experiment.end!, 1), project.timezone);
  const windows = activities.flatMap(({ within, readers }) => [
    within,
    ...readers.map(({ metric }) => metric.window ?? 0),
  ]);
  return {
    experiment,
    entry: manifestEntry({ ...experiment, status: "running", decision: null }, project),
    activities,
    behaviours: new Map(
      [experiment.control, ...experiment.variants.map(({ key }) => key)].map((key) => [
        key,
        behavioursOf(experiment, key, activities, effects),
      ]),
    ),
    from: startOfDay(experiment.start!, project.timezone),
    to,
    settled: to + Math.max(0, ...windows),
    seed: options.seed,
    units: options.units,
  };
}

/** The end of the event stream: a day after every window of every world has closed. */
export function streamEnd(worlds: readonly World[]): number {
  return Math.max(...worlds.map(({ settled }) => settled)) + DAY_MS;
}
