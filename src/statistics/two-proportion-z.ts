import { requireProportions } from "./domain.ts";
import { normalSf } from "./normal.ts";
import type { Proportion } from "./proportion.ts";

export interface TwoProportionTest {
  /** Positive where the variant's rate is higher; null where the pooled variance is 0 or an arm is empty. */
  readonly statistic: number | null;
  /** Two-sided. 1 where the pooled variance is 0; null where an arm is empty. */
  readonly pValue: number | null;
  readonly standardErrorPooled: number | null;
  readonly standardErrorUnpooled: number | null;
  /** Variant − control. */
  readonly difference: number | null;
}

/**
 * Two-sided test of equal proportions: z = (p̂B − p̂A) / √(p̄q̄(1/nA + 1/nB)), p̄ pooled, without continuity
 * correction. Joseph L. Fleiss, *Statistical Methods for Rates and Proportions* (2nd ed., 1981), chapter 2.
 * Assumes independent units; the normal limit is doubtful where an expected cell is below 5.
 */
export function twoProportionZ(control: Proportion, variant: Proportion): TwoProportionTest {
  requireProportions(control, variant);
  const [nA, nB] = [control.units, variant.units];
  if (nA <= 0 || nB <= 0) return EMPTY;
  const [pA, pB] = [control.successes / nA, variant.successes / nB];
  const failures = nA - control.successes + (nB - variant.successes);
  const pooled = (control.successes + variant.successes) / (nA + nB);
  const pooledVariance = pooled * (failures / (nA + nB)) * (1 / nA + 1 / nB);
  const standardErrorPooled = Math.sqrt(pooledVariance);
  const difference = pB - pA;
  const statistic = pooledVariance > 0 ? difference / standardErrorPooled : null;
  return {
    statistic,
    pValue: statistic === null ? 1 : 2 * normalSf(Math.abs(statistic)),
    standardErrorPooled,
    standardErrorUnpooled: Math.sqrt((pA * (1 - pA)) / nA + (pB * (1 - pB)) / nB),
    difference,
  };
}

const EMPTY: TwoProportionTest = {
  statistic: null,
  pValue: null,
  standardErrorPooled: null,
  standardErrorUnpooled: null,
  difference: null,
};
