import type {
  BaselineMeasurement,
  BaselineReport,
  MeasuredClusters,
  MeasuredCorrelation,
  VolumeMeasurement,
} from "../inference/baseline-report.ts";
import { DAY_MS, dayOf, daysBetween, parseInstant } from "../model/calendar.ts";
import { formatPeriod, type Measured } from "../model/measured.ts";
import { type Baseline, isBinary, levelOf } from "../model/metric.ts";
import {
  ABSENT,
  formatCount,
  formatPercent,
  formatPlain,
  formatPlainPercent,
  formatQuantity,
  formatSigned,
} from "../verdict/number-format.ts";

/** Rows of a table; the first heads it. Texts are as people wrote them: whoever prints them escapes them. */
export type Rows = readonly (readonly string[])[];

/** What was measured of metrics, beside what YAML says. */
export function baselineRows(report: BaselineReport): Rows {
  const end = endOfData(report);
  return [
    ["metric", "of", "units", "measured", "s.e.", "in YAML", "change", "met on"],
    ...report.baselines.map((each) => [
      each.metric,
      ofWhom(each),
      formatCount(each.units),
      describeMeasured(each),
      describeError(each),
      describeWritten(each, end),
      describeChange(each.value, each.written && writtenValue(each.written)),
      `${each.period ? formatPeriod(each.period) : "no days"}${each.window === null ? "" : `, then ${durationOf(each.window)}`}`,
    ]),
  ];
}

/** What adjusting takes off and what clusters add, of the metrics that have such; only a head where none has. */
export function precisionRows({ baselines }: BaselineReport): Rows {
  return [
    ["metric", "of", "measured", "in YAML"],
    ...baselines.flatMap((each) => [
      ...(each.cuped === null
        ? []
        : [[each.metric, ofWhom(each), describeCorrelation(each.cuped), statedCorrelation(each.written)]]),
      ...each.clusters.map((found) => [
        each.metric,
        `${each.unit} in ${found.unit}`,
        describeClusters(found, each.unit),
        statedClusters(each.written, found.unit),
      ]),
    ]),
  ];
}

/** How many units come, beside what YAML says. */
export function volumeRows(report: BaselineReport): Rows {
  const end = endOfData(report);
  return [
    ["new units", "met", "a day", "in YAML", "change", "new by week", "in all by week", "met on"],
    ...report.volumes.map((each) => [
      each.experiment === null ? each.unit : ofWhom(each),
      formatCount(each.units),
      formatQuantity(each.newPerDay),
      each.written.newPerDay === null
        ? ABSENT
        : `${formatPlain(each.written.newPerDay)} ${provenance(each.written.measured, end)}`,
      describeChange(each.newPerDay, each.written.newPerDay),
      listCounts(each.weeks),
      listCounts(runningTotals(each.weeks)),
      formatPeriod(each.period),
    ]),
  ];
}

/** Units met by weekday, and how far the strongest lies above the weakest, of their average. */
export function weekdayRows({ volumes }: BaselineReport): Rows {
  return [
    ["met a day", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "spread"],
    ...volumes.map((each) => [
      each.experiment === null ? each.unit : ofWhom(each),
      ...each.weekdays.map((count) => (count === null ? ABSENT : formatCount(count))),
      spreadOf(each),
    ]),
  ];
}

/** From when to when each source has rows, and how long that is ago. `now`: milliseconds since 1970. */
export function sourceRows({ sources, timezone }: BaselineReport, now: number): Rows {
  return [
    ["source", "rows", "from", "to", "ends"],
    ...sources.map(({ source, rows, first, last }) => [
      source,
      formatCount(rows),
      first === null ? ABSENT : dayOf(parseInstant(first), timezone),
      last === null ? ABSENT : dayOf(parseInstant(last), timezone),
      last === null ? ABSENT : ago(daysBetween(dayOf(parseInstant(last), timezone), dayOf(now, timezone))),
    ]),
  ];
}

/** Who was measured, a sentence for each way in which units were met. */
export function populationNotes({ baselines, volumes }: BaselineReport): readonly string[] {
  const usual = new Map<string, string[]>();
  for (const { entry, experiment, unit } of baselines) {
    const note = entryNote(entry, experiment);
    const units = usual.get(note) ?? [];
    if (!units.includes(unit)) usual.set(note, [...units, unit]);
  }
  return [
    ...[...usual].map(([note, units]) => `${units.join(", ")}: ${note}`),
    ...(volumes.length > 0
      ? [
          "a day: units that were not met before in these days, on average; of an audience, its share of the exposed",
        ]
      : []),
  ];
}

function entryNote(entry: BaselineMeasurement["entry"], experiment: string | null): string {
  if (entry === null) return "rows of the table, whatever their variant";
  if (entry.kind === "event") return `from their first \`${entry.event}\``;
  if (entry.kind === "exposures")
    return entry.audience === null
      ? "from their first exposure to any experiment, whatever their variant"
      : `from their first exposure with attributes that ${experiment} is for`;
  return "from their first row of any kind; where all events are outcomes this overstates: --entry <event> names what brings units in";
}

function ofWhom({ unit, experiment, entry }: BaselineMeasurement | VolumeMeasurement): string {
  return experiment === null || entry === null ? unit : `${unit}, ${experiment}`;
}

