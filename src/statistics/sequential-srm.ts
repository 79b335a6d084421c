import gammaln from "@stdlib/math-base-special-gammaln";
import { answerOrNull, requireFinite, requirePositive, requireUnits } from "./domain.ts";
import { sum } from "./sum.ts";

export interface SequentialSrm {
  /** ln of the Bayes factor against the shares. */
  readonly logBayesFactor: number;
  /** min(1, 1/BF), of this look: valid at every look when the smallest so far is taken. */
  readonly pValue: number;
}

/**
 * Sequential sample ratio mismatch: a Dirichlet-multinomial Bayes factor against the shares, whose inverse may be looked
 * at after every unit. Shares are weights > 0 in any scale; `concentration` k says how near the shares the alternative
 * lies (default 10,000: about one percentage point). Null without units or with fewer than two arms.
 * Michael Lindon, Alan Malek, "Anytime-valid inference for multinomial count data" (NeurIPS 2022, arXiv:2011.03567), theorem 1.
 */
export function sequentialSrm(
  observed: readonly number[],
  shares: readonly number[],
  concentration = 10_000,
): SequentialSrm | null {
  const units = sum(observed);
  const totalShare = sum(shares);
  requireFinite("shares and the concentration", totalShare, concentration);
  requirePositive("the concentration", concentration);
  for (const count of observed) requireUnits(count);
  if (shares.length < 2 || !(units > 0) || shares.some((share) => !(share > 0))) return null;
  const arms = shares.map((share, index) => ({ share: share / totalShare, units: observed[index] ?? 0 }));
  const gains = arms.map(
    (arm) => logRising(concentration * arm.share, arm.units) - arm.units * Math.log(arm.share),
  );
  const logBayesFactor = sum(gains) - logRising(concentration, units);
  return answerOrNull({ logBayesFactor, pValue: Math.exp(Math.min(0, -logBayesFactor)) });
}

/** ln Γ(x + n) − ln Γ(x). */
function logRising(x: number, n: number): number {
  return gammaln(x + n) - gammaln(x);
}
