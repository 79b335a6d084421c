import { requireAnswer, requireFinite } from "./domain.ts";
/**
 * How much clustering multiplies the units needed: 1 + ((1 + CV²)·m̄ − 1)·ICC, m̄ the mean cluster size and CV the coefficient of variation of
 * the sizes (0: all equal). Sandra M. Eldridge, Deborah Ashby, Sally Kerry, "Sample size for cluster randomized trials: effect of coefficient of variation of cluster
 * size and analysis method", *International Journal of Epidemiology* 35 (2006), 1292–1300, equation 2.
 */
export function designEffect(clusters: {
  readonly meanSize: number;
  readonly sizeVariation?: number;
  readonly intraclassCorrelation: number;
}): number {
  const { meanSize, sizeVariation = 0, intraclassCorrelation } = clusters;
  requireFinite("a size, its variation and a correlation", meanSize, sizeVariation, intraclassCorrelation);
  return requireAnswer(1 + ((1 + sizeVariation ** 2) * meanSize - 1) * intraclassCorrelation);
}
