import { addDays, DAY_MS, startOfDay } from "../model/calendar.ts";
import type { Experiment } from "../model/experiment.ts";
import { manifestEntry } from "../model/manifest.ts";
import type { Project } from "../model/project.ts";
import type { ManifestExperiment } from "../runtime/manifest.ts";
import type { Behaviours, Doings } from "./behaviour.ts";
import { behavioursOf } from "./change-behaviour.ts";
import { doingsOf } from "./doings.ts";
import { orderedMetrics } from "./event-group.ts";
import { type Memberships, membershipsOf } from "./membership.ts";
import type { SimulationOptions } from "./options.ts";
import { TRIGGERED_AFTER } from "./trigger.ts";

/** One experiment as it ran, with units of its own. */
export interface World {
  readonly experiment: Experiment;
  /** Running, whatever became of it. */
  readonly entry: ManifestExperiment;
  readonly doings: Doings;
  /** By variant. Values that cannot be listed as variants have none. */
  readonly behaviours: ReadonlyMap<string, Behaviours>;
  /** What is measured inside the randomised units. */
  readonly memberships: Memberships;
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
  const doings = doingsOf(experiment);
  const effects = options.effects.filter(({ variant }) => variant !== experiment.control);
  const to = startOfDay(addDays(experiment.end!, 1), project.timezone);
  const windows = [
    ...doings.activities.flatMap(({ within, readers }) => [
      within,
      ...readers.map(({ metric }) => metric.window ?? 0),
    ]),
    ...orderedMetrics(experiment).map(({ window }) => window),
  ];
  const delay = experiment.analysis.trigger === null ? 0 : TRIGGERED_AFTER;
  return {
    experiment,
    entry: manifestEntry({ ...experiment, status: "running", decision: null }, project),
    doings,
    behaviours: new Map(
      [experiment.control, ...experiment.variants.map(({ key }) => key)].map((key) => [
        key,
        behavioursOf(experiment, key, doings, effects),
      ]),
    ),
    memberships: membershipsOf(experiment),
    from: startOfDay(experiment.start!, project.timezone),
    to,
    settled: to + delay + Math.max(0, ...windows),
    seed: options.seed,
    units: options.units,
  };
}

/** The end of the event stream: a day after every window of every world has closed. */
export function streamEnd(worlds: readonly World[]): number {
  return Math.max(...worlds.map(({ settled }) => settled)) + DAY_MS;
}
