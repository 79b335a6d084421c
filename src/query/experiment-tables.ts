import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Experiment } from "../model/experiment.ts";
import { metricsOf } from "../model/experiment-metrics.ts";
import type { FunnelMetric, Metric, QuantileMetric } from "../model/metric.ts";
import type { Project } from "../model/project.ts";
import type { EventLayout } from "../model/warehouse.ts";
import { column } from "../sql/expressions.ts";
import { dropTable, named, table } from "../sql/queries.ts";
import type { Expression } from "../sql/tree.ts";
import { textOf } from "./cell-expressions.ts";
import { EXPOSURES } from "./declared-sources.ts";
import type { Engine } from "./engine.ts";
import type { Enrolled } from "./enrolled.ts";
import { hitName, numberName } from "./event-hits.ts";
import { type EventInput, eventInput } from "./event-input.ts";
import { type EventMeasures, eventMeasures, windowSpan } from "./event-measure.ts";
import { createEventRows, createEventValues } from "./event-values.ts";
import { exposureRows } from "./exposure-rows.ts";
import type { EnrolledExperiment } from "./followed-experiment.ts";
import { agesOf, covariateOf, isSummed, type MeasuredMetric, outcomeOf } from "./measured-metric.ts";
import { createMembers, type Members } from "./members.ts";
import type { Population } from "./population.ts";
import type { Sources } from "./prepare-sources.ts";
import { isOwned } from "./unit-key.ts";

/** What the events say of an experiment's units, and where the engine keeps it. */
export interface ExperimentTables {
  readonly summed: readonly MeasuredMetric[];
  /** By the key of the measured unit. */
  readonly members: ReadonlyMap<string, Members>;
  readonly funnels: readonly KeptFunnel[];
  readonly quantiles: readonly KeptQuantile[];
}

/** A table of events, and which of its columns say that one is a step's. */
export interface KeptFunnel {
  readonly metric: FunnelMetric;
  readonly rows: string;
  readonly where: readonly Expression[];
  readonly hits: readonly string[];
}

/** A table of events, and which of its columns say that one counts, and its value. */
export interface KeptQuantile {
  readonly metric: QuantileMetric;
  readonly rows: string;
  readonly where: readonly Expression[];
  readonly hit: string;
  readonly number: string;
}

export interface TablesRequest {
  readonly project: Project;
  readonly layout: EventLayout;
  readonly sources: Sources;
  readonly engine: Engine;
}

/** The source that lacks a column for a unit whose events are asked for. */
export function unmappedSources(
  { project, layout }: Pick<TablesRequest, "project" | "layout">,
  experiment: Experiment,
  units: ReadonlyMap<string, readonly string[]>,
): readonly Diagnostic[] {
  return [...units].flatMap(([unit, events]) => {
    const read = new Set(
      project.events.filter(({ key }) => events.includes(key)).map(({ source }) => source),
    );
    return layout.events
      .filter(({ key, units: mapped }) => read.has(key) && !Object.hasOwn(mapped, unit))
      .map(({ key }) => {
        const place = { file: project.file, path: ["warehouse", "sources", key, "units"] };
        return diagnose("data/unmapped-unit", place, { source: key, unit, experiment: experiment.key });
      });
  });
}

/** Units of one kind, what is asked of their events, and for whom. */
interface Kind {
  readonly unit: string;
  readonly populations: Population[];
  /** What can be summed per unit, and what has to be kept event by event. */
  readonly sums: EventMeasures;
  readonly rows: EventMeasures;
}

/**
 * Reads the events of all experiments at once: one pass over each source for each kind of unit that is measured, and
 * one more over those with events that have to be kept one by one.
 */
export async function createTables(
  request: TablesRequest,
  experiments: readonly EnrolledExperiment[],
): Promise<{ readonly tables: readonly ExperimentTables[]; drop(): Promise<void> }> {
  const { project, engine } = request;
  const kinds = new Map<string, Kind>();
  const kindOf = (unit: string): Kind => {
    const kind = kinds.get(unit) ?? {
      unit,
      populations: [],
      sums: eventMeasures(project),
      rows: eventMeasures(project),
    };
    kinds.set(unit, kind);
    return kind;
  };
  const owners = { next: Math.max(0, ...experiments.map(({ enrolled }) => enrolled.owner)) + 1 };
  const asked = [];
  for (const each of experiments) asked.push(await ask(request, each, kindOf, owners));
  const made: string[] = [];
  for (const { unit, populations, sums, rows } of kinds.values()) {
    for (const [name, list, create] of [
      [valuesName(unit), sums.list(), createEventValues],
      [rowsName(unit), rows.list(), createEventRows],
    ] as const) {
      if (list.length === 0) continue;
      const inputs = inputsOf(request, unit, new Set(list.map(({ source }) => source)));
      await engine.run(create(name, inputs, list, populations));
      made.push(name);
    }
  }
  const tables = asked.map((each) => each());
  made.push(...tables.flatMap(({ members }) => [...members.values()].map((each) => each.table)));
  return {
    tables,
    async drop() {
      for (const name of made) await engine.run(dropTable(name));
    },
  };
}

