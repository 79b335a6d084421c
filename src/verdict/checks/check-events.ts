import type { Experiment } from "../../model/experiment.ts";
import { independence } from "../../statistics/independence.ts";
import type {
  EarlyEventsCheck,
  JoinedEventsCheck,
  RepeatedRowsCheck,
  SilentMetricsCheck,
  StaleSourceCheck,
} from "../generated/analysis.ts";
import type { HealthRecord } from "../health-record.ts";
import type { TrialRecord } from "../record.ts";
import { adjustAll, judge, RARE } from "./family.ts";
import { byVariant } from "./split.ts";

const HOUR = 3_600_000;
/** By how much a source may stop before the data that decide. */
const LATE_HOURS = 24;
/** Where so many rows are expected in that time, chance leaves none in one of e²⁰. */
const ENOUGH_ROWS = 20;
/** Fewer units may well have no event. */
const ENOUGH_UNITS = 100;
/** The share of repeated events that a count may hold. */
const REPEATED_SHARE = 0.01;
const REPEATED_ROWS = 10;

/** A source whose rows stop early makes units look idle whose events are yet to come. */
export function checkFreshness(record: TrialRecord, health: HealthRecord): readonly StaleSourceCheck[] {
  const until = record.cutoff ?? record.asOf;
  if (health.sources === undefined || until === null) return [];
  const read = record.sources.filter(({ source }) => health.sources?.includes(source));
  const sources = read.flatMap(({ source, first, last, rows }) => {
    if (first === null || last === null) return [];
    const [from, to] = [Date.parse(first), Date.parse(last)];
    const behind = Math.max(0, Date.parse(until) - to);
    const isLate = behind > LATE_HOURS * HOUR && behind * (rows / Math.max(HOUR, to - from)) >= ENOUGH_ROWS;
    return [{ source, last, hoursBehind: isLate ? Math.floor(behind / HOUR) : 0 }];
  });
  if (sources.length === 0) return [];
  const isStale = sources.some(({ hoursBehind }) => hoursBehind > 0);
  return [{ check: "stale-source", status: isStale ? "warning" : "ok", sources }];
}

/** Metrics of which every unit of every variant has nothing. */
export function checkSilence({ metrics }: TrialRecord): readonly SilentMetricsCheck[] {
  const silent = metrics.filter(({ arms = [], exposed }) => {
    const isNothing = arms.every(
      ({ units, means, second }) => units === 0 || (isZero(means) && isZero(second)),
    );
    return arms.length > 0 && isNothing && sum(exposed) >= ENOUGH_UNITS;
  });
  const names = silent.map(({ metric }) => metric);
  return [{ check: "silent-metrics", status: names.length > 0 ? "warning" : "ok", metrics: names }];
}

/** How many units have events at all. */
export function checkJoins(experiment: Experiment, { events }: HealthRecord): readonly JoinedEventsCheck[] {
  if (events === undefined) return [];
  const sources = events.map(({ source, since, units, joined }) => ({
    source,
    since,
    units: byVariant(experiment, units),
    joined: byVariant(experiment, joined),
  }));
  return [{ check: "joined-events", status: "ok", sources }];
}

/** What came before exposure cannot be the variant's doing. */
export function checkEarlyEvents(
  experiment: Experiment,
  { events }: HealthRecord,
): readonly EarlyEventsCheck[] {
  if (events === undefined) return [];
  const sources = adjustAll(
    events.map(({ source, since, units, before }) => {
      const table = units.map((all, index) => [before[index] ?? 0, all - (before[index] ?? 0)]);
      return {
        source,
        since,
        units: byVariant(experiment, units),
        before: byVariant(experiment, before),
        pValue: independence(table)?.pValue ?? null,
      };
    }),
  );
  return [{ check: "early-events", ...judge(sources, RARE), sources }];
}

/** Copies of events count as events. */
export function checkRepeats({ exposures, events = [] }: HealthRecord): readonly RepeatedRowsCheck[] {
  const isOften = events.some(
    ({ rows, repeated }) => repeated >= REPEATED_ROWS && repeated > REPEATED_SHARE * rows,
  );
  const sources = [
    ...(exposures
      ? [{ source: "exposures", since: null, rows: exposures.rows, repeated: exposures.repeated }]
      : []),
    ...events.map(({ source, since, rows, repeated }) => ({ source, since, rows, repeated })),
  ];
  if (sources.length === 0) return [];
  return [{ check: "repeated-rows", status: isOften ? "warning" : "ok", sources }];
}

function isZero(numbers: readonly number[]): boolean {
  return numbers.every((number) => number === 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
