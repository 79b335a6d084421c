import { chiSquaredSf } from "./chi-squared.ts";

export interface Heterogeneity {
  /** Weighted by precision. */
  readonly pooled: number;
  readonly pooledStandardError: number;
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** Of equal effects. */
  readonly pValue: number;
  /** Share of the statistic beyond chance, I², 0 to 1. */
  readonly inconsistency: number;
}

/**
 * Do the effects of groups differ more than chance explains? Q = Σ wᵢ(dᵢ − d̄)², w = 1/se², is chi-squared with groups − 1
 * degrees of freedom where they do not. Effects with a standard error that is null or not above 0 are left out; null with
 * fewer than two of them. William G. Cochran, "The combination of estimates from different experiments", *Biometrics* 10
 * (1954), 101–129; I² by Julian P. T. Higgins, Simon G. Thompson, *Statistics in Medicine* 21 (2002), 1539–1558.
 */
export function cochranQ(
  effects: readonly { readonly estimate: number | null; readonly standardError: number | null }[],
): Heterogeneity | null {
  const usable = effects.flatMap(({ estimate, standardError }) =>
    estimate !== null && standardError !== null && standardError > 0 && Number.isFinite(estimate)
      ? [{ estimate, weight: 1 / (standardError * standardError) }]
      : [],
  );
  if (usable.length < 2) return null;
  const total = usable.reduce((sum, { weight }) => sum + weight, 0);
  const pooled = usable.reduce((sum, { estimate, weight }) => sum + weight * estimate, 0) / total;
  const statistic = usable.reduce((sum, { estimate, weight }) => sum + weight * (estimate - pooled) ** 2, 0);
  const pooledStandardError = Math.sqrt(1 / total);
  if (!Number.isFinite(statistic) || !(pooledStandardError > 0)) return null;
  const degreesOfFreedom = usable.length - 1;
  return {
    pooled,
    pooledStandardError,
    statistic,
    degreesOfFreedom,
    pValue: chiSquaredSf(statistic, degreesOfFreedom),
    inconsistency: statistic > 0 ? Math.max(0, 1 - degreesOfFreedom / statistic) : 0,
  };
}
