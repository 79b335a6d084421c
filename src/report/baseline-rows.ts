import type { BaselineMeasurement, BaselineReport, VolumeMeasurement } from "../inference/baseline-report.ts";
import { DAY_MS, dayOf, daysBetween, parseInstant } from "../model/calendar.ts";
import { formatPeriod, type Measured } from "../model/measured.ts";
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
export function baselineRows({ baselines }: BaselineReport): Rows {
  return [
    ["metric", "of", "units", "measured", "s.e.", "in YAML", "change", "met on"],
    ...baselines.map((each) => [
      each.metric,
      ofWhom(each),
      formatCount(each.units),
      describeMeasured(each),
      describeError(each),
      describeWritten(each),
      describeChange(each.value, each.written && writtenValue(each.written)),
      `${each.period ? formatPeriod(each.period) : "no days"}${each.window === null ? "" : `, then ${durationOf(each.window)}`}`,
    ]),
  ];
}

/** How many units come, beside what YAML says. */
export function volumeRows({ volumes }: BaselineReport): Rows {
  return [
    ["new units", "met", "a day", "in YAML", "change", "new by week", "met on"],
    ...volumes.map((each) => [
      each.experiment === null ? each.unit : ofWhom(each),
      formatCount(each.units),
      formatQuantity(each.newPerDay),
      each.written.newPerDay === null
        ? ABSENT
        : `${formatPlain(each.written.newPerDay)} ${provenance(each.written.measured)}`,
      describeChange(each.newPerDay, each.written.newPerDay),
      each.weeks.length === 0 ? ABSENT : each.weeks.map(formatCount).join(" · "),
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
  if (metricKind === "conversion") return formatPercent(value);
  const reporting =
    metricKind === "mean" && baseline?.kind === "mean" ? `, ${formatPercent(baseline.reporting)} report` : "";
  return `${formatQuantity(value)} (sd ${formatQuantity(standardDeviation)}${reporting})`;
}

function describeError({ standardError, metricKind }: BaselineMeasurement): string {
  if (standardError === null) return ABSENT;
  return metricKind === "conversion"
    ? `${formatQuantity(100 * standardError, 2)} pp`
    : formatQuantity(standardError, 2);
}

function describeWritten({ written }: BaselineMeasurement): string {
  if (written === null) return ABSENT;
  const value =
    written.kind === "rate"
      ? formatPlainPercent(written.rate)
      : `${formatPlain(written.mean)} (sd ${formatPlain(written.standardDeviation)})`;
  return `${value} ${provenance(written.measured)}`;
}

function provenance(measured: Measured | undefined): string {
  if (!measured) return "assumed";
  return measured.period ? `of ${formatPeriod(measured.period)}` : `of ${formatCount(measured.units)} units`;
}

function writtenValue(baseline: NonNullable<BaselineMeasurement["written"]>): number {
  return baseline.kind === "rate" ? baseline.rate : baseline.mean;
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
