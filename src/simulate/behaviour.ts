import type { Activity } from "./activity.ts";
import { type Path, readShare } from "./path.ts";
import type { RowReader } from "./reader.ts";

/** How the units of one variant act in one activity. */
export interface Behaviour {
  readonly rate: number;
  readonly perActor: number;
  /** By value property: what its values are multiplied by. */
  readonly factors: ReadonlyMap<string, number>;
}

/** How the units of one variant behave, in the order of the activities and of the paths. */
export interface Behaviours {
  readonly activities: readonly Behaviour[];
  /** Of each path: the share of units that get to each step. */
  readonly reaches: readonly (readonly number[])[];
}

/** What units can do. */
export interface Doings {
  readonly activities: readonly Activity[];
  readonly paths: readonly Path[];
}

/**
 * Of each path, the shares of units that take the steps that count for a metric; null where some steps count only at
 * times.
 */
export function sharesOfPaths(
  metric: RowReader,
  paths: readonly Path[],
  reaches: readonly (readonly number[])[],
): readonly (readonly number[])[] | null {
  const span = { from: 0, to: metric.window ?? Number.POSITIVE_INFINITY };
  const shares = paths.map((path, index) => readShare(path, reaches[index]!, metric.input, span));
  return shares.every((share) => share !== null) ? shares : null;
}
