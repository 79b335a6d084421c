import { describe, expect, test } from "vitest";
import { independence } from "../../../src/statistics/independence.ts";
import { weightedSlope } from "../../../src/statistics/weighted-slope.ts";

describe("independence", () => {
  test("as scipy's chi2_contingency without correction", () => {
    const test = independence([
      [30, 70],
      [55, 45],
      [20, 80],
    ])!;
    expect(test.statistic).toBeCloseTo(28.571428571428573, 10);
    expect(test.degreesOfFreedom).toBe(2);
    expect(test.pValue).toBeCloseTo(6.2485e-7, 10);
  });

  test("empty rows and columns are left out", () => {
    const whole = independence([
      [30, 70],
      [55, 45],
    ]);
    expect(
      independence([
        [30, 0, 70],
        [0, 0, 0],
        [55, 0, 45],
      ]),
    ).toEqual(whole);
  });

  test.each([
    [[[30, 70]]],
    [[[30], [70]]],
    [
      [
        [3, 70],
        [4, 60],
      ],
    ],
    [[]],
  ])("%o has none", (table) => {
    expect(independence(table)).toBeNull();
  });
});

describe("weighted slope", () => {
  const effects = [
    { at: 0.5, estimate: 0.1, standardError: 0.01 },
    { at: 1.5, estimate: 0.06, standardError: 0.02 },
    { at: 2.5, estimate: 0.05, standardError: 0.015 },
    { at: 3.5, estimate: 0.01, standardError: 0.03 },
  ];

  test("as the normal equations in numpy", () => {
    const line = weightedSlope(effects)!;
    expect(line.slope).toBeCloseTo(-0.027371375116931714, 12);
    expect(line.standardError).toBeCloseTo(0.007397569949649857, 12);
    expect(line.pValue).toBeCloseTo(0.00021555740337657155, 12);
  });

  test("what has no estimate or error is left out", () => {
    const absent = [
      { at: 9, estimate: null, standardError: 1 },
      { at: 9, estimate: 1, standardError: null },
      { at: 9, estimate: 1, standardError: 0 },
    ];
    expect(weightedSlope([...absent, ...effects])).toEqual(weightedSlope(effects));
    expect(weightedSlope(effects.slice(0, 2))).toBeNull();
    expect(weightedSlope(effects.map((effect) => ({ ...effect, at: 1 })))).toBeNull();
  });
});
