import { formatDifference, formatLift, formatMean } from "../verdict/effect-format.ts";
import type { Analysis } from "../verdict/generated/analysis.ts";
import { formatPValue } from "../verdict/number-format.ts";
import { effectMark, metricsAxis } from "./effect-axis.ts";
import { NOTES } from "./health-words.ts";
import { readComparison } from "./reading.ts";
import { armsOf, type ComparisonResult, decidingOf, hasMainEffects, type MetricResult } from "./result.ts";
import type { Style } from "./terminal-style.ts";
import { clip, displayWidth, plainText } from "./terminal-text.ts";
import { textAxis, textGlyph } from "./text-glyph.ts";
import { renderTextTable } from "./text-table.ts";

const GLYPH_WIDTH = 25;
const NAME_WIDTH = 28;
const INDENT = "  ";

interface Column {
  readonly head: string;
  cell(metric: MetricResult, comparison: ComparisonResult): string;
}

/** The metrics as a table, a row per comparison. Where it is too wide, the columns that matter least are left out. */
export function metricLines(analysis: Analysis, style: Style, width: number): readonly string[] {
  const columns = columnsOf(analysis);
  let shown = Object.keys(columns) as (keyof typeof columns)[];
  let table = tableOf(analysis, Object.values(columns), style);
  for (const dispensable of ["control", "value", "role", "glyph", "reading"] as const) {
    if (Math.max(...table.map(displayWidth)) + INDENT.length <= width) break;
    shown = shown.filter((name) => name !== dispensable);
    table = tableOf(
      analysis,
      shown.map((name) => columns[name]),
      style,
    );
  }
  return [
    style.bold("Metrics"),
    ...table.map((line) => INDENT + line),
    ...noteLines(analysis).map(style.dim),
  ];
}

function columnsOf(analysis: Analysis) {
  const { control } = analysis.design;
  const axis = metricsAxis(analysis);
  const mean = (metric: MetricResult, comparison: ComparisonResult, side: 0 | 1) =>
    formatMean(metric.kind, armsOf(metric, comparison, control)[side]?.mean ?? null);
  return {
    metric: { head: "Metric", cell: ({ name }) => clip(plainText(name), NAME_WIDTH) },
    role: { head: "Role", cell: ({ role }) => role },
    variant: { head: "Variant", cell: (_, { variant }) => clip(plainText(variant), NAME_WIDTH) },
    control: {
      head: hasMainEffects(analysis) ? "First value" : "Control",
      cell: (metric, comparison) => mean(metric, comparison, 0),
    },
    value: { head: "Value", cell: (metric, comparison) => mean(metric, comparison, 1) },
    effect: { head: "Lift", cell: (metric, comparison) => effectOf(metric, comparison).estimate },
    interval: { head: "Interval", cell: (metric, comparison) => effectOf(metric, comparison).interval ?? "" },
    glyph: {
      head: textAxis(axis, GLYPH_WIDTH),
      cell: (metric, comparison) => textGlyph(axis, effectMark(metric, comparison, control), GLYPH_WIDTH),
    },
    p: { head: "p", cell: (_, { pValue }) => formatPValue(pValue) },
    adjusted: { head: "Adjusted", cell: (_, { adjustedPValue }) => formatPValue(adjustedPValue) },
    reading: { head: "Reading", cell: (metric, comparison) => readComparison(metric, comparison).text },
  } satisfies Record<string, Column>;
}

function tableOf({ metrics }: Analysis, columns: readonly Column[], style: Style): readonly string[] {
  const rows = metrics.flatMap((metric) =>
    decidingOf(metric).map((comparison) => columns.map(({ cell }) => cell(metric, comparison))),
  );
  return renderTextTable([columns.map(({ head }) => head), ...rows], style);
}

function noteLines({ metrics }: Analysis): readonly string[] {
  return metrics.flatMap((metric) =>
    decidingOf(metric).flatMap(({ variant, notes }) =>
      notes.map((note) => `${INDENT}${plainText(metric.name)}, ${plainText(variant)}: ${NOTES[note]}`),
    ),
  );
}

/** The lift and its interval; the difference where there is no lift. */
function effectOf(metric: MetricResult, { relative, absolute }: ComparisonResult) {
  return relative.estimate === null ? formatDifference(metric.kind, absolute) : formatLift(relative);
}
