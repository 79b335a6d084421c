import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { VolumeMeasurement } from "../inference/baseline-report.ts";
import { addDays, dayOf, daysBetween, startOfDay, weekdayOf } from "../model/calendar.ts";
import type { Entry } from "../model/entry.ts";
import type { Period } from "../model/measured.ts";
import type { VolumeTarget } from "../plan/baseline-targets.ts";
import { lookBack } from "../plan/look-back.ts";
import { type EntryScope, entryRows, unknownAttribute } from "../query/entry-rows.ts";
import { toMicroseconds } from "../query/microseconds.ts";
import { type UnitsByDay, unitsByDay } from "../query/units-by-day.ts";
import type { FindSpan } from "./measure-span.ts";
import { type BaselineRequest, nobody, subjectOf } from "./measured-quantities.ts";

interface Measured {
  readonly volumes: readonly VolumeMeasurement[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * How many new units come a day: of a unit, all that any row of any source shows; of an experiment with a
 * trigger, those that meet its event; of one with an audience, the unit's, times the share of exposed units
 * whose attributes satisfy it. Data without timestamps tell no volume.
 */
export async function measureVolumes(
  request: BaselineRequest,
  targets: readonly VolumeTarget[],
  scopeOf: (unit: string) => EntryScope,
  find: FindSpan,
): Promise<Measured> {
  const volumes: VolumeMeasurement[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const target of targets) {
    const scope = scopeOf(target.unit.key);
    if (!scope.sources.timed || (target.entry && unknownAttribute(scope, target.entry))) continue;
    request.onStage?.(`counting ${target.experiment?.key ?? target.unit.key}`);
    const whole = volumes.find((volume) => volume.unit === target.unit.key && volume.experiment === null);
    const isShare = target.entry?.kind === "exposures";
    // Why there is no whole to have a share of has been told.
    if (isShare && !whole) continue;
    const measured =
      isShare && whole
        ? await measureShare(request, target, scope, whole)
        : await measureArrivals(request, target, scope, find);
    if ("code" in measured) diagnostics.push(measured);
    else volumes.push(measured);
  }
  return { volumes, diagnostics };
}

async function measureArrivals(
  request: BaselineRequest,
  target: VolumeTarget,
  scope: EntryScope,
  find: FindSpan,
): Promise<VolumeMeasurement | Diagnostic> {
  const { timezone } = request.project;
  const asked: Entry | null = request.entry === null ? null : { kind: "event", event: request.entry };
  const entry = target.entry ?? asked ?? { kind: "any-row" };
  const span = await find(scope, entry);
  if (span === null) return nobody(target, "is in the data");
  const period = lookBack(span, null, timezone, request.period);
  if (period === null) {
    const days = { first: dayOf(span.first, timezone), last: dayOf(span.last, timezone), window: "" };
    const place = { ...target.place, part: "key" } as const;
    return diagnose("measure/no-whole-week", place, { subject: subjectOf(target), ...days });
  }
  const counted = await countUnits(request, scope, entry, period);
  const units = total(counted.fresh);
  if (units === 0) return nobody(target, `was met from ${period.from} to ${period.to}`);
  const days = counted.fresh.length;
  return {
    ...common(target),
    entry,
    period,
    units,
    newPerDay: units / days,
    weeks: days % 7 === 0 ? byWeek(counted.fresh) : [],
    weekdays: byWeekday(counted.active, period.from),
  };
}

/** The share of exposed units that the audience holds for, in the days in which the unit's volume was measured. */
async function measureShare(
  request: BaselineRequest,
  target: VolumeTarget,
  scope: EntryScope,
  whole: VolumeMeasurement,
): Promise<VolumeMeasurement | Diagnostic> {
  const { period } = whole;
  const exposed = await countUnits(request, scope, { kind: "exposures", audience: null }, period);
  const eligible = await countUnits(request, scope, target.entry!, period);
  const units = total(eligible.fresh);
  if (units === 0) return nobody(target, `was exposed from ${period.from} to ${period.to}`);
  return {
    ...common(target),
    entry: target.entry,
    period,
    units,
    newPerDay: (whole.newPerDay * units) / total(exposed.fresh),
    weeks: [],
    weekdays: byWeekday(eligible.active, period.from),
  };
}

function common({ unit, experiment, place, writable, written }: VolumeTarget) {
  return { unit: unit.key, experiment: experiment?.key ?? null, place, writable, written };
}

async function countUnits(
  { engine, project: { timezone } }: BaselineRequest,
  scope: EntryScope,
  entry: Entry,
  { from, to }: Period,
): Promise<UnitsByDay> {
  const days = Array.from({ length: daysBetween(from, to) + 1 }, (_, day) => addDays(from, day));
  const starts = days.map((day) => startOfDay(day, timezone));
  const bounds = {
    from: toMicroseconds(starts[0]!),
    to: toMicroseconds(startOfDay(addDays(to, 1), timezone)) - 1n,
  };
  const rows = entryRows(scope, entry, bounds);
  if (rows === null) return { fresh: days.map(() => 0), active: days.map(() => 0) };
  return unitsByDay(engine, `days of ${scope.unit}`, rows, starts);
}

function byWeek(days: readonly number[]): readonly number[] {
  return Array.from({ length: days.length / 7 }, (_, week) => total(days.slice(7 * week, 7 * week + 7)));
}

/** The average by weekday, Monday first; null for one that no day of the period is. */
function byWeekday(days: readonly number[], from: string): readonly (number | null)[] {
  const first = weekdayOf(from);
  return Array.from({ length: 7 }, (_, weekday) => {
    const mine = days.filter((_, day) => (first + day) % 7 === weekday);
    return mine.length === 0 ? null : total(mine) / mine.length;
  });
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
