import { describe, expect, test } from "vitest";
import { measureBaseline } from "../../../src/inference/measured-baseline.ts";
import { writtenMeasurement } from "../../../src/plan/written-measurement.ts";
import { momentsOf } from "../../../src/statistics/moments.ts";

const NOTHING = { baseline: null, value: null, standardDeviation: null, standardError: null };

describe("a baseline from moments", () => {
  test("of a conversion is its rate", () => {
    const moments = momentsOf([[1], [0], [0], [0], [1]], 1);
    const found = measureBaseline("conversion", moments, 5);
    expect(found).toMatchObject({ baseline: { kind: "rate", rate: 0.4 }, value: 0.4 });
    // Σ(x − 0.4)² = 2 · 0.36 + 3 · 0.16 = 1.2
    expect(found.standardError).toBeCloseTo(Math.sqrt(1.2 / 4 / 5), 12);
  });

  test("of a sum is mean and spread, zeros included", () => {
    const found = measureBaseline("sum", momentsOf([[10], [0], [20], [0]], 1), 4);
    expect(found.baseline).toMatchObject({ kind: "mean", mean: 7.5, reporting: 1 });
    expect(found.standardDeviation).toBeCloseTo(
      Math.sqrt((2.5 ** 2 + 7.5 ** 2 + 12.5 ** 2 + 7.5 ** 2) / 3),
      12,
    );
  });

  test("of a mean says how many have a value", () => {
    const found = measureBaseline("mean", momentsOf([[10], [20]], 1), 8);
    expect(found.baseline).toMatchObject({ mean: 15, reporting: 0.25 });
    expect(found.standardError).toBeCloseTo(Math.sqrt(50 / 2), 12);
  });

  test("of a ratio is that of the sums, with the spread of its linearised values", () => {
    const rows = [
      [10, 1],
      [0, 0],
      [50, 2],
      [0, 0],
    ];
    const found = measureBaseline("ratio", momentsOf(rows, 2), 4);
    expect(found.value).toBeCloseTo(20, 12);
    const linear = rows.map(([numerator, denominator]) => (numerator! - 20 * denominator!) / 0.75);
    expect(linear.reduce((sum, each) => sum + each, 0)).toBeCloseTo(0, 12);
    const spread = Math.sqrt(linear.reduce((sum, each) => sum + each ** 2, 0) / 3);
    expect(found.standardDeviation).toBeCloseTo(spread, 12);
    expect(found.baseline).toMatchObject({ kind: "mean", mean: 20 });
  });

  test.each([
    ["a rate of 0", "conversion", [[0], [0]], 0],
    ["a rate of 1", "conversion", [[1], [1]], 1],
    ["a value that never varies", "sum", [[3], [3]], 3],
    [
      "a ratio that never varies",
      "ratio",
      [
        [1.1, 1],
        [3.3, 3],
        [0, 0],
      ],
      1.1,
    ],
  ] as const)("%s is told and is none", (_, kind, rows, value) => {
    const found = measureBaseline(kind, momentsOf(rows, rows[0].length), rows.length);
    expect(found).toMatchObject({ baseline: null, value: expect.closeTo(value, 12) });
  });

  test("without units, with one unit, or over a denominator of 0 there is none", () => {
    expect(measureBaseline("sum", momentsOf([], 1), 0)).toEqual(NOTHING);
    expect(measureBaseline("sum", momentsOf([[4]], 1), 1)).toEqual({ ...NOTHING, value: 4 });
    expect(measureBaseline("ratio", momentsOf([[1, 0]], 2), 1)).toEqual(NOTHING);
  });
});

describe("what is written", () => {
  const measured = { period: { from: "2026-10-01", to: "2026-10-28" }, units: 41_250 };
  const dated = { measured: { from: "2026-10-01", to: "2026-10-28", units: 41_250 } };

  test("has four digits, and its days", () => {
    expect(writtenMeasurement({ kind: "rate", rate: 0.123456, measured }, "conversion")).toEqual({
      rate: "12.35%",
      ...dated,
    });
    const mean = {
      kind: "mean",
      mean: -1234.56,
      standardDeviation: 0.00123456,
      reporting: 1,
      measured,
    } as const;
    expect(writtenMeasurement(mean, "sum")).toEqual({ mean: -1235, standardDeviation: 0.001235, ...dated });
  });

  test("says of a mean how many report, all too", () => {
    const mean = { kind: "mean", mean: 1, standardDeviation: 2 } as const;
    expect(writtenMeasurement({ ...mean, reporting: 1 }, "mean")).toMatchObject({ reporting: "100%" });
    expect(writtenMeasurement({ ...mean, reporting: 0.38461 }, "mean")).toMatchObject({
      reporting: "38.46%",
    });
  });

  test("is nothing where rounding leaves a rate of 0% or 100%", () => {
    expect(writtenMeasurement({ kind: "rate", rate: 1e-8 }, "conversion")).toBeNull();
    expect(writtenMeasurement({ kind: "rate", rate: 0.99999999 }, "conversion")).toBeNull();
    expect(writtenMeasurement({ kind: "rate", rate: 0.000001 }, "conversion")).toEqual({ rate: "0.0001%" });
  });
});
