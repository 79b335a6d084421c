import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { BaselineMeasurement, MeasuredCorrelation } from "../inference/baseline-report.ts";
import { measureCorrelation } from "../inference/measured-baseline.ts";
import { addDays, dayOf, formatInstant, startOfDay } from "../model/calendar.ts";
import type { Entry } from "../model/entry.ts";
import type { Period } from "../model/measured.ts";
import type { Metric } from "../model/metric.ts";
import type { EventLayout } from "../model/warehouse.ts";
import type { BaselineTarget, MeasureTargets } from "../plan/baseline-targets.ts";
import { type DataSpan, lookBack } from "../plan/look-back.ts";
import { writtenDuration } from "../plan/written-values.ts";
import { createEntries } from "../query/entries.ts";
import { type EntryScope, entryRows, unknownAttribute } from "../query/entry-rows.ts";
import type { PooledMoments } from "../query/follow-up.ts";
import { toMicroseconds } from "../query/microseconds.ts";
import { momentsOfEntries } from "../query/moments-of-entries.ts";
import type { Sources } from "../query/prepare-sources.ts";
import { dropTable } from "../sql/queries.ts";
import { boundsOf } from "./entry-bounds.ts";
import { withClusters } from "./measure-clusters.ts";
import { type FindSpan, readSince, readUntil, spanFinder } from "./measure-span.ts";
import { measureVolumes } from "./measure-volumes.ts";
import {
  type BaselineRequest,
  describeBaseline,
  type MeasuredQuantities,
  nobody,
  subjectOf,
} from "./measured-quantities.ts";
import { ranks } from "./quantile-ranks.ts";
import { usualEntry } from "./usual-entry.ts";

/** Metrics and volumes over raw exposures and events. */
export async function measureEvents(
  request: BaselineRequest,
  targets: MeasureTargets,
  layout: EventLayout,
  sources: Sources,
): Promise<MeasuredQuantities> {
  const { project, period } = request;
  const diagnostics: Diagnostic[] = [];
  if (!sources.timed && (period.from !== null || period.to !== null)) {
    diagnostics.push(
      diagnose("measure/no-days", { file: project.file, path: ["warehouse"], part: "key" }, {}),
    );
  }
  const scopeOf = (unit: string): EntryScope => ({ project, layout, sources, unit });
  const asked = targets.baselines.filter((target) => {
    const unknown = target.entry && unknownAttribute(scopeOf(target.unit.key), target.entry);
    if (unknown) diagnostics.push(hiddenAudience(target, unknown));
    return !unknown;
  });
  const baselines: BaselineMeasurement[] = [];
  const find = spanFinder(request.engine);
  for (const group of await groupsOf(request, asked, scopeOf, find)) {
    const [first] = group.targets;
    request.onStage?.(
      `measuring ${group.targets.map(({ metric }) => metric.key).join(", ")} per ${first!.unit.key}`,
    );
    const measured = await measureGroup(request, group, scopeOf(first!.unit.key));
    baselines.push(...measured.baselines);
    diagnostics.push(...measured.diagnostics);
  }
  const inClusters = await withClusters(request, asked, baselines, scopeOf, find);
  const volumes = await measureVolumes(request, targets.volumes, scopeOf, find);
  return {
    baselines: asked.flatMap((target) => inClusters.filter(({ place }) => place === target.place)),
    volumes: volumes.volumes,
    diagnostics: [...diagnostics, ...volumes.diagnostics],
  };
}

/** Targets that one pass over the data measures. */
interface Group {
  readonly targets: readonly BaselineTarget[];
  readonly entry: Entry;
  readonly window: number | null;
  /** Of the rows that bring units in; null without them, or timestamps. */
  readonly span: DataSpan | null;
  /** Milliseconds: until when it is known what units did; null where it is not. */
  readonly until: number | null;
}

async function groupsOf(
  request: BaselineRequest,
  targets: readonly BaselineTarget[],
  scopeOf: (unit: string) => EntryScope,
  find: FindSpan,
): Promise<readonly Group[]> {
  const groups = new Map<string, Group>();
  for (const target of targets) {
    const scope = scopeOf(target.unit.key);
    const entry = target.entry ?? (await usualEntry(request, target.metric, scope, find));
    const { window } = target.metric;
    const span = await find(scope, entry);
    const until = readUntil(scope, target.metric);
    const key = JSON.stringify([target.unit.key, entry, window, span, until]);
    const group = groups.get(key) ?? { targets: [], entry, window, span, until };
    groups.set(key, { ...group, targets: [...group.targets, target] });
  }
  return [...groups.values()];
}

