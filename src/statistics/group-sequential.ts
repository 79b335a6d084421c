import { findRoot } from "./find-root.ts";
import { gaussLegendre } from "./gauss-legendre.ts";
import { normalIsf, normalSf } from "./normal.ts";
import { sumOf } from "./sum.ts";

/**
 * The distribution of a sequence of z statistics with independent increments, as the part that has not crossed a
 * boundary so far: a density of S = Z·√t at the nodes of a quadrature rule. Immutable: a look makes a new one.
 *
 * P. Armitage, C. K. McPherson, B. C. Rowe, "Repeated significance tests on accumulating data", *JRSS A* 132 (1969), 235–244;
 * Christopher Jennison, Bruce W. Turnbull, *Group Sequential Methods* (2000), chapter 19.
 */
export interface Continuation {
  readonly information: number;
  readonly nodes: readonly number[];
  /** Density times quadrature weight, by node. */
  readonly mass: readonly number[];
  readonly sides: 1 | 2;
  /** Mean of S per unit of information. */
  readonly drift: number;
  /** Standard deviations from the mean beyond which no mass is followed. */
  readonly far: number;
}

/** Before the first look. `drift` 0 is the null hypothesis; of probabilities near `least`, ten digits are kept. */
export function beginning(sides: 1 | 2, drift = 0, least = 1): Continuation {
  const far = Math.max(FAR, 1 + normalIsf(Math.max(1e-300, 1e-11 * least)));
  return { information: 0, nodes: [0], mass: [1], sides, drift, far };
}

/** P(no crossing before, and Z beyond the bound at this look); two-sided bounds are ±bound. */
export function crossingProbability(before: Continuation, information: number, bound: number): number {
  const step = information - before.information;
  const [edge, spread] = [bound * Math.sqrt(information), Math.sqrt(step)];
  return sumOf(before.nodes, (node, index) => {
    const centre = node + before.drift * step;
    const above = normalSf((edge - centre) / spread);
    if (isEven(before)) return 2 * before.mass[index]! * above;
    const below = before.sides === 2 ? normalSf((edge + centre) / spread) : 0;
    return before.mass[index]! * (above + below);
  });
}

/** What is left after a look with no crossing. `information` is above that of the look before. */
export function continueWithin(before: Continuation, information: number, bound: number): Continuation {
  const step = information - before.information;
  const spread = Math.sqrt(step);
  const edge = bound * Math.sqrt(information);
  const mean = before.drift * information;
  const far = before.far * Math.sqrt(information);
  const floor = before.sides === 2 ? -edge : Math.min(edge, mean) - FAR * Math.sqrt(information);
  // Farther from its mean there is no mass, and the rule would waste its nodes.
  const low = Math.max(floor, mean - far);
  const high = Math.min(edge, mean + far);
  const most = Math.ceil((MOST_NODES * before.far) / FAR);
  const count = Math.min(most, LEAST_NODES + Math.ceil((NODES_PER_SPREAD * (high - low)) / spread));
  const { nodes, weights } = gaussLegendre(count);
  const half = (high - low) / 2;
  const places = nodes.map((node) => low + half * (1 + node));
  const massAt = (place: number, at: number) => {
    const from = place - before.drift * step;
    // All terms are positive, and this is where the time goes.
    let density = 0;
    for (let index = 0; index < before.nodes.length; index++) {
      const x = (from - before.nodes[index]!) / spread;
      density += before.mass[index]! * Math.exp(-0.5 * x * x);
    }
    return (weights[at]! * half * density) / (spread * Math.sqrt(2 * Math.PI));
  };
  return {
    ...before,
    information,
    nodes: places,
    mass: isEven(before) ? mirrored(places, massAt) : places.map(massAt),
  };
}

/** Whether what is seen is as likely as its opposite. */
function isEven({ sides, drift }: Continuation): boolean {
  return sides === 2 && drift === 0;
}

/** A map of places that lie evenly about 0, of a function that is even. */
function mirrored(
  places: readonly number[],
  value: (place: number, at: number) => number,
): readonly number[] {
  const half = places.slice(0, Math.ceil(places.length / 2)).map(value);
  return places.map((_, at) => half[at] ?? half[places.length - 1 - at]!);
}

/** The bound at which a look is crossed with a probability; ∞ where the probability is 0 or not to be had. */
export function boundForProbability(before: Continuation, information: number, probability: number): number {
  if (!(probability > 0)) return Number.POSITIVE_INFINITY;
  const excess = (bound: number) =>
    Math.log(crossingProbability(before, information, bound)) - Math.log(probability);
  if (excess(0) <= 0) return 0;
  // The crossing is never likelier than that of the statistic alone, and as a rule not much less likely.
  const most = normalIsf(Math.min(0.5, probability / before.sides)) + 1e-9;
  const near = most - NEAR;
  return near > 0 && excess(near) > 0
    ? findRoot(excess, near, most)
    : findRoot(excess, 0, near > 0 ? near : most + OVERHANG);
}

const FAR = 9;
const LEAST_NODES = 24;
/** Bounds then differ by less than 1e-14 of themselves from those with four times as many. */
const NODES_PER_SPREAD = 4;
const MOST_NODES = 400;
const OVERHANG = 1;
const NEAR = 0.6;
