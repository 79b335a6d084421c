import { formatDifference, formatLift, formatMean } from "../verdict/effect-format.ts";
import type { Analysis } from "../verdict/generated/analysis.ts";
import { ABSENT, formatCount, formatPValue } from "../verdict/number-format.ts";
import { type EffectAxis, type EffectMark, effectAxis } from "./effect-axis.ts";
import { stretchName, valueName } from "./exploration-words.ts";
import { armsOf, countOf, directionOf, type MetricResult } from "./result.ts";

/** A table of explored effects: its cells as plain text, and what each row's glyph shows. */
export interface ExploredTable {
  readonly head: readonly string[];
  readonly axis: EffectAxis;
  readonly rows: readonly { readonly cells: readonly string[]; readonly mark: EffectMark }[];
}

type Breakdown = MetricResult["breakdowns"][number];
type Explored = Breakdown["values"][number]["comparisons"][number];
type Counts = Breakdown["values"][number]["units"];

/** The effect in each value of an attribute, a row per value and variant. */
export function breakdownTable(
  analysis: Analysis,
  metric: MetricResult,
  breakdown: Breakdown,
): ExploredTable {
  const rows = breakdown.values.flatMap((value) =>
    value.comparisons.map((comparison) => {
      const against = againstOf(analysis, metric, comparison);
      const mean = (name: string) => (Object.hasOwn(value.means, name) ? (value.means[name] ?? null) : null);
      return {
        cells: [
          valueName(value),
          comparison.variant,
          unitsText(value.units, against, comparison.variant),
          formatMean(metric.kind, mean(against)),
          formatMean(metric.kind, mean(comparison.variant)),
          ...effectCells(metric, comparison),
          formatPValue(comparison.adjustedPValue),
        ],
        mark: markOf(metric, comparison),
      };
    }),
  );
  return tableOf(
    [
      capital(breakdown.attribute),
      "Variant",
      "Units",
      "Control",
      "Value",
      "Lift",
      "Interval",
      "p",
      "Corrected p",
    ],
    rows,
  );
}

/** The effect in each stretch of time since exposure. */
export function ageTable(
  analysis: Analysis,
  metric: MetricResult,
  stretches: NonNullable<MetricResult["byAge"]>,
): ExploredTable {
  const rows = stretches.flatMap((stretch) =>
    stretch.comparisons.map((comparison) => ({
      cells: [
        stretchName(stretch),
        comparison.variant,
        unitsText(stretch.units, againstOf(analysis, metric, comparison), comparison.variant),
        ...effectCells(metric, comparison),
      ],
      mark: markOf(metric, comparison),
    })),
  );
  return tableOf(["Since exposure", "Variant", "Units", "Lift", "Interval", "p"], rows);
}

function tableOf(head: readonly string[], rows: ExploredTable["rows"]): ExploredTable {
  return {
    head,
    rows,
    axis: effectAxis(
      [],
      rows.map(({ mark }) => mark),
      widest(rows),
    ),
  };
}

/** Small values have wide intervals: the axis follows the estimates, and twice the median interval's reach. */
function widest(rows: ExploredTable["rows"]): readonly number[] {
  const reaches = rows
    .flatMap(({ mark: { lift } }) =>
      lift.lower !== null && lift.upper !== null ? [lift.upper - lift.lower] : [],
    )
    .sort((a, b) => a - b);
  const middle = reaches[Math.floor(reaches.length / 2)] ?? 0;
  return [-middle / 2, middle / 2, ...rows.flatMap(({ mark: { lift } }) => lift.estimate ?? [])];
}

function effectCells(metric: MetricResult, { absolute, pValue, relative }: Explored): readonly string[] {
  const text = relative.estimate === null ? formatDifference(metric.kind, absolute) : formatLift(relative);
  return [text.estimate, text.interval ?? ABSENT, formatPValue(pValue)];
}

function markOf(metric: MetricResult, { relative }: Explored): EffectMark {
  return { lift: relative, margin: null, direction: directionOf(metric) };
}

function againstOf({ design }: Analysis, metric: MetricResult, comparison: Explored): string {
  return armsOf(metric, comparison, design.control)[0]?.variant ?? design.control;
}

function unitsText(units: Counts, against: string, variant: string): string {
  return `${formatCount(countOf(units, against))} / ${formatCount(countOf(units, variant))}`;
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
