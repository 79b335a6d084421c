import type { Experiment } from "../model/experiment.ts";
import { type Activity, activitiesOf } from "./activity.ts";
import type { Doings } from "./behaviour.ts";
import { sharesOfPaths } from "./behaviour.ts";
import { eventGroupsOf } from "./event-group.ts";
import { type Path, pathsOf, placeActivities } from "./path.ts";

/** Rounds after which what activities leave to paths, and paths to activities, is settled. */
const ROUNDS = 12;

/** What the units of an experiment can do, so that its metrics have their baselines, as far as these agree. */
export function doingsOf(experiment: Experiment): Doings {
  const groups = eventGroupsOf(experiment);
  const full = activitiesOf(experiment, groups);
  let paths = pathsOf(experiment, groups, full);
  if (paths.length === 0) return { activities: full, paths };
  const placed = placeActivities(full, paths);
  let activities = placed;
  for (let round = 0; round < ROUNDS; round++) {
    activities = placed.map((activity) => makeRoom(activity, paths));
    paths = pathsOf(experiment, groups, activities);
  }
  return { activities, paths };
}

/** Less of an activity, where paths bring rows of its event: as many rows there are, and units with any, where known. */
function makeRoom(activity: Activity, paths: readonly Path[]): Activity {
  const { group, readers, rate, perActor } = activity;
  if (group.per !== null || rate === 0) return activity;
  const reaches = paths.map(({ reach }) => reach);
  const shares = (sharesOfPaths(readers[0]!.metric, paths, reaches) ?? []).filter((each) => each.length > 0);
  if (shares.length === 0) return activity;
  const given = shares.flat().reduce((total, share) => total + share, 0);
  const rows = Math.max(0, rate * perActor - given);
  if (readers.every(({ baseline }) => baseline?.kind !== "rate"))
    return { ...activity, rate: rows / perActor };
  const none = shares.reduce((total, each) => total * (1 - Math.max(...each)), 1);
  const left = none > 0 ? Math.max(0, 1 - (1 - rate) / none) : 0;
  return { ...activity, rate: left, perActor: left > 0 ? Math.max(1, rows / left) : 1 };
}
