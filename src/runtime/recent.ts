import { hash } from "./hash.ts";

/** Remembers the texts that were met last, and forgets the others. */
export interface Recent {
  /** True where the text is not remembered; it is from then on. */
  meet(text: string): boolean;
}

/**
 * `capacity` is the number of texts to remember, at least 1: beyond it the sixteenth part that was met longest ago
 * goes. A text is remembered by 53 bits of hash, so that a long one takes no more memory than a short one; that one
 * of 500,000 is taken for another has a probability of 1.4e-5.
 */
export function createRecent(capacity: number): Recent {
  const met = new Set<number>();
  return {
    meet(text) {
      const mark = (hash(text) >>> 0) * 2 ** 21 + (hash(`~${text}`) >>> 11);
      const isNew = !met.delete(mark);
      met.add(mark);
      if (met.size > capacity) forgetOldest(met, (oldest) => met.delete(oldest));
      return isNew;
    },
  };
}

/**
 * Takes out what was put in first: a sixteenth part at a time, at least one, since looking for it passes over the
 * places of all that was taken out before.
 */
export function forgetOldest<Key>(
  collection: ReadonlySet<Key> | ReadonlyMap<Key, unknown>,
  forget: (key: Key) => void,
): void {
  let count = Math.ceil(collection.size / 16);
  for (const key of collection.keys()) {
    if (count-- === 0) return;
    forget(key);
  }
}
