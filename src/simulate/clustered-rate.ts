import jstat from "jstat";
import type { Fit } from "./fit.ts";
import type { Random } from "./random.ts";
import type { Reader } from "./reader.ts";

const DEFAULT_CORRELATION = 0.05;
const MOST = 0.95;

/**
 * The correlation of who acts among members of one randomised unit that gives the values that are read the intra-class
 * correlation of their baseline: for a value V of those who act, ρ·Var(value) = r·p(1 − p)·E[V]².
 */
export function rateCorrelation(
  { rate, perActor, levels }: Fit,
  readers: readonly Reader[],
  randomised: string,
): number {
  for (const { metric, baseline } of readers) {
    const wanted = baseline?.clusters?.[randomised]?.intraclassCorrelation;
    if (wanted === undefined || baseline === null) continue;
    if (baseline.kind !== "mean") return wanted;
    const property = metric.input.kind === "event" ? metric.input.value : null;
    const value = perActor * (metric.kind === "count" ? 1 : (levels.get(property ?? "")?.mean ?? 1));
    const share = rate * (1 - rate) * value ** 2;
    return share > 0 ? Math.min(MOST, (wanted * baseline.standardDeviation ** 2) / share) : 0;
  }
  return DEFAULT_CORRELATION;
}

/** The rate of the members of one randomised unit: beta, of this mean, so that any two correlate so. */
export function drawRate(random: Random, rate: number, correlation: number): number {
  const place = random();
  if (!(correlation > 0) || rate <= 0 || rate >= 1) return rate;
  if (correlation >= 1) return place < rate ? 1 : 0;
  const size = 1 / correlation - 1;
  return jstat.beta.inv(place, rate * size, (1 - rate) * size);
}
