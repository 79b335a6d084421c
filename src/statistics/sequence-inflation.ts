import { normalIsf } from "./normal.ts";

/**
 * How many times the units of the fixed test an asymptotic confidence sequence needs for the same power, where it is
 * tightest: ((h + z_power)/(z_{1−α/2} + z_power))², h = √(2(x+1)/x·ln(√(x+1)/α)), x = −2 ln α + ln(1 − 2 ln α) the n·ρ² of
 * `sequenceRho` at the planned units. Only the last look is counted, so the true power is higher. 1.915 at α = .05 and 80%.
 */
export function sequenceInflation(alpha: number, power: number): number {
  const logs = -2 * Math.log(alpha);
  const x = logs + Math.log1p(logs);
  const reach = Math.sqrt(((2 * (x + 1)) / x) * (0.5 * Math.log1p(x) - Math.log(alpha)));
  const z = normalIsf(1 - power);
  return ((reach + z) / (normalIsf(alpha / 2) + z)) ** 2;
}
