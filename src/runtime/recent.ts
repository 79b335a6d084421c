import { hash } from "./hash.ts";

/**
 * Gives a function that says whether a text is new, and remembers it. At least the `capacity` texts that were met last
 * are remembered, and at most twice as many: what comes in fills a generation, and a full one replaces the one before
 * it. A text is remembered by 53 bits of hash, so that a long one takes no more memory than a short one; that one of
 * 500,000 is taken for another has a probability of 1.4e-5.
 */
export function createRecent(capacity = 50_000): (text: string) => boolean {
  let young = new Set<number>();
  let old = young;
  return (text) => {
    const mark = (hash(text) >>> 0) * 2 ** 21 + (hash(`~${text}`) >>> 11);
    const isNew = !young.has(mark) && !old.has(mark);
    if (young.size >= capacity) {
      old = young;
      young = new Set();
    }
    young.add(mark);
    return isNew;
  };
}
