import { findRoot } from "../statistics/find-root.ts";

/**
 * The first place beyond `start`, in the direction of `step`, where `f` changes sign; steps double, so a
 * distant root is found too. Null where f keeps its sign for 2⁶⁴ steps, or leaves the range of doubles.
 */
export function rootBeyond(f: (x: number) => number, start: number, step: number): number | null {
  const first = f(start);
  let near = start;
  for (let doubling = 0; doubling < 64; doubling++) {
    const far = near + step * 2 ** doubling;
    const value = f(far);
    if (Number.isNaN(first) || Number.isNaN(value)) return null;
    if (value > 0 !== first > 0) return findRoot(f, Math.min(near, far), Math.max(near, far));
    near = far;
  }
  return null;
}
