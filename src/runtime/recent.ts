/** Remembers the keys that were met last, and forgets the others. */
export interface Recent {
  /** True where the key is not remembered; it is from then on. */
  meet(key: string): boolean;
}

/** `capacity` is the number of keys to remember, at least 1: the key that was met longest ago goes first. */
export function createRecent(capacity: number): Recent {
  const keys = new Set<string>();
  return {
    meet(key) {
      const isNew = !keys.delete(key);
      keys.add(key);
      if (keys.size > capacity) for (const oldest of keys) return keys.delete(oldest) && isNew;
      return isNew;
    },
  };
}
