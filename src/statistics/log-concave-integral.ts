import { integrateSmooth } from "./double-exponential.ts";

/**
 * ∫₀¹ f for a function f ≥ 0 with a concave logarithm, to about 1e-12 relative. `slope` has the sign of f's
 * slope (it need not be f's slope), and says which way the peak lies where f itself is too small for a double.
 * 0 where f is that small everywhere.
 *
 * The peak is found by bisection on the slope, and on each side the place where f is 10⁻¹⁸ of the peak. A
 * logarithm that is concave bends sharply only near those three places, where the quadrature is finest.
 */
export function integrateLogConcave(f: (x: number) => number, slope: (x: number) => number): number {
  const peak = bisect((x) => slope(x) > 0, 0, 1);
  const floor = f(peak) * NEGLIGIBLE;
  if (!(floor > 0)) return 0;
  const left = bisect((x) => f(x) < floor, 0, peak);
  const right = bisect((x) => f(x) >= floor, peak, 1);
  return integrateSmooth(f, left, peak) + integrateSmooth(f, peak, right);
}

const NEGLIGIBLE = 1e-18;

/** The point of [from, to] up to which a condition holds, to 2⁻⁶⁰ of the range. */
function bisect(holds: (x: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
