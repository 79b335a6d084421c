import { requireNumber } from "./domain.ts";
/**
 * Twyman's law: a figure that looks interesting is usually wrong. True where a relative effect is more than `times` (default 5) historical standard
 * deviations of such effects from 0. Ron Kohavi, Diane Tang, Ya Xu, *Trustworthy Online Controlled Experiments* (2020), chapter 3.
 */
export function surprising(lift: number, historicalStandardDeviation: number, times = 5): boolean {
  requireNumber("a lift", lift);
  requireNumber("a standard deviation", historicalStandardDeviation);
  return Math.abs(lift) > times * historicalStandardDeviation;
}
