import { chiSquaredSf } from "./chi-squared.ts";
import { solvePivoted } from "./cholesky.ts";

/** A mean, its error, and where a model puts it. */
export interface FittedPoint {
  readonly value: number | null;
  readonly standardError: number | null;
  /** Of the model's terms beside the constant; as many in all points. */
  readonly terms: readonly number[];
}

export interface LackOfFit {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** That the points lie on the model, but for chance. */
  readonly pValue: number;
}

/**
 * Do means lie off a linear model by more than chance? The weighted sum of squares about the fit by weighted least squares, w =
 * 1/se², is chi-squared with as many degrees of freedom as points are more than the model's free terms. Null where none is,
 * and where a point has no error above 0. James E. Grizzle, C. Frank Starmer, Gary G. Koch, "Analysis of categorical
 * data by linear models", *Biometrics* 25 (1969), 489–504.
 */
export function lackOfFit(points: readonly FittedPoint[]): LackOfFit | null {
  const usable = points.flatMap(({ value, standardError, terms }) =>
    value !== null && standardError !== null && standardError > 0
      ? [{ value, weight: 1 / standardError / standardError, terms }]
      : [],
  );
  const [first] = usable;
  if (first === undefined || usable.length < points.length) return null;
  const total = usable.reduce((sum, { weight }) => sum + weight, 0);
  const average = (of: (point: (typeof usable)[number]) => number) =>
    usable.reduce((sum, point) => sum + point.weight * of(point), 0) / total;
  const centre = average(({ value }) => value);
  const centres = first.terms.map((_, i) => average(({ terms }) => terms[i]!));
  const rows = usable.map(({ value, weight, terms }) => ({
    weight,
    off: value - centre,
    terms: terms.map((term, i) => term - centres[i]!),
  }));
  const crossed = (of: (row: (typeof rows)[number]) => number) =>
    rows.reduce((sum, row) => sum + row.weight * of(row), 0);
  const { solution, dropped } = solvePivoted(
    {
      matrix: centres.map((_, i) => centres.map((__, j) => crossed(({ terms }) => terms[i]! * terms[j]!))),
      right: centres.map((_, i) => crossed(({ off, terms }) => off * terms[i]!)),
    },
    1e-10,
  );
  const degreesOfFreedom = usable.length - 1 - (solution.length - dropped.length);
  if (degreesOfFreedom < 1) return null;
  const fitted = (terms: readonly number[]) => terms.reduce((sum, term, i) => sum + term * solution[i]!, 0);
  const statistic = crossed(({ off, terms }) => (off - fitted(terms)) ** 2);
  return Number.isFinite(statistic)
    ? { statistic, degreesOfFreedom, pValue: chiSquaredSf(statistic, degreesOfFreedom) }
    : null;
}
