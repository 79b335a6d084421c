import { answerOrNull } from "./domain.ts";
/** What is known of values in clusters. */
export interface ClusteredValues {
  readonly clusters: number;
  readonly values: number;
  /** Σ mᵢ² over the clusters' sizes. */
  readonly squaredSizes: number;
  /** Σ mᵢ(ȳᵢ − ȳ)² over clusters. */
  readonly between: number;
  /** Σ (y − ȳ)² over values. */
  readonly total: number;
}

/**
 * Share of the variance that lies between clusters, by analysis of variance with clusters of unequal sizes: (MSB − MSW) / (MSB +
 * (m₀ − 1)·MSW), m₀ = (N − Σmᵢ²/N)/(k − 1). Allan Donner, John J. Koval, "The estimation of intraclass correlation in the analysis
 * of family data", *Biometrics* 36 (1980), 19–25, section 2. Moved into [0, 1]; null with fewer than two clusters, where every
 * cluster has one value, and where nothing varies.
 */
export function intraclassCorrelation(of: ClusteredValues): number | null {
  const { clusters, values, squaredSizes, between, total } = of;
  if (clusters < 2 || values <= clusters || !(total > 0)) return null;
  const betweenMean = between / (clusters - 1);
  const withinMean = Math.max(0, total - between) / (values - clusters);
  const size = (values - squaredSizes / values) / (clusters - 1);
  const correlation = (betweenMean - withinMean) / (betweenMean + (size - 1) * withinMean);
  return answerOrNull(Math.min(1, Math.max(0, correlation)));
}
