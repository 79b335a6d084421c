/** A fraction as an integer number of parts per million, 0 to 1,000,000, so that sums are exact. */
export type Share = number;

/** The whole, in parts per million. */
export const WHOLE: Share = 1_000_000;

/** A share as people write it: 125000 is `12.5%`. */
export function formatShare(share: Share): string {
  return `${share / 10_000}%`;
}
