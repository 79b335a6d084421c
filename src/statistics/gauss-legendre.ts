export interface Rule {
  /** Ascending, on [−1, 1]. */
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

const known = new Map<number, Rule>();

/**
 * Nodes and weights of Gauss and Legendre's rule with `count` nodes: Σ wᵢ·f(xᵢ) = ∫₋₁¹ f for polynomials up to degree
 * 2·count − 1. Newton's method on the Legendre polynomial; Philip J. Davis, Philip Rabinowitz, *Methods of Numerical Integration* (2nd
 * ed., 1984), section 2.7. A rule is computed once.
 */
export function gaussLegendre(count: number): Rule {
  const found = known.get(count);
  if (found) return found;
  const pairs = Array.from({ length: count }, (_, index) => nodeOf(count - index, count));
  const rule = { nodes: pairs.map(([node]) => node), weights: pairs.map(([, weight]) => weight) };
  known.set(count, rule);
  return rule;
}

/** The node of a rank (1 is the largest) and its weight. */
function nodeOf(rank: number, count: number): readonly [number, number] {
  let x = Math.cos((Math.PI * (rank - 0.25)) / (count + 0.5));
  let slope = 0;
  for (let step = 0; step < 100; step++) {
    let [before, value] = [1, x];
    for (let degree = 2; degree <= count; degree++) {
      [before, value] = [value, ((2 * degree - 1) * x * value - (degree - 1) * before) / degree];
    }
    slope = (count * (x * value - before)) / (x * x - 1);
    const correction = value / slope;
    x -= correction;
    if (Math.abs(correction) < 1e-16) break;
  }
  return [x, 2 / ((1 - x * x) * slope * slope)];
}