/** Says what the experiment needs of the events; its tables, once they have been read. */
async function ask(
  request: TablesRequest,
  { experiment, enrolled, cutoff }: EnrolledExperiment,
  kindOf: (unit: string) => Kind,
  owners: { next: number },
): Promise<() => ExperimentTables> {
  const unit = experiment.unit.key;
  const own = kindOf(unit);
  own.populations.push({
    owner: enrolled.owner,
    table: enrolled.table!,
    earliest: enrolled.earliest,
    cutoff,
  });
  const members = new Map<string, Members>();
  for (const per of measuredUnits(experiment)) {
    const found = await findMembers(request, experiment, enrolled, per, owners.next++);
    members.set(per, found);
    kindOf(per).populations.push({ ...found, cutoff });
  }
  const summed: (() => MeasuredMetric)[] = [];
  const later: (() => Pick<ExperimentTables, "funnels" | "quantiles">)[] = [];
  for (const metric of metricsOf(experiment)) {
    const owner = metric.per === null ? enrolled.owner : members.get(metric.per)!.owner;
    const user = { owner, settled: metric.window ?? 0 };
    const kind = kindOf(metric.per ?? unit);
    if (isSummed(metric)) {
      const isPrimary = metric.key === experiment.primary.metric.key;
      const measured = {
        metric,
        from: table(valuesName(kind.unit)),
        variable: outcomeOf(metric, kind.sums, user),
        covariate: metric.per === null ? covariateOf(metric, experiment, kind.sums, user) : null,
        ages: isPrimary && metric.per === null ? agesOf(metric, kind.sums, user) : [],
      };
      summed.push(() => ({
        ...measured,
        where: kind.populations.length > 1 ? [isOwned(column("key"), owner)] : [],
      }));
    } else later.push(keepRows(metric, kind, user));
  }
  return () => {
    const kept = later.map((each) => each());
    return {
      summed: summed.map((each) => each()),
      members,
      funnels: kept.flatMap(({ funnels }) => funnels),
      quantiles: kept.flatMap(({ quantiles }) => quantiles),
    };
  };
}

function keepRows(
  metric: FunnelMetric | QuantileMetric,
  { unit, populations, rows }: Kind,
  user: { readonly owner: number; readonly settled: number },
): () => Pick<ExperimentTables, "funnels" | "quantiles"> {
  const span = windowSpan(metric.window);
  const inputs = metric.kind === "funnel" ? metric.steps : [metric.input];
  const ids = inputs.map((input) => {
    if (input.kind !== "event") throw new Error(`metric ${metric.key} reads no events`);
    return rows.need(input, span, [], user);
  });
  const name = rowsName(unit);
  return () => {
    const measures = rows.list();
    const mine = ids.map((id) => measures.find((measure) => measure.id === id)!);
    const hits = mine.map(hitName);
    const where = populations.length > 1 ? [isOwned(column("key"), user.owner)] : [];
    if (metric.kind === "funnel") return { funnels: [{ metric, rows: name, where, hits }], quantiles: [] };
    const number = numberName(mine[0]!, measures);
    return { funnels: [], quantiles: [{ metric, rows: name, where, hit: hits[0]!, number }] };
  };
}

/** Keys of the units that metrics are measured on in place of the experiment's. */
export function measuredUnits(experiment: Experiment): readonly string[] {
  return [...new Set(metricsOf(experiment).flatMap(({ per }: Metric) => (per === null ? [] : [per])))];
}

function findMembers(
  { project, layout, sources, engine }: TablesRequest,
  experiment: Experiment,
  enrolled: Enrolled,
  per: string,
  owner: number,
): Promise<Members> {
  const relation = sources.relations.get(EXPOSURES)!;
  const id = textOf(relation, layout.exposures.units[per]!);
  const rows = exposureRows(project, experiment, layout.exposures, relation, enrolled.asOf, [
    named("member", id),
  ]);
  return createMembers(engine, `${per} members of ${experiment.key}`, rows, enrolled.table!, owner);
}

function inputsOf(
  { layout, sources }: TablesRequest,
  unit: string,
  read: ReadonlySet<string>,
): readonly EventInput[] {
  return layout.events
    .filter(({ key }) => read.has(key))
    .map((source) => eventInput(sources, source, source.units[unit]!));
}

function valuesName(unit: string): string {
  return `values of ${unit}`;
}

function rowsName(unit: string): string {
  return `events of ${unit}`;
}
