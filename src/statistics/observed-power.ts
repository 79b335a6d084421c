import { requireErrorRate, requireNumber } from "./domain.ts";
import { normalCdf, normalIsf } from "./normal.ts";

export interface ObservedPowerInput {
  readonly difference: number;
  /** Under no difference: pooled, for proportions. */
  readonly standardErrorNull: number;
  /** Under the difference itself: unpooled, for proportions. */
  readonly standardErrorAlternative: number;
  /** Two-sided error rate. */
  readonly alpha: number;
  /** Count a significant result in the wrong direction too; default false. */
  readonly strict?: boolean;
}

/**
 * Power of a two-sided normal test at a true difference δ, Φ((|δ| − z_{1−α/2}·se₀)/se₁); the far tail, a
 * significant result in the wrong direction, is left out unless `strict`. Null where se₁ is 0.
 *
 * Fleiss, Levin, Paik, "Statistical Methods for Rates and Proportions", 3rd ed., 2003, eq. 4.16.
 */
export function observedPower(input: ObservedPowerInput): number | null {
  requireErrorRate(input.alpha);
  requireNumber("a difference", input.difference);
  if (!(input.standardErrorAlternative > 0 && input.standardErrorNull >= 0)) return null;
  if (!Number.isFinite(input.standardErrorNull + input.standardErrorAlternative)) return null;
  const critical = normalIsf(input.alpha / 2) * input.standardErrorNull;
  const tail = (reach: number) => normalCdf((reach - critical) / input.standardErrorAlternative);
  const difference = Math.abs(input.difference);
  return tail(difference) + (input.strict ? tail(-difference) : 0);
}
