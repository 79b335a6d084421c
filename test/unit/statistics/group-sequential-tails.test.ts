import { expect, test } from "vitest";
import { obrienFlemingSpending } from "../../../src/statistics/alpha-spending.ts";
import { groupSequentialPValue } from "../../../src/statistics/group-sequential-p-value.ts";

/**
 * The statistic 0 at a first look, then one at the last. By mpmath at 45 digits: the α at which what is spent at the first look and
 * P(|Z1| < b1, |Z2| ≥ z2), one integral over the bivariate normal density, make α.
 */
const SECOND_OF_TWO: readonly [sides: 1 | 2, fraction: number, statistic: number, pValue: number][] = [
  [2, 0.9, 6, 2.0567236118539806e-9],
  [1, 0.9, 6, 1.0283618059269903e-9],
  [2, 0.5, 11.5, 1.319154289222735e-30],
  [1, 0.5, 11.5, 6.595771446113675e-31],
  [2, 0.9, 11.5, 1.3194537507999534e-30],
  [1, 0.9, 11.5, 6.597268753999767e-31],
  [2, 0.97, 11.5, 1.3777669851713267e-30],
  [1, 0.97, 11.5, 6.888834925856634e-31],
  [2, 0.97, 33, 8.122371406444604e-239],
  [1, 0.9, 30, 4.90671392715031e-198],
  [2, 0.9, 37, 1.1451142445054e-299],
  [1, 0.97, 37, 5.72557122464437e-300],
];

test.each(SECOND_OF_TWO)("%s-sided, looks at %s and 1, z %s", (sides, fraction, statistic, pValue) => {
  const looks = [
    { fraction, statistic: 0 },
    { fraction: 1, statistic },
  ];
  const found = groupSequentialPValue(looks, obrienFlemingSpending, sides)!;
  expect(Math.abs(found / pValue - 1)).toBeLessThan(1e-10);
});

/** In closed form: 4·Q(√t·Q⁻¹(Q(z)/2)), by mpmath. */
test.each([
  [2, 0.2145732040153993],
  [6, 3.099032234262068e-5],
  [11.5, 5.970318740706118e-16],
])("one look so far, at half of the information, z %s", (statistic, pValue) => {
  const found = groupSequentialPValue([{ fraction: 0.5, statistic }], obrienFlemingSpending, 2)!;
  expect(Math.abs(found / pValue - 1)).toBeLessThan(1e-10);
});

test("no p-value is below e^-690, which is what is said beyond it", () => {
  const found = groupSequentialPValue([{ fraction: 1, statistic: 45 }], obrienFlemingSpending, 2)!;
  expect(found).toBe(Math.exp(-690));
});
