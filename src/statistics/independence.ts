import { chiSquaredSf } from "./chi-squared.ts";
import { sum } from "./sum.ts";

/** Fewer expected in a cell, and the distribution does not hold. */
const SMALLEST_EXPECTED = 5;

/**
 * Pearson's test that the rows of a table of counts have the same shares: are two classifications independent? Rows and
 * columns without any count are left out. Null where fewer than two of either are left, or a count below 5 is
 * expected in a cell. Karl Pearson, *Philosophical Magazine* 50 (1900); degrees of freedom by R. A. Fisher (1922).
 */
export function independence(table: readonly (readonly number[])[]): {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
} | null {
  const rows = table.filter((row) => sum(row) > 0);
  const width = Math.max(0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, j) => sum(rows.map((row) => row[j] ?? 0)));
  const used = columns.flatMap((total, j) => (total > 0 ? [j] : []));
  if (rows.length < 2 || used.length < 2) return null;
  const all = sum(columns);
  const terms = rows.flatMap((row) =>
    used.map((j) => ({ count: row[j] ?? 0, expected: (sum(row) / all) * columns[j]! })),
  );
  if (terms.some(({ expected }) => expected < SMALLEST_EXPECTED)) return null;
  const statistic = sum(terms.map(({ count, expected }) => (count - expected) ** 2 / expected));
  const degreesOfFreedom = (rows.length - 1) * (used.length - 1);
  return { statistic, degreesOfFreedom, pValue: chiSquaredSf(statistic, degreesOfFreedom) };
}
