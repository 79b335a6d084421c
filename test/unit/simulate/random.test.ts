import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "../../../src/simulate/random.ts";
import { drawPoisson, drawValue } from "../../../src/simulate/sampling.ts";
import { average, deviation } from "./collect.ts";

test("a stream is its seed's and its place's own, for ever", () => {
  const draw = (seed: number, place: string) => Array.from({ length: 4 }, randomStream(seed, place));
  expect(draw(1, "a")).toEqual(draw(1, "a"));
  const others = [draw(1, "a"), draw(2, "a"), draw(1, "b"), draw(1 + 2 ** 32, "a"), draw(1, "ab")];
  expect(new Set(others.map((one) => one[0])).size).toBe(others.length);
});

test("numbers lie strictly between 0 and 1", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.string(), (seed, place) => {
      const random = randomStream(seed, place);
      for (let index = 0; index < 20; index++) {
        const value = random();
        expect(value > 0 && value < 1).toBe(true);
      }
    }),
  );
});

test.each([
  ["within a stream", (index: number, random: () => number) => (index >= 0 ? random() : 0)],
  ["at the heads of neighbouring streams", (index: number) => randomStream(7, `unit-${index}`)()],
  ["at the heads of streams of neighbouring seeds", (index: number) => randomStream(index, "unit")()],
])("numbers are uniform and independent %s", (_, draw) => {
  const random = randomStream(99, "uniform");
  const values = Array.from({ length: 50_000 }, (_, index) => draw(index, random));
  const cells = new Array<number>(100).fill(0);
  const pairs = new Array<number>(100).fill(0);
  for (const [index, value] of values.entries()) {
    cells[Math.floor(value * 100)]!++;
    const next = values[index + 1];
    if (next !== undefined) pairs[Math.floor(value * 10) * 10 + Math.floor(next * 10)]!++;
  }
  const chiSquared = (counts: readonly number[]) =>
    counts.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
  expect(chiSquared(cells)).toBeLessThan(165);
  expect(chiSquared(cells)).toBeGreaterThan(50);
  expect(chiSquared(pairs)).toBeLessThan(180);
});

describe("draws have their moments:", () => {
  test.each([0.3, 4, 9.9, 10, 37])("Poisson %d", (mean) => {
    const random = randomStream(3, `poisson-${mean}`);
    const values = Array.from({ length: 20_000 }, () => drawPoisson(random, mean));
    expect(Math.abs(average(values) - mean)).toBeLessThan(4 * Math.sqrt(mean / 20_000));
    expect(deviation(values) / Math.sqrt(mean)).toBeCloseTo(1, 1);
  });

  test.each([
    [20, 5],
    [1, 2],
    [-3, 4],
    [0, 1],
  ])("mean %d, standard deviation %d", (mean, standardDeviation) => {
    const random = randomStream(3, `value-${mean}`);
    const values = Array.from({ length: 40_000 }, () => drawValue(random, mean, standardDeviation));
    expect(Math.abs(average(values) - mean)).toBeLessThan((4 * standardDeviation) / 200);
    expect(deviation(values) / standardDeviation).toBeCloseTo(1, 0);
  });

  test("nothing to draw is what it is", () => {
    const random = randomStream(3, "none");
    expect(drawPoisson(random, 0)).toBe(0);
    expect(drawValue(random, 5, 0)).toBe(5);
  });

  test("a big Poisson is as repeatable as a small one", () => {
    const draw = () => drawPoisson(randomStream(5, "big"), 50);
    expect(draw()).toBe(draw());
  });
});
