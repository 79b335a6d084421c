/**
 * A root of `f` between `lower` and `upper`, where f has opposite signs at the two ends, to the last few bits
 * of a double, or to a relative `precision`. f may be infinite, and may jump: the result is then the place where the sign changes.
 *
 * T. R. Chandrupatla, "A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function
 * without using derivatives", *Advances in Engineering Software* 28 (1997), 145–149.
 */
export function findRoot(
  f: (x: number) => number,
  lower: number,
  upper: number,
  precision = Number.EPSILON,
): number {
  let [a, b, c] = [lower, upper, upper];
  let [fa, fb, fc] = [f(a), f(b), Number.NaN];
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (fa > 0 === fb > 0) throw new RangeError(`no change of sign between ${lower} and ${upper}`);
  let step = 0.5;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const x = a + step * (b - a);
    const fx = f(x);
    if (fx > 0 === fa > 0) [c, fc] = [a, fa];
    else [c, b, fc, fb] = [b, a, fb, fa];
    [a, fa] = [x, fx];
    const best = Math.abs(fa) < Math.abs(fb) ? a : b;
    const tolerance = (precision * Math.abs(best) + Number.MIN_VALUE) / Math.abs(b - a);
    if (fx === 0) return x;
    if (tolerance > 0.5) return best;
    step = Math.min(1 - tolerance, Math.max(tolerance, nextStep(a, b, c, fa, fb, fc)));
  }
  return Math.abs(fa) < Math.abs(fb) ? a : b;
}

/** Bisection alone halves any bracket of doubles to neighbours in fewer. */
const MAX_ITERATIONS = 2200;

/** Inverse quadratic interpolation where it is sure to stay in the bracket, else the middle. */
function nextStep(a: number, b: number, c: number, fa: number, fb: number, fc: number): number {
  const xi = (a - b) / (c - b);
  const phi = (fa - fb) / (fc - fb);
  if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi)) return 0.5;
  const step =
    (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb));
  return Number.isFinite(step) ? step : 0.5;
}
