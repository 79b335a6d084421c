import type { ExposedUnit } from "./first-exposures.ts";
import { rowsOf } from "./health/exclusions.ts";
import type { World } from "./world.ts";

/** A device, as a member of the user that it was first exposed with. */
export interface Device {
  readonly id: string;
  readonly user: string;
  /** From when on it is followed. */
  readonly first: number;
}

/**
 * The devices of the users that are followed: each belongs to the user of its earliest row that exposes anybody (at
 * the same instant, to the user whose id comes first by its bytes), and is followed from then on, but not before that user.
 */
export function devicesOf(world: World, users: readonly ExposedUnit[], asOf: number): readonly Device[] {
  const rows = rowsOf(world, asOf, null);
  const ids = new Set(rows.map(({ device }) => device ?? "").filter((id) => id !== ""));
  return [...ids].flatMap((id) => {
    const own = rows.filter(({ device }) => device === id);
    const entered = own.reduce((first, { at }) => Math.min(first, at), Infinity);
    const [home] = own
      .filter(({ at }) => at === entered)
      .map(({ user }) => Buffer.from(user!))
      .sort(Buffer.compare);
    const user = users.find((each) => each.id === home!.toString());
    return user ? [{ id, user: user.id, first: Math.max(entered, user.first) }] : [];
  });
}
