import type { Analysis } from "../verdict/generated/analysis.ts";

export type MetricResult = Analysis["metrics"][number];
export type ArmResult = MetricResult["variants"][number];
export type ComparisonResult = MetricResult["comparisons"][number];
export type SeriesComparison = MetricResult["series"][number]["comparisons"][number];
export type IntervalResult = ComparisonResult["absolute"];
export type Reason = Analysis["verdict"]["reasons"][number];
export type DecisionWord = Analysis["verdict"]["decision"];
export type EffectSize = NonNullable<Analysis["design"]["mde"]>;
export type Counts = Analysis["health"]["srm"]["observed"];

/** The primary metric's result; undefined only in an Analysis without metrics. */
export function primaryOf(analysis: Analysis): MetricResult | undefined {
  return analysis.metrics.find(({ role }) => role === "primary");
}

export function armOf(metric: MetricResult, variant: string): ArmResult | undefined {
  return metric.variants.find((arm) => arm.variant === variant);
}

/** The comparisons that decide: the main effects of parameters where there are any. */
export function decidingOf({ comparisons, effects = [] }: MetricResult): readonly ComparisonResult[] {
  return effects.length > 0 ? effects.map(({ comparison }) => comparison) : comparisons;
}

/** By what is compared with the control, or with a parameter's first value. */
export function comparisonOf(
  metric: MetricResult,
  variant: string | undefined,
): ComparisonResult | undefined {
  return [...decidingOf(metric), ...metric.comparisons].find((comparison) => comparison.variant === variant);
}

/** What is compared with what: of a main effect, the units with the first value and those with this one. */
export function armsOf(
  metric: MetricResult,
  comparison: Pick<ComparisonResult, "variant">,
  control: string,
): readonly [ArmResult | undefined, ArmResult | undefined] {
  const effect = metric.effects?.find((each) => each.comparison.variant === comparison.variant);
  if (effect) return [effect.variants[0], effect.variants[1]];
  return [armOf(metric, control), armOf(metric, comparison.variant)];
}

/** Whether parameters are analysed by their main effects, which then decide. */
export function hasMainEffects({ metrics }: Analysis): boolean {
  return metrics.some(({ effects = [] }) => effects.length > 0);
}

/** The comparison that a reader wants first: of the variant to ship, else of the one that does best. */
export function leadingComparison(
  metric: MetricResult,
  shipped: string | null,
): ComparisonResult | undefined {
  const direction = directionOf(metric);
  const benefit = ({ absolute }: ComparisonResult) =>
    absolute.estimate === null ? -Infinity : direction * absolute.estimate;
  return (
    decidingOf(metric).find(({ variant }) => variant === shipped) ??
    decidingOf(metric).reduce<ComparisonResult | undefined>(
      (best, next) => (best && benefit(best) >= benefit(next) ? best : next),
      undefined,
    )
  );
}

/** +1 where more is better, −1 where less is. */
export function directionOf(metric: MetricResult): 1 | -1 {
  return metric.better === "higher" ? 1 : -1;
}

/** The count of a variant, by own property only: a variant may be called `constructor`. */
export function countOf(counts: Counts, variant: string): number {
  return Object.hasOwn(counts, variant) ? (counts[variant] ?? 0) : 0;
}

export function totalOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** True where rows came from `simulate`: it says so itself, and in its files’ names, which copies keep. */
export function isSimulated(analysis: Analysis): boolean {
  return analysis.sources.some(
    ({ simulated, files }) => simulated || files.some((file) => /(^|[\\/])simulated[^\\/]*$/i.test(file)),
  );
}
