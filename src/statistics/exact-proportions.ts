import { binomialLogPmf } from "./binomial.ts";
import { requireProportions } from "./domain.ts";
import type { Proportion } from "./proportion.ts";
import { scoreDifferenceZ } from "./score-difference.ts";
import { sum } from "./sum.ts";

/**
 * Fisher's exact test of two proportions, two-sided: P(a table with the same margins that is as likely as the observed one, or less).
 * Ronald A. Fisher, *Statistical Methods for Research Workers* (5th ed., 1934), section 21.02; ties within 1e-7 relative, as R's `fisher.test`. Conditional, and
 * so conservative: `boschloo` is never less powerful. 1 where an arm is empty.
 */
export function fisherExact(control: Proportion, variant: Proportion): number {
  requireProportions(control, variant);
  const { tables, observed } = conditionalTables(control, variant);
  const bound = tables[observed]! * (1 + TIE);
  return Math.min(1, sum(tables.filter((probability) => probability <= bound)));
}

/**
 * Boschloo's exact test, two-sided: the largest probability, over the common rate, of a table whose Fisher p-value is as small as the observed one's, or smaller. R. D. Boschloo, "Raised
 * conditional level of significance for the 2×2-table when testing the equality of two probabilities", *Statistica Neerlandica* 24 (1970), 1–9.
 */
export function boschloo(control: Proportion, variant: Proportion): number {
  return unconditional(control, variant, (a, b) => -fisherExact(a, b));
}

/**
 * Barnard's exact test, two-sided, with the pooled score statistic: the largest probability, over the common rate, of a table at least as far out. G. A. Barnard, "A new test for
 * 2×2 tables", *Nature* 156 (1945), 177; Samy Suissa, Jonathan J. Shuster, *JRSS A* 148 (1985), 317–327.
 */
export function barnard(control: Proportion, variant: Proportion): number {
  return unconditional(control, variant, (a, b) => Math.abs(scoreDifferenceZ(a, b, 0)));
}

/** Outcomes within this relative distance count as equally far out. */
const TIE = 1e-7;

/** Above this the unconditional tests cost more than they tell: the normal limit is right to a few percent of p. */
const MOST_TABLES = 100_000;

/** The hypergeometric probabilities of the variant's successes, and which of them was observed. */
function conditionalTables(control: Proportion, variant: Proportion) {
  const successes = control.successes + variant.successes;
  const units = control.units + variant.units;
  const rate = successes / units || 0;
  const least = Math.max(0, successes - control.units);
  const most = Math.min(successes, variant.units);
  const all = binomialLogPmf(successes, units, rate);
  const tables = Array.from({ length: most - least + 1 }, (_, index) => {
    const inVariant = least + index;
    const log =
      binomialLogPmf(inVariant, variant.units, rate) +
      binomialLogPmf(successes - inVariant, control.units, rate) -
      all;
    return Math.exp(log);
  });
  return { tables, observed: variant.successes - least };
}

/** sup over the common rate of P(extremity ≥ the observed one); throws beyond 100,000 tables. */
function unconditional(
  control: Proportion,
  variant: Proportion,
  extremity: (control: Proportion, variant: Proportion) => number,
): number {
  requireProportions(control, variant);
  if ((control.units + 1) * (variant.units + 1) > MOST_TABLES) {
    const units = `${control.units} and ${variant.units}`;
    throw new RangeError(
      `an exact unconditional test takes at most ${MOST_TABLES} tables; got ${units} units`,
    );
  }
  const observed = extremity(control, variant);
  const far: (readonly [number, number])[] = [];
  for (let a = 0; a <= control.units; a++) {
    for (let b = 0; b <= variant.units; b++) {
      const found = extremity({ successes: a, units: control.units }, { successes: b, units: variant.units });
      if (found >= observed - TIE * Math.abs(observed)) far.push([a, b]);
    }
  }
  const probability = (rate: number) => {
    const [inControl, inVariant] = [masses(control.units, rate), masses(variant.units, rate)];
    return far.reduce((total, [a, b]) => total + inControl[a]! * inVariant[b]!, 0);
  };
  return Math.min(1, largest(probability));
}

function masses(units: number, rate: number): readonly number[] {
  return Array.from({ length: units + 1 }, (_, k) => Math.exp(binomialLogPmf(k, units, rate)));
}

/** The largest value of a function on (0, 1): the best of a grid, then golden sections around it. */
function largest(f: (x: number) => number): number {
  const grid = Array.from({ length: GRID - 1 }, (_, index) => (index + 1) / GRID);
  const values = grid.map(f);
  const best = values.indexOf(Math.max(...values));
  let [low, high] = [best / GRID, (best + 2) / GRID];
  let top = values[best]!;
  for (let step = 0; step < SECTIONS; step++) {
    const [left, right] = [high - (high - low) * GOLDEN, low + (high - low) * GOLDEN];
    const [atLeft, atRight] = [f(left), f(right)];
    top = Math.max(top, atLeft, atRight);
    if (atLeft > atRight) high = right;
    else low = left;
  }
  return top;
}

const GRID = 200;
const SECTIONS = 40;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