function describeMeasured({ value, standardDeviation, metricKind, baseline }: BaselineMeasurement): string {
  if (value === null) return ABSENT;
  if (baseline?.kind === "rate" && baseline.steps) return baseline.steps.map(formatPercent).join(" → ");
  if (isBinary(metricKind)) return formatPercent(value);
  if (metricKind === "quantile")
    return `${formatQuantity(value)}${baseline?.kind === "quantile" ? ` (spread ${formatQuantity(baseline.spread)})` : ""}`;
  const reporting =
    metricKind === "mean" && baseline?.kind === "mean" ? `, ${formatPercent(baseline.reporting)} report` : "";
  return `${formatQuantity(value)} (sd ${formatQuantity(standardDeviation)}${reporting})`;
}

/** The credit is of units: 1 − correlation². */
function describeCorrelation({ before, correlation, isCovered }: MeasuredCorrelation): string {
  const what = `with the ${durationOf(before)} before`;
  if (correlation === null) return `${what}: nothing varies`;
  const credit = formatPercent(correlation ** 2);
  return `correlation ${formatQuantity(correlation)} ${what}: ${credit} fewer units${isCovered ? "" : "; the data begin too late for all, so it is too weak"}`;
}

function statedCorrelation(written: Baseline | null): string {
  return written?.cuped ? formatPlain(written.cuped.correlation) : ABSENT;
}

function describeClusters(
  { units, meanSize, sizeVariation, intraclassCorrelation, period, unit }: MeasuredClusters,
  member: string,
): string {
  const sizes = `${formatQuantity(meanSize)} ${member} per ${unit}${sizeVariation === null ? "" : ` (variation ${formatQuantity(sizeVariation)})`}`;
  const alike =
    intraclassCorrelation === null
      ? "no intra-class correlation"
      : `ICC ${formatQuantity(intraclassCorrelation)}`;
  return `${sizes}, ${alike}; ${formatCount(units)} met${period ? ` ${formatPeriod(period)}` : ""}`;
}

function statedClusters(written: Baseline | null, unit: string): string {
  const stated = written?.clusters && Object.hasOwn(written.clusters, unit) ? written.clusters[unit] : null;
  return stated
    ? `${formatPlain(stated.meanSize)}, ICC ${formatPlain(stated.intraclassCorrelation)}`
    : ABSENT;
}

function describeError({ standardError, metricKind }: BaselineMeasurement): string {
  if (standardError === null) return ABSENT;
  return isBinary(metricKind)
    ? `${formatQuantity(100 * standardError, 2)} pp`
    : formatQuantity(standardError, 2);
}

function describeWritten({ written }: BaselineMeasurement, end: string | null): string {
  if (written === null) return ABSENT;
  return `${statedBaseline(written)} ${provenance(written.measured, end)}`;
}

function statedBaseline(written: Baseline): string {
  switch (written.kind) {
    case "rate":
      return formatPlainPercent(written.rate);
    case "mean":
      return `${formatPlain(written.mean)} (sd ${formatPlain(written.standardDeviation)})`;
    case "quantile":
      return `${formatPlain(written.value)} (spread ${formatPlain(written.spread)})`;
  }
}

/** Where a written value comes from, and how old that was on the last day of the data. */
function provenance(measured: Measured | undefined, end: string | null): string {
  if (!measured) return "assumed";
  if (!measured.period) return `of ${formatCount(measured.units)} units`;
  const age = end === null ? 0 : daysBetween(measured.period.to, end);
  return `of ${formatPeriod(measured.period)}${age > 0 ? `, ${formatCount(age)} ${age === 1 ? "day" : "days"} before the data end` : ""}`;
}

/** The last day of which any source has a row; null without timestamps. */
function endOfData({ sources, timezone }: BaselineReport): string | null {
  const days = sources.flatMap(({ last }) => (last === null ? [] : [dayOf(parseInstant(last), timezone)]));
  return days.sort().at(-1) ?? null;
}

function listCounts(counts: readonly number[]): string {
  return counts.length === 0 ? ABSENT : counts.map(formatCount).join(" · ");
}

function runningTotals(counts: readonly number[]): readonly number[] {
  let total = 0;
  return counts.map((count) => {
    total += count;
    return total;
  });
}

function writtenValue(baseline: NonNullable<BaselineMeasurement["written"]>): number {
  return levelOf(baseline);
}

function describeChange(value: number | null, written: number | null): string {
  return value === null || written === null || written === 0
    ? ABSENT
    : `${formatSigned(100 * (value / written - 1), 1)}%`;
}

function spreadOf({ weekdays }: VolumeMeasurement): string {
  const known = weekdays.filter((count) => count !== null);
  const mean = known.reduce((sum, count) => sum + count, 0) / known.length;
  return known.length < 2 || mean === 0
    ? ABSENT
    : formatPercent((Math.max(...known) - Math.min(...known)) / mean);
}

function ago(days: number): string {
  if (days < 0) return "in the future";
  if (days === 0) return "today";
  return days === 1 ? "1 day ago" : `${formatCount(days)} days ago`;
}

function durationOf(window: number): string {
  const days = window / DAY_MS;
  return Number.isInteger(days) ? `${days}d` : `${formatPlain(days * 24)}h`;
}
