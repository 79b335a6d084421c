import { bootstrapInterval } from "./bootstrap.ts";
import type { Bounds } from "./bounds.ts";
import { requireConfidence, requireReplicates, requireUnits } from "./domain.ts";
import { normalQuantile } from "./normal.ts";
import { poissonOf } from "./poisson.ts";
import { type UniformStream, uniformStream } from "./random.ts";
import { sumOf } from "./sum.ts";

/** How many units of each arm have a value, or a numerator and a denominator. */
export interface CountedBin {
  readonly values: readonly number[];
  readonly control: number;
  readonly variant: number;
}

export interface BinsBootstrapOptions {
  readonly seed: number;
  readonly confidence: number;
  /** Default 1,000. */
  readonly replicates?: number;
}

/**
 * Percentile interval of a difference of means, or of ratios of sums, variant − control, from a histogram: what an engine can
 * count. A replicate gives every bin a Poisson number of units about its count, which is what resampling its units by
 * independent Poisson(1) weights gives. Bins beyond the 512 whose units weigh most are resampled together, by the normal
 * limit of their sums, which have the same means and covariances. Seeded. Null where an arm is empty, or a statistic is no number.
 *
 * James A. Hanley, Brenda MacGibbon, "Creating non-parametric bootstrap samples using Poisson frequencies", *Computer Methods and
 * Programs in Biomedicine* 83 (2006), 57–62; Bradley Efron, "Bootstrap methods", *Annals of Statistics* 7 (1979), 1–26.
 */
export function bootstrapBins(
  bins: readonly CountedBin[],
  { seed, confidence, replicates = 1000 }: BinsBootstrapOptions,
): Bounds | null {
  requireConfidence(confidence);
  requireReplicates(replicates);
  for (const { control, variant } of bins) requireUnits(control, variant);
  const [control, variant] = (["control", "variant"] as const).map((arm) => resampler(bins, arm));
  if (!control || !variant) return null;
  const random = uniformStream(seed);
  const differences = Array.from({ length: replicates }, () => variant.draw(random) - control.draw(random));
  const interval = bootstrapInterval({
    estimate: variant.estimate - control.estimate,
    replicates: differences,
    confidence,
  });
  return interval?.percentile ?? null;
}

interface Resampler {
  readonly estimate: number;
  /** The statistic of one replicate. */
  readonly draw: (random: UniformStream) => number;
}

/** Units of one arm: how many, and (1, value) or (1, numerator, denominator) of each. */
interface Counted {
  readonly count: number;
  readonly terms: readonly number[];
}

/** Bins that are resampled one by one. */
const HEAVIEST = 512;

function resampler(bins: readonly CountedBin[], arm: "control" | "variant"): Resampler | null {
  const counted = bins
    .filter((bin) => bin[arm] > 0)
    .map((bin): Counted => ({ count: bin[arm], terms: [1, ...bin.values] }));
  const [first] = counted;
  if (first === undefined) return null;
  const totals = first.terms.map((_, i) => total(counted, ({ terms }) => terms[i]!));
  const ordered = counted.length > HEAVIEST ? heaviestFirst(counted, totals) : counted;
  const single = ordered.slice(0, HEAVIEST).map((bin) => ({ ...bin, draw: poissonOf(bin.count) }));
  const body = ordered.length > HEAVIEST ? normalSums(ordered.slice(HEAVIEST)) : null;
  return {
    estimate: statisticOf(totals),
    draw: (random) => {
      const drawn = body ? body(random) : totals.map(() => 0);
      for (const { terms, draw } of single) {
        const units = draw(random);
        for (let i = 0; i < terms.length; i++) drawn[i]! += units * terms[i]!;
      }
      return statisticOf(drawn);
    },
  };
}

/** Σ value / units, or Σ numerator / Σ denominator. */
function statisticOf([units, first, second]: readonly number[]): number {
  return second === undefined ? first! / units! : first! / second;
}

/** By how far a unit's terms lie from their means, in standard deviations. */
function heaviestFirst(counted: readonly Counted[], totals: readonly number[]): readonly Counted[] {
  const means = totals.map((sum) => sum / totals[0]!);
  const spreads = means.map((mean, i) =>
    Math.sqrt(total(counted, ({ terms }) => (terms[i]! - mean) ** 2) / totals[0]!),
  );
  const weighed = counted.map((bin) => {
    const distances = bin.terms.map((term, i) =>
      spreads[i]! > 0 ? Math.abs(term - means[i]!) / spreads[i]! : 0,
    );
    return { bin, weight: Math.max(...distances) };
  });
  return weighed.sort((a, b) => b.weight - a.weight).map(({ bin }) => bin);
}

/** The normal limit of Σ units·terms over bins whose units are Poisson: mean Σ count·term, covariances Σ count·term·term. */
function normalSums(bins: readonly Counted[]): (random: UniformStream) => number[] {
  const size = bins[0]!.terms.length;
  const places = Array.from({ length: size }, (_, i) => i);
  const means = places.map((i) => total(bins, ({ terms }) => terms[i]!));
  const root: number[][] = places.map(() => []);
  for (const i of places) {
    for (const j of places.slice(0, i + 1)) {
      const known = dot(root[i]!, root[j]!, j);
      const rest = total(bins, ({ terms }) => terms[i]! * terms[j]!) - known;
      root[i]![j] = i === j ? Math.sqrt(Math.max(0, rest)) : root[j]![j]! > 0 ? rest / root[j]![j]! : 0;
    }
  }
  return (random) => {
    const normals = places.map(() => normalQuantile(random()));
    return means.map((mean, i) => mean + dot(root[i]!, normals, i + 1));
  };
}

function total(bins: readonly Counted[], of: (bin: Counted) => number): number {
  return sumOf(bins, (bin) => bin.count * of(bin));
}

/** Σ of products of the first numbers. */
function dot(a: readonly number[], b: readonly number[], count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += a[i]! * b[i]!;
  return sum;
}
