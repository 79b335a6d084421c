import { binomialLogPmf } from "../statistics/binomial.ts";
import { type Check, checkRate } from "./check.ts";
import { type Compared, covers, type Range } from "./compared.ts";
import { rateMoments } from "./moments-of-worlds.ts";
import { ALPHA, openTrial } from "./open-trial.ts";
import type { Scenario } from "./scenario.ts";
import { comparePrimary } from "./trial.ts";

/**
 * Pairs of arms of which every outcome is computed and weighed by its probability: no chance is in these rates. The tests are
 * of counts, so no rate can be promised exactly; what is held is how far they stray, over rates that leave at
 * least 5 expected successes and failures in each arm, as the report asks for.
 */
export function conversionGrids(thorough: boolean): readonly Scenario[] {
  return (thorough ? THOROUGH : QUICK).map(([control, variant]) => ({
    topic: "conversion, enumerated",
    setting: `${control} against ${variant} units, rates from 5% to 95%`,
    through: "estimate",
    negativeControl: false,
    check: () => checkGrid(control, variant),
  }));
}

const QUICK = [
  [80, 80],
  [90, 45],
] as const;

const THOROUGH = [
  [500, 500],
  [500, 250],
  [200, 200],
  [120, 60],
] as const;

/** How far an average over rates and a single rate may be from what is promised. */
const AVERAGE = 0.005;
const SINGLE = 0.015;

/** Every outcome, by successes of the control and of the variant. */
interface Outcomes {
  readonly at: (control: number, variant: number) => Compared;
  readonly units: readonly [number, number];
}

function checkGrid(control: number, variant: number): readonly Check[] {
  const outcomes = enumerate(control, variant);
  const rates = Array.from({ length: 19 }, (_, index) => (index + 1) / 20).filter(
    (rate) => Math.min(rate, 1 - rate) * Math.min(control, variant) >= 5,
  );
  const weights = rates.map((rate) => ({
    rate,
    masses: outcomes.units.map((units) => massesOf(units, rate)),
  }));
  const sizes = weights.map(({ masses }) =>
    expectation(outcomes, masses[0]!, masses[1]!, ({ pValue }) => (pValue ?? 1) < ALPHA),
  );
  const coverage = (scale: "absolute" | "relative") =>
    weights.flatMap((a) =>
      weights.map((b) => {
        const truth = scale === "absolute" ? b.rate - a.rate : b.rate / a.rate - 1;
        return expectation(outcomes, a.masses[0]!, b.masses[1]!, (found) => covers(found[scale], truth));
      }),
    );
  return [
    checkRate("outcomes whose p-value and intervals disagree", 0, shareOf(outcomes, disagrees), {
      least: null,
      most: 0,
    }),
    ...checkSpread("p below 0.05 where nothing is true", ALPHA, sizes),
    ...checkSpread("absolute interval covers the truth", 1 - ALPHA, coverage("absolute")),
    ...checkSpread("relative interval covers the truth", 1 - ALPHA, coverage("relative")),
  ];
}

function checkSpread(claim: string, promised: number, rates: readonly number[]): readonly Check[] {
  const average = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const within = (reach: number) => ({ least: promised - reach, most: promised + reach });
  const worst = promised < 0.5 ? Math.max(...rates) : Math.min(...rates);
  return [
    checkRate(`${claim}: on average`, promised, average, within(AVERAGE)),
    checkRate(`${claim}: at the worst rates`, promised, worst, within(SINGLE)),
  ];
}

function enumerate(control: number, variant: number): Outcomes {
  const trial = openTrial({ kind: "conversion" });
  const found: Compared[] = [];
  for (let x = 0; x <= control; x++) {
    for (let y = 0; y <= variant; y++) {
      const [comparison] = comparePrimary(trial, [rateMoments(x, control), rateMoments(y, variant)]);
      const { pValue, absolute, relative } = comparison!;
      found.push({ pValue, absolute, relative });
    }
  }
  return { units: [control, variant], at: (x, y) => found[x * (variant + 1) + y]! };
}

function massesOf(units: number, rate: number): readonly number[] {
  return Array.from({ length: units + 1 }, (_, successes) =>
    Math.exp(binomialLogPmf(successes, units, rate)),
  );
}

/** Probability of the outcomes for which something holds. */
function expectation(
  { at }: Outcomes,
  control: readonly number[],
  variant: readonly number[],
  holds: (found: Compared) => boolean,
): number {
  let sum = 0;
  for (const [x, mass] of control.entries()) {
    if (mass < NEGLIGIBLE) continue;
    for (const [y, other] of variant.entries())
      if (other >= NEGLIGIBLE && holds(at(x, y))) sum += mass * other;
  }
  return sum;
}

/** What is left out adds up to less than the digits that are shown. */
const NEGLIGIBLE = 1e-12;

function shareOf({ at, units: [control, variant] }: Outcomes, holds: (found: Compared) => boolean): number {
  let count = 0;
  for (let x = 0; x <= control; x++) for (let y = 0; y <= variant; y++) count += Number(holds(at(x, y)));
  return count / (control + 1) / (variant + 1);
}

function disagrees({ pValue, absolute, relative }: Compared): boolean {
  const different = (pValue ?? 1) < ALPHA;
  const excludes = (range: Range) => !covers(range, 0);
  return excludes(absolute) !== different || (relative.lower !== null && excludes(relative) !== different);
}
