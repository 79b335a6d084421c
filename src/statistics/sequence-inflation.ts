import { requireErrorRate } from "./domain.ts";
import { normalIsf } from "./normal.ts";

/**
 * How many times the units of the fixed test an asymptotic confidence sequence needs for the same power, where it is
 * tightest: ((h + z_power)/(z_{1−α/2} + z_power))², h = √(2(x+1)/x·ln(√(x+1)/α)), x = −2 ln α + ln(1 − 2 ln α) the n·ρ² of
 * `sequenceRho` at the planned units. Only the last look is counted, so the true power is higher. 1.915 at α = .05 and 80%.
 * One-sided: z_{1−α}, x at 2α, and ln(1 + √(x+1)/(2α)) in place of the logarithm, as in `oneSidedUpper`.
 */
export function sequenceInflation(alpha: number, power: number, sides: 1 | 2 = 2): number {
  requireErrorRate((2 / sides) * alpha);
  requireErrorRate(1 - power);
  const logs = -2 * Math.log(sides === 2 ? alpha : 2 * alpha);
  const x = logs + Math.log1p(logs);
  const logTerm =
    sides === 2 ? 0.5 * Math.log1p(x) - Math.log(alpha) : Math.log1p(Math.sqrt(x + 1) / (2 * alpha));
  const reach = Math.sqrt(((2 * (x + 1)) / x) * logTerm);
  const z = normalIsf(1 - power);
  return ((reach + z) / (normalIsf(alpha / sides) + z)) ** 2;
}
