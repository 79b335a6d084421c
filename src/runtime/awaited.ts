import type { Experiment } from "./experiment.ts";
import type { Exposure } from "./exposure.ts";
import type { Attributes } from "./targeting.ts";

/** Exposures that wait for the event with which their units meet their variants. */
export interface Awaited {
  /** Keeps what an experiment gave a context's unit last; null: nothing. */
  set(event: string, experiment: Experiment, context: unknown, exposure: Exposure | null): void;
  /** Takes out those of the units, by the context keys of their ids. */
  take(event: string, units: object): readonly Exposure[];
}

/**
 * `capacity` is the number of exposures to keep, about 450 bytes each: beyond it those of the sixteenth part of the
 * units that was set longest ago go.
 */
export function createAwaited(capacity: number): Awaited {
  const kept = new Map<string, readonly Exposure[]>();
  let size = 0;

  function remove(key: string): readonly Exposure[] {
    const exposures = kept.get(key) ?? [];
    kept.delete(key);
    size -= exposures.length;
    return exposures;
  }

  return {
    set(event, { key, unit }, context, exposure) {
      const unitId = (context as Attributes | null | undefined)?.[unit.id];
      const name = [event, unit.id, unitId].join("\n");
      const others = remove(name).filter((other) => other.experiment !== key);
      const exposures = exposure ? [...others, exposure] : others;
      if (exposures.length > 0) kept.set(name, exposures);
      size += exposures.length;
      while (size > capacity) forgetOldest(kept, remove);
    },
    take: (event, units) => Object.entries(units).flatMap((unit) => remove([event, ...unit].join("\n"))),
  };
}

/**
 * Takes out what was put in first: a sixteenth part at a time, at least one, since looking for it passes over the
 * places of all that was taken out before.
 */
function forgetOldest<Key>(collection: ReadonlyMap<Key, unknown>, forget: (key: Key) => void): void {
  let count = Math.ceil(collection.size / 16);
  for (const key of collection.keys()) {
    if (count-- === 0) return;
    forget(key);
  }
}