interface MeasuredGroup {
  readonly baselines: readonly BaselineMeasurement[];
  readonly diagnostics: readonly Diagnostic[];
}

async function measureGroup(
  request: BaselineRequest,
  group: Group,
  scope: EntryScope,
): Promise<MeasuredGroup> {
  const { project } = request;
  const { targets, window, span, until } = group;
  const refuse = (diagnostic: (target: BaselineTarget) => Diagnostic) => ({
    baselines: [],
    diagnostics: targets.map(diagnostic),
  });
  if (!scope.sources.timed) return measureUnits(request, group, scope, null, null);
  if (span === null || until === null) return refuse((target) => nobody(target, "is in the data"));
  const period = lookBack(span, { window, until }, project.timezone, request.period);
  if (period === null) return refuse((target) => noWholeWeek(target, span, project.timezone));
  const end = startOfDay(addDays(period.to, 1), project.timezone) - 1;
  return measureUnits(request, group, scope, period, window === null ? end : until);
}

async function measureUnits(
  request: BaselineRequest,
  group: Group,
  scope: EntryScope,
  period: Period | null,
  cutoff: number | null,
): Promise<MeasuredGroup> {
  const { engine, project } = request;
  const { targets, window, entry } = group;
  const rows = entryRows(scope, entry, boundsOf(period, project.timezone));
  const entries = rows && (await createEntries(engine, `units of ${scope.unit}`, rows));
  if (!entries || entries.units === 0)
    return { baselines: [], diagnostics: targets.map((target) => nobody(target, whereMet(period))) };
  const metrics = [...new Set(targets.map(({ metric }) => metric))];
  const before = spansBefore(targets);
  const pooled = await momentsOfEntries(engine, scope, metrics, { entries, window, cutoff, before, ranks });
  await engine.run(dropTable(entries.table));
  const described = targets.map((target) => {
    const found = pooled.find(({ metric }) => metric === target.metric)!;
    if (found.units > 0) {
      const cuped = correlationOf(found, before.get(target.metric), scope, entries.earliest);
      return describeBaseline(target, found, { entry, period, cuped: target.before === null ? null : cuped });
    }
    const passed = `${whereMet(period)} whose window of ${writtenDuration(window)} had passed by ${formatInstant(cutoff!)}`;
    return { measurement: null, diagnostics: [nobody(target, passed)] };
  });
  return {
    baselines: described.flatMap(({ measurement }) => (measurement ? [measurement] : [])),
    diagnostics: described.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Of a metric that several targets look at before entry, the shortest span. */
function spansBefore(targets: readonly BaselineTarget[]): ReadonlyMap<Metric, number> {
  const spans = new Map<Metric, number>();
  for (const { metric, before } of targets)
    if (before !== null) spans.set(metric, Math.min(before, spans.get(metric) ?? before));
  return spans;
}

function correlationOf(
  { metric, adjusted }: PooledMoments,
  before: number | undefined,
  scope: EntryScope,
  earliest: bigint | null,
): MeasuredCorrelation | null {
  if (!adjusted || before === undefined) return null;
  const since = readSince(scope, metric);
  const isCovered = since !== null && earliest !== null && toMicroseconds(since + before) <= earliest;
  return { before, isCovered, correlation: measureCorrelation(metric.kind, adjusted) };
}

function whereMet(period: Period | null): string {
  return period ? `was met from ${period.from} to ${period.to}` : "is in the data";
}

function noWholeWeek(target: BaselineTarget, { first, last }: DataSpan, timezone: string): Diagnostic {
  return diagnose(
    "measure/no-whole-week",
    { ...target.place, part: "key" },
    {
      subject: subjectOf(target),
      first: dayOf(first, timezone),
      last: dayOf(last, timezone),
      window: writtenDuration(target.metric.window) ?? "",
    },
  );
}

function hiddenAudience({ experiment }: BaselineTarget, attribute: string): Diagnostic {
  const { key, file } = experiment!;
  const why = `\`${attribute}\` cannot be asked of the exposures: it is not logged, or not asked by equality, presence or order`;
  return diagnose(
    "measure/hidden-audience",
    { file, path: ["audience"], part: "key" },
    { experiment: key, why },
  );
}
