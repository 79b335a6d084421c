import type { BaselineMeasurement, MeasuredClusters } from "../inference/baseline-report.ts";
import { addDays, startOfDay } from "../model/calendar.ts";
import type { Metric } from "../model/metric.ts";
import type { BaselineTarget } from "../plan/baseline-targets.ts";
import { lookBack } from "../plan/look-back.ts";
import { type MemberVariation, variationOfMembers } from "../query/clusters-of-entries.ts";
import { createEntries } from "../query/entries.ts";
import { type EntryScope, entryRows } from "../query/entry-rows.ts";
import { dropTable } from "../sql/queries.ts";
import { intraclassCorrelation } from "../statistics/intraclass-correlation.ts";
import { boundsOf } from "./entry-bounds.ts";
import { type FindSpan, readUntil } from "./measure-span.ts";
import type { BaselineRequest } from "./measured-quantities.ts";
import { usualEntry } from "./usual-entry.ts";

/** The measurements, and of metrics that are measured on members: how these sit in the units that are randomised. */
export async function withClusters(
  request: BaselineRequest,
  targets: readonly BaselineTarget[],
  baselines: readonly BaselineMeasurement[],
  scopeOf: (unit: string) => EntryScope,
  find: FindSpan,
): Promise<readonly BaselineMeasurement[]> {
  const found: BaselineMeasurement[] = [];
  for (const measurement of baselines) {
    const target = targets.find(({ place }) => place === measurement.place)!;
    const clusters: MeasuredClusters[] = [];
    for (const randomised of target.clusters) {
      request.onStage?.(
        `measuring ${target.metric.key} of the ${target.unit.key}s of each ${randomised.key}`,
      );
      const scope = { ...scopeOf(randomised.key), member: target.unit.key };
      const measured = await measureClusters(request, target.metric, scope, scopeOf(target.unit.key), find);
      if (measured) clusters.push(measured);
    }
    found.push(clusters.length === 0 ? measurement : withSizes(measurement, clusters));
  }
  return found;
}

async function measureClusters(
  request: BaselineRequest,
  metric: Metric,
  scope: EntryScope,
  ofMembers: EntryScope,
  find: FindSpan,
): Promise<MeasuredClusters | null> {
  const { engine, project } = request;
  const entry = await usualEntry(request, metric, scope, find);
  const { timed } = scope.sources;
  const [span, until] = [timed ? await find(scope, entry) : null, readUntil(scope, metric)];
  if (timed && (span === null || until === null)) return null;
  const following = { window: metric.window, until: until! };
  const period = span && lookBack(span, following, project.timezone, request.period);
  if (timed && period === null) return null;
  const rows = entryRows(scope, entry, boundsOf(period, project.timezone));
  const entries = rows && (await createEntries(engine, `units of ${scope.unit}`, rows));
  if (!entries) return null;
  const end = period && startOfDay(addDays(period.to, 1), project.timezone) - 1;
  const cutoff = metric.window === null ? end : period && until;
  const variation = await variationOfMembers(engine, ofMembers, metric, { entries, rows, cutoff });
  await engine.run(dropTable(entries.table));
  return variation && { unit: scope.unit, period, ...sizesOf(variation) };
}

function sizesOf({ clusters, members, sizeSquares, between, total }: MemberVariation) {
  const meanSize = members / clusters;
  const squaredSizes = sizeSquares + members * meanSize;
  return {
    units: clusters,
    members,
    meanSize,
    sizeVariation: clusters < 2 ? null : Math.sqrt(sizeSquares / (clusters - 1)) / meanSize,
    intraclassCorrelation: intraclassCorrelation({ clusters, values: members, squaredSizes, between, total }),
  };
}

/** What a plan can reckon with is part of the baseline. */
function withSizes(
  measurement: BaselineMeasurement,
  clusters: readonly MeasuredClusters[],
): BaselineMeasurement {
  const known = clusters.flatMap(({ unit, meanSize, sizeVariation, intraclassCorrelation: alike }) =>
    alike === null || sizeVariation === null
      ? []
      : [[unit, { meanSize, sizeVariation, intraclassCorrelation: alike }] as const],
  );
  const { baseline } = measurement;
  if (baseline === null || known.length === 0) return { ...measurement, clusters };
  return { ...measurement, clusters, baseline: { ...baseline, clusters: Object.fromEntries(known) } };
}
