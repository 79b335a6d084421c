import { formatDifference, formatMean } from "../verdict/effect-format.ts";
import type { Analysis } from "../verdict/generated/analysis.ts";
import { formatPercent, formatPlain, statePValue } from "../verdict/number-format.ts";
import { decidingOf, type MetricResult, primaryOf } from "./result.ts";

type Breakdown = MetricResult["breakdowns"][number];

/** What explores, in a sentence that stands above all of it. */
export const EXPLORATION = "These numbers explain and raise questions; none of them decides.";

/** What a breakdown cannot say. */
export const BREAKDOWN_CAVEAT =
  "Units were not randomised between the values, so a difference between values is no effect of the attribute. p-values are corrected over all values and variants.";

/** Whether main effects hold in each cell; null where there is one parameter. */
export function describeInteraction({ interaction, name }: MetricResult): string | null {
  if (!interaction) return null;
  const found = statePValue(interaction.pValue);
  return interaction.pValue < 0.05
    ? `${name}: the parameters’ effects do not add up (${found}). Read the cells, not the main effects alone.`
    : `${name}: no sign that the parameters’ effects do not add up (${found}).`;
}

/** `Revenue by price: +0.222 per step of 1 (+0.189 to +0.256), p < 0.0001. No sign that the means lie off a line (p = 0.8389).` */
export function describeDose({ dose, kind, name }: MetricResult): string | null {
  if (!dose || dose.slope.estimate === null) return null;
  const { curvature, parameter, pValue, slope } = dose;
  const { estimate, interval } = formatDifference(kind, slope);
  const trend = `${name} by ${parameter}: ${estimate} per step of 1${interval ? ` (${interval})` : ""}, ${statePValue(pValue)}.`;
  if (!curvature) return trend;
  const fit = statePValue(curvature.pValue);
  return curvature.pValue < 0.05
    ? `${trend} The means do not lie on a line (${fit}): read the levels, not the slope alone.`
    : `${trend} No sign that the means lie off a line (${fit}).`;
}

/** Ranks, medians and resampling beside the mean, a line a comparison. */
export function sensitivityLines(metric: MetricResult): readonly string[] {
  return decidingOf(metric).flatMap(({ sensitivity, variant }) => {
    if (!sensitivity) return [];
    const { bootstrap, median, rank } = sensitivity;
    const parts = [
      bootstrap &&
        `bootstrap interval ${formatDifference(metric.kind, { ...bootstrap, estimate: null }).interval}`,
      rank &&
        `ranks ${statePValue(rank.pValue)}, a unit of the variant lies above one of the control in ${formatPercent(rank.probability)} of pairs`,
      median &&
        `medians ${formatMean(metric.kind, median.control)} and ${formatMean(metric.kind, median.variant)}`,
    ].filter((part) => part !== null);
    return parts.length > 0 ? [`${metric.name}, ${variant}: ${parts.join("; ")}.`] : [];
  });
}

/** What a breakdown says of each variant: whether effects differ between the values. */
export function interactionLines({ attribute, interactions }: Breakdown): readonly string[] {
  return interactions.flatMap(({ adjustedPValue, reversed, variant }) => {
    const p = adjustedPValue === null ? null : statePValue(adjustedPValue);
    const verdict =
      p === null
        ? `${variant}: whether effects differ between the values of ${attribute} cannot be told.`
        : (adjustedPValue ?? 1) < 0.05
          ? `${variant}: effects differ between the values of ${attribute} (interaction ${p}, corrected).`
          : `${variant}: no sign that effects differ between the values of ${attribute} (interaction ${p}, corrected). Read the overall effect.`;
    const simpson = `${variant}: the overall effect has the opposite sign of every value’s, because the mix of values differs between the arms (Simpson’s paradox). Look at the split by ${attribute} before trusting either.`;
    return reversed ? [verdict, simpson] : [verdict];
  });
}

/** A value's name for people. */
export function valueName({ other, value }: Breakdown["values"][number]): string {
  if (other) return "all others";
  return value === null ? "(none)" : value === "" ? "(empty)" : value;
}

/** `day 0`, `days 7 to 13`: whole days since exposure. */
export function stretchName({ from, to }: { readonly from: number; readonly to: number }): string {
  const [first, last] = [Math.floor(from), Math.ceil(to) - 1];
  if (!Number.isInteger(from) || !Number.isInteger(to))
    return `${formatPlain(from)} to ${formatPlain(to)} days`;
  return first >= last ? `day ${first}` : `days ${first} to ${last}`;
}

/** Of parameters and doses, then what ranks and resampling say: lines of plain text. */
export function explorationLines(metrics: readonly MetricResult[]): readonly string[] {
  return metrics.flatMap((metric) => [
    ...[describeInteraction(metric), describeDose(metric)].filter((line) => line !== null),
    ...sensitivityLines(metric),
  ]);
}

/** The metrics with breakdowns, the primary first as in the Analysis. */
export function brokenDown({ metrics }: Analysis): readonly MetricResult[] {
  return metrics.filter(({ breakdowns }) => breakdowns.length > 0);
}

/** The stretches of the primary; fewer than two show nothing. */
export function agesOf(analysis: Analysis): {
  readonly metric: MetricResult;
  readonly stretches: NonNullable<MetricResult["byAge"]>;
} | null {
  const metric = primaryOf(analysis);
  const stretches = metric?.byAge ?? [];
  return metric && stretches.length > 1 ? { metric, stretches } : null;
}
