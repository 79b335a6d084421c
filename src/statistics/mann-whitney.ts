import { requireNumber, requireUnits } from "./domain.ts";
import { normalSf } from "./normal.ts";

/** How many units of each arm have a value. */
export interface TiedCount {
  readonly value: number;
  readonly control: number;
  readonly variant: number;
}

export interface RankTest {
  /** U of the variant: pairs in which its unit is above, ties counted half. */
  readonly statistic: number;
  readonly standardDeviation: number;
  /** Positive where the variant lies higher; null where all values are equal. */
  readonly z: number | null;
  readonly pValue: number | null;
  /** The same with a continuity correction of ½. */
  readonly pValueCorrected: number | null;
  /** P(a variant's value > a control's) + ½·P(equal). */
  readonly commonLanguage: number;
}

/**
 * Mann and Whitney's test, by midranks with the correction for ties, from a histogram: what an engine can count. The normal
 * limit; exact tables are for a handful of units. Null where an arm is empty. H. B. Mann, D. R. Whitney, "On a
 * test of whether one of two random variables is stochastically larger than the other", *Annals of Mathematical Statistics* 18
 * (1947), 50–60; ties: E. L. Lehmann, *Nonparametrics* (1975), section 1.4. It compares distributions, not means.
 */
export function mannWhitney(histogram: readonly TiedCount[]): RankTest | null {
  for (const { value, control, variant } of histogram) {
    requireNumber("a value", value);
    requireUnits(control, variant);
  }
  const ascending = [...histogram].sort((a, b) => a.value - b.value);
  let [control, variant, statistic, ties] = [0, 0, 0, 0];
  for (let at = 0; at < ascending.length; ) {
    const { value } = ascending[at]!;
    let [equalControl, equalVariant] = [0, 0];
    for (; ascending[at]?.value === value; at++) {
      equalControl += ascending[at]!.control;
      equalVariant += ascending[at]!.variant;
    }
    statistic += equalVariant * (control + equalControl / 2);
    control += equalControl;
    variant += equalVariant;
    const tied = equalControl + equalVariant;
    ties += tied * (tied - 1) * (tied + 1);
  }
  if (control === 0 || variant === 0) return null;
  const units = control + variant;
  const variance = ((control * variant) / 12) * (units + 1 - ties / (units * (units - 1)));
  const standardDeviation = Math.sqrt(Math.max(0, variance));
  const distance = statistic - (control * variant) / 2;
  const test = (reach: number) => Math.min(1, 2 * normalSf(reach / standardDeviation));
  const varies = standardDeviation > 0;
  return {
    statistic,
    standardDeviation,
    z: varies ? distance / standardDeviation : null,
    pValue: varies ? test(Math.abs(distance)) : null,
    pValueCorrected: varies ? test(Math.max(0, Math.abs(distance) - 0.5)) : null,
    commonLanguage: statistic / (control * variant),
  };
}

/** The histogram of two lists of values. */
export function tiedCounts(control: readonly number[], variant: readonly number[]): readonly TiedCount[] {
  for (const value of [...control, ...variant]) requireNumber("a value", value);
  const counts = new Map<number, { control: number; variant: number }>();
  const count = (arm: "control" | "variant") => (value: number) => {
    const entry = counts.get(value) ?? { control: 0, variant: 0 };
    entry[arm]++;
    counts.set(value, entry);
  };
  control.forEach(count("control"));
  variant.forEach(count("variant"));
  return [...counts].map(([value, entry]) => ({ value, ...entry }));
}
