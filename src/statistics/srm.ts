import { binomialLogPmf } from "./binomial.ts";
import { chiSquaredSf } from "./chi-squared.ts";
import { requireFinite, requireUnits } from "./domain.ts";
import { sum } from "./sum.ts";

export interface SampleRatioTest {
  /** Of the arms with a positive share; null where no test applies. */
  readonly pValue: number | null;
  /** Pearson's; null where the exact test was used or none applies. */
  readonly statistic: number | null;
  readonly degreesOfFreedom: number | null;
  readonly test: "Pearson chi-squared" | "exact binomial" | "none";
  /** A unit was seen in an arm whose share is 0: a mismatch whatever the p-value. */
  readonly leak: boolean;
  /** Units expected per arm, in the order given, of the units seen in arms with a positive share. */
  readonly expected: readonly number[];
}

/**
 * Sample ratio mismatch: do the units per arm fit the shares? Shares are weights ≥ 0 in any scale.
 *
 * Karl Pearson's chi-squared over the arms with a positive share (*Philosophical Magazine* 50, 1900). Where an
 * expected count is below 5: with two such arms the exact two-sided binomial test, otherwise none. None
 * without units, or with a single arm.
 */
export function sampleRatioMismatch(observed: readonly number[], shares: readonly number[]): SampleRatioTest {
  requireUnits(...observed);
  requireFinite("a share", ...shares);
  const arms = shares.map((share, index) => ({ share, units: observed[index] ?? 0 }));
  const open = arms.filter((arm) => arm.share > 0);
  const totalShare = sum(open.map((arm) => arm.share));
  const totalUnits = sum(open.map((arm) => arm.units));
  const expected = arms.map((arm) => (arm.share > 0 ? (totalUnits * arm.share) / totalShare : 0));
  const leak = arms.some((arm) => arm.share <= 0 && arm.units > 0);
  const none = { pValue: null, statistic: null, degreesOfFreedom: null, leak, expected };
  if (open.length < 2 || totalUnits <= 0) return { ...none, test: "none" };
  if (open.every((arm) => (totalUnits * arm.share) / totalShare >= SMALLEST_EXPECTED)) {
    const statistic = sum(arms.map((arm, i) => (arm.share > 0 ? pearsonTerm(arm.units, expected[i]!) : 0)));
    const degreesOfFreedom = open.length - 1;
    const pValue = chiSquaredSf(statistic, degreesOfFreedom);
    return { ...none, pValue, statistic, degreesOfFreedom, test: "Pearson chi-squared" };
  }
  const [first, second, ...others] = open;
  if (first === undefined || second === undefined || others.length > 0) return { ...none, test: "none" };
  const share = first.share / totalShare;
  return { ...none, pValue: exactBinomial(first.units, totalUnits, share), test: "exact binomial" };
}

const SMALLEST_EXPECTED = 5;

/** Outcomes within this relative distance of the observed one's probability count as equally likely. */
const TIE = 1e-7;

function pearsonTerm(units: number, expected: number): number {
  return (units - expected) ** 2 / expected;
}

/** P(an outcome as likely as, or less likely than, the observed one); R's `binom.test`. */
function exactBinomial(successes: number, trials: number, share: number): number {
  const bound = binomialLogPmf(successes, trials, share) + Math.log1p(TIE);
  const rare = (k: number) => binomialLogPmf(k, trials, share) <= bound;
  const mode = Math.min(trials, Math.floor((trials + 1) * share));
  if (rare(mode)) return 1;
  const left = firstWhere((steps) => rare(mode - steps), mode);
  const right = firstWhere((steps) => rare(mode + steps), trials - mode);
  const tails =
    tailSum((steps) => binomialLogPmf(mode - left - steps, trials, share)) +
    tailSum((steps) => binomialLogPmf(mode + right + steps, trials, share));
  return Math.min(1, tails);
}

/** The smallest number of steps in 1…limit at which a condition that then holds for good holds; limit + 1 if none. */
function firstWhere(holds: (steps: number) => boolean, limit: number): number {
  let [least, most] = [1, limit + 1];
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (holds(middle)) most = middle;
    else least = middle + 1;
  }
  return least;
}

/** Σ of exp of a decreasing sequence, until a term no longer changes it. */
function tailSum(logTerm: (steps: number) => number): number {
  let total = 0;
  for (let steps = 0; ; steps++) {
    const next = total + Math.exp(logTerm(steps));
    if (!(next > total)) return total;
    total = next;
  }
}
