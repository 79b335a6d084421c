import { describe, expect, test } from "vitest";
import { bootstrapBins, type CountedBin } from "../../../src/statistics/bootstrap-bins.ts";
import { poissonOf } from "../../../src/statistics/poisson.ts";
import { uniformStream } from "../../../src/statistics/random.ts";

describe("Poisson numbers", () => {
  /** Mean and variance are both λ; the bands are six standard errors of 40,000 draws. */
  test.each([0.2, 1, 9.9, 10, 57, 2500])("of mean %f have that mean and variance", (mean) => {
    const [random, draw, count] = [uniformStream(5), poissonOf(mean), 40_000];
    const drawn = Array.from({ length: count }, () => draw(random));
    const average = drawn.reduce((sum, value) => sum + value, 0) / count;
    const variance = drawn.reduce((sum, value) => sum + (value - average) ** 2, 0) / (count - 1);
    expect(Math.abs(average - mean)).toBeLessThan(6 * Math.sqrt(mean / count));
    expect(Math.abs(variance - mean)).toBeLessThan(6 * Math.sqrt((mean + 2 * mean * mean) / count));
    expect(drawn.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
  });
});

describe("an interval from bins", () => {
  const binsOf = (values: readonly (readonly [number, number, number])[]): readonly CountedBin[] =>
    values.map(([value, control, variant]) => ({ values: [value], control, variant }));
  const many = (count: number) =>
    binsOf(
      Array.from({ length: count }, (_, index) => [index / count, 3 + (index % 4), 2 + ((7 * index) % 5)]),
    );

  /** Expected: the normal interval ±1.96·√(σ²A/nA + σ²B/nB), ddof 0, which large samples of bounded values have. */
  test.each([40, 500, 3000])("of %i bins: near the normal one, body and heaviest alike", (count) => {
    const bins = many(count);
    const moments = (arm: "control" | "variant") => {
      const units = bins.reduce((sum, bin) => sum + bin[arm], 0);
      const mean = bins.reduce((sum, bin) => sum + bin[arm] * bin.values[0]!, 0) / units;
      const square = bins.reduce((sum, bin) => sum + bin[arm] * (bin.values[0]! - mean) ** 2, 0) / units;
      return { mean, error: square / units };
    };
    const [a, b] = [moments("control"), moments("variant")];
    const reach = 1.96 * Math.sqrt(a.error + b.error);
    const interval = bootstrapBins(bins, { seed: 3, confidence: 0.95, replicates: 4000 })!;
    expect(Math.abs(interval.lower - (b.mean - a.mean - reach))).toBeLessThan(0.12 * reach);
    expect(Math.abs(interval.upper - (b.mean - a.mean + reach))).toBeLessThan(0.12 * reach);
  });

  test("of numerators and denominators: the ratio's, and a constant ratio has no width", () => {
    const bins = [1, 2, 3].map((orders) => ({ values: [2 * orders, orders], control: 40, variant: 50 }));
    const interval = bootstrapBins(bins, { seed: 3, confidence: 0.95 })!;
    expect(interval.lower).toBeCloseTo(0, 12);
    expect(interval.upper).toBeCloseTo(0, 12);
  });

  test("is the same for the same seed, another for another; none with an empty arm", () => {
    const bins = many(40);
    const of = (seed: number) => bootstrapBins(bins, { seed, confidence: 0.95 });
    expect(of(1)).toEqual(of(1));
    expect(of(2)).not.toEqual(of(1));
    expect(bootstrapBins(binsOf([[1, 5, 0]]), { seed: 1, confidence: 0.95 })).toBeNull();
  });
});
