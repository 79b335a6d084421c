import type { Bounds } from "./bounds.ts";
import { answerOrNull, requireConfidence, requireReplicates } from "./domain.ts";
import { normalCdf, normalIsf, normalQuantile } from "./normal.ts";
import { type UniformStream, uniformStream } from "./random.ts";
import { sumOf } from "./sum.ts";
import { quantileOf } from "./winsorize.ts";

export interface BootstrapOptions {
  readonly seed: number;
  readonly confidence: number;
  /** Default 2,000. */
  readonly replicates?: number;
}

export interface BootstrapInterval {
  /** The statistic of the data. */
  readonly estimate: number;
  /** Standard deviation of the replicates. */
  readonly standardError: number;
  readonly percentile: Bounds;
  /** Bias-corrected and accelerated; null where all replicates lie on one side of the estimate. */
  readonly bca: Bounds | null;
}

/**
 * Interval of any statistic of two samples, each resampled by itself with replacement. Seeded: a rerun gives the
 * same digits. Null where an arm is empty, or the statistic of the data or of a replicate is not a number.
 * The jackknife leaves out one unit at a time, and beyond 500 units one of 500 groups.
 *
 * Bradley Efron, "Better bootstrap confidence intervals", *JASA* 82 (1987), 171–185.
 */
export function bootstrapDifference<Unit>(
  control: readonly Unit[],
  variant: readonly Unit[],
  statistic: (control: readonly Unit[], variant: readonly Unit[]) => number,
  options: BootstrapOptions,
): BootstrapInterval | null {
  requireConfidence(options.confidence);
  requireReplicates(options.replicates ?? 2000);
  if (control.length === 0 || variant.length === 0) return null;
  const random = uniformStream(options.seed);
  const replicates = Array.from({ length: options.replicates ?? 2000 }, () =>
    statistic(resample(control, random), resample(variant, random)),
  );
  return bootstrapInterval({
    estimate: statistic(control, variant),
    replicates,
    leftOut: [
      leaveOut(control, (rest) => statistic(rest, variant)),
      leaveOut(variant, (rest) => statistic(control, rest)),
    ],
    confidence: options.confidence,
  });
}

/**
 * The same from replicates that were made elsewhere: an engine weights each unit by a Poisson(1) number drawn from
 * a hash of its id and the replicate, which adds up over shards. James A. Hanley, Brenda MacGibbon, "Creating non-parametric
 * bootstrap samples using Poisson frequencies", *Computer Methods and Programs in Biomedicine* 83 (2006), 57–62.
 * `leftOut` are jackknife values by sample; without them the acceleration is 0.
 */
export function bootstrapInterval(input: {
  readonly estimate: number;
  readonly replicates: readonly number[];
  readonly leftOut?: readonly (readonly number[])[];
  readonly confidence: number;
}): BootstrapInterval | null {
  const { estimate, confidence, leftOut = [] } = input;
  requireConfidence(confidence);
  const ascending = [...input.replicates].sort((a, b) => a - b);
  if (ascending.length < 2 || ![estimate, ...ascending].every(Number.isFinite)) return null;
  const mean = sumOf(ascending, (value) => value) / ascending.length;
  const squares = sumOf(ascending, (value) => (value - mean) ** 2);
  const tail = (1 - confidence) / 2;
  return answerOrNull({
    estimate,
    standardError: Math.sqrt(squares / (ascending.length - 1)),
    percentile: { lower: quantileOf(ascending, tail)!, upper: quantileOf(ascending, 1 - tail)! },
    bca: accelerated(ascending, estimate, acceleration(leftOut), normalIsf(tail)),
  });
}

/** Quantiles Φ(z₀ + (z₀ ± z)/(1 − a(z₀ ± z))) of the replicates; Efron (1987), equation 1.9. */
function accelerated(ascending: readonly number[], estimate: number, a: number, z: number): Bounds | null {
  const below = sumOf(ascending, (value) => Number(value < estimate) + Number(value === estimate) / 2);
  const bias = normalQuantile(below / ascending.length);
  if (!Number.isFinite(bias + a)) return null;
  const place = (reach: number) => normalCdf(bias + (bias + reach) / (1 - a * (bias + reach)));
  const [lower, upper] = [place(-z), place(z)];
  if (!(Number.isFinite(lower) && Number.isFinite(upper))) return null;
  return { lower: quantileOf(ascending, lower)!, upper: quantileOf(ascending, upper)! };
}

/**
 * ΣΣU³/n³ / 6(ΣΣU²/n²)^1.5 over samples, U = (n − 1)(θ̄ − θᵢ) of their jackknife values; 0 where they do not vary. Bradley
 * Efron, Robert J. Tibshirani, *An Introduction to the Bootstrap* (1993), equation 14.15, summed over samples.
 */
function acceleration(samples: readonly (readonly number[])[]): number {
  let [cubes, squares] = [0, 0];
  for (const values of samples) {
    const count = values.length;
    const mean = sumOf(values, (value) => value) / count;
    const scale = (count - 1) / count;
    cubes += sumOf(values, (value) => (scale * (mean - value)) ** 3);
    squares += sumOf(values, (value) => (scale * (mean - value)) ** 2);
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}

const MOST_GROUPS = 500;

function leaveOut<Unit>(
  units: readonly Unit[],
  statistic: (rest: readonly Unit[]) => number,
): readonly number[] {
  if (units.length < 2) return [];
  const groups = Math.min(units.length, MOST_GROUPS);
  return Array.from({ length: groups }, (_, group) =>
    statistic(units.filter((_, index) => index % groups !== group)),
  );
}

function resample<Unit>(units: readonly Unit[], random: UniformStream): readonly Unit[] {
  return units.map(() => units[Math.floor(random() * units.length)]!);
}
