import { formatDifference, formatLift } from "../verdict/effect-format.ts";
import type { Analysis } from "../verdict/generated/analysis.ts";
import {
  formatCount,
  formatPercent,
  formatPlain,
  formatQuantity,
  statePValue,
} from "../verdict/number-format.ts";
import { type ComparisonResult, countOf, decidingOf, type MetricResult, totalOf } from "./result.ts";

type Reason = NonNullable<NonNullable<ComparisonResult["cuped"]>["reason"]>;

const REASONS: Readonly<Record<Reason, string>> = {
  "too-few-units": "an arm has fewer than 60 units",
  "no-variance": "the values before exposure do not vary",
  "no-covariate": "the data have no values before exposure",
  "not-for-kind": "it is not done for this kind of metric",
  "not-at-looks": "the values before exposure are not known day by day",
};

/** What was done to the values before they were compared: adjusting, capping, clustering. Plain text, a line each. */
export function adjustmentLines(analysis: Analysis): readonly string[] {
  return analysis.metrics.flatMap((metric) => [
    ...cappedLine(analysis, metric),
    ...clustersLine(analysis, metric),
    ...adjustedLines(analysis, metric),
  ]);
}

/** `Revenue, one-page: adjusted by the 14 days before exposure (CUPED), variance −45.2%; unadjusted lift +3.1% (−1.2% to +7.5%), p = 0.1081.` */
function adjustedLines({ design }: Analysis, metric: MetricResult): readonly string[] {
  const days = typeof design.cuped === "number" ? `the ${formatPlain(design.cuped)} days` : "the values";
  const comparisons = decidingOf(metric);
  const reasons = comparisons.map(({ cuped }) => cuped?.reason ?? null);
  const [common] = reasons;
  if (common && reasons.every((reason) => reason === common))
    return [`${metric.name}: not adjusted by what was before exposure (CUPED), because ${REASONS[common]}.`];
  return comparisons.flatMap(({ cuped, variant }) => {
    if (!cuped) return [];
    if (cuped.reason) return [`${metric.name}, ${variant}: not adjusted, because ${REASONS[cuped.reason]}.`];
    const saved = cuped.varianceReduction === null ? "" : `, ${describeSaving(cuped.varianceReduction)}`;
    const raw = cuped.unadjusted;
    const unadjusted = raw ? `; unadjusted ${effectText(metric, raw)}, ${statePValue(raw.pValue)}` : "";
    return [`${metric.name}, ${variant}: adjusted by ${days} before exposure (CUPED)${saved}${unadjusted}.`];
  });
}

function describeSaving(reduction: number): string {
  if (Math.abs(reduction) < 0.001) return "the variance is as before";
  return reduction >= 0
    ? `${formatPercent(reduction)} less variance`
    : `${formatPercent(-reduction)} more variance`;
}

function cappedLine(_: Analysis, { name, winsorized, variants }: MetricResult): readonly string[] {
  if (!winsorized || winsorized.cap === null) return [];
  const units = variants.reduce((sum, arm) => sum + arm.units, 0);
  const capped = totalOf(winsorized.capped);
  const share = units > 0 ? ` of ${formatCount(units)}` : "";
  return [
    `${name}: values above ${formatQuantity(winsorized.cap)} count as that, ${formatCount(capped)}${share} units.`,
  ];
}

function clustersLine({ design }: Analysis, { clusters, name, variants }: MetricResult): readonly string[] {
  if (!clusters) return [];
  const parts = design.variants.map(({ variant }) => {
    const randomised = variants.find((arm) => arm.variant === variant)?.units ?? 0;
    return `${variant} ${formatCount(countOf(clusters, variant))} in ${formatCount(randomised)}`;
  });
  return [
    `${name}: measured on members of the randomised units, which are its clusters (${parts.join(", ")}).`,
  ];
}

/** `lift +3.1% (−1.2% to +7.5%)`; the difference where there is no lift. */
export function effectText(
  { kind }: Pick<MetricResult, "kind">,
  { absolute, relative }: Pick<ComparisonResult, "absolute" | "relative">,
): string {
  const hasLift = relative.estimate !== null;
  const { estimate, interval } = hasLift ? formatLift(relative) : formatDifference(kind, absolute);
  return `${hasLift ? "lift" : "difference"} ${estimate}${interval === null ? "" : ` (${interval})`}`;
}
