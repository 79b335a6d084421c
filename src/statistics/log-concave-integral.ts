import { integrateSmooth } from "./double-exponential.ts";

/**
 * ∫ exp(log(y)) dy over the real line for a concave `log`, to about 1e-12 relative. `slope` has the sign of log's slope (it need not be
 * its slope), and says which way the peak lies. 0 where the function is too small for a double everywhere.
 *
 * The peak is found by bisection on the slope, and on each side the place where the function is e⁻⁴⁵ of the peak: a
 * concave logarithm bends sharply only near those three places, where the quadrature is finest.
 */
export function integrateLogConcave(log: (y: number) => number, slope: (y: number) => number): number {
  const peak = bisect((y) => slope(y) > 0, -EDGE, EDGE);
  const top = log(peak);
  if (!(top > Number.NEGATIVE_INFINITY)) return 0;
  const left = bisect((y) => log(y) < top - NEGLIGIBLE, -EDGE, peak);
  const right = bisect((y) => log(y) >= top - NEGLIGIBLE, peak, EDGE);
  const scaled = (y: number) => Math.exp(log(y) - top);
  return Math.exp(top) * (integrateSmooth(scaled, left, peak) + integrateSmooth(scaled, peak, right));
}

const NEGLIGIBLE = 45;

/** e⁻⁷⁰⁰ is nearly the smallest double. */
const EDGE = 700;

/** The point of [from, to] up to which a condition holds, to 2⁻⁶⁰ of the range. */
function bisect(holds: (y: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
