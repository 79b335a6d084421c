import { diagnose } from "./diagnostics/diagnose.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Project } from "./model/project.ts";
import type { IdJoin, SourceReport } from "./model/source-report.ts";
import type { EventLayout, PerUnitLayout } from "./model/warehouse.ts";
import { declaredSources, EXPOSURES } from "./query/declared-sources.ts";
import { type Engine, reportFailure } from "./query/engine.ts";
import { findAbsentNames } from "./query/find-absent-names.ts";
import { findUnlikeIds } from "./query/find-unlike-ids.ts";
import { joinIds } from "./query/join-ids.ts";
import { type ReadSource, readSource } from "./query/read-source.ts";
import { type Reading, readingOf } from "./query/reading.ts";
import type { SourceRelation } from "./query/source-relation.ts";

export interface DoctorRequest {
  readonly project: Project;
  /** Keys of sources; empty: all. */
  readonly keys: readonly string[];
  /** The files that each source's patterns name, by source key. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly engine: Engine;
  readonly onStage?: (stage: string) => void;
}

export interface DoctorResult {
  readonly sources: readonly SourceReport[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Keys of the sources that a project declares. */
export function sourceKeys({ warehouse }: Project): readonly string[] {
  if (!warehouse) return [];
  const { layout } = warehouse;
  return layout.kind === "per-unit" ? ["perUnit"] : [EXPOSURES, ...layout.events.map(({ key }) => key)];
}

/** Looks at each source by itself: whether it can be read as the project's experiments need it, and what it holds. */
export async function examineSources(request: DoctorRequest): Promise<DoctorResult> {
  const { project, keys, files, engine, onStage } = request;
  const { warehouse, timezone } = project;
  if (!warehouse) {
    const place = { file: project.file, path: [] };
    return { sources: [], diagnostics: [diagnose("data/no-warehouse", place, {})] };
  }
  const isAsked = (key: string) => keys.length === 0 || keys.includes(key);
  const declared = declaredSources(project, warehouse.layout, readingsOf(project));
  const read = new Map<string, ReadSource>();
  const diagnostics: Diagnostic[] = [];
  for (const source of declared) {
    const key = source.source;
    // What others are compared with is read too, and only told where it is asked for.
    if (!isAsked(key) && key !== EXPOSURES) continue;
    onStage?.(`reading ${key}`);
    const found = await readSource(engine, source, files.get(key) ?? [], timezone, null);
    read.set(key, found);
    if (isAsked(key)) diagnostics.push(...found.diagnostics);
  }
  const unlike = await findUnlike(request, warehouse.layout, read);
  diagnostics.push(...unlike.filter(({ args }) => isAsked(String(args.source))));
  const reports: SourceReport[] = [];
  for (const { source, place, from } of declared.filter((each) => isAsked(each.source))) {
    const found = read.get(source)!;
    const { relation, facts } = found;
    const isRefused = [...found.diagnostics, ...unlike.filter(({ args }) => args.source === source)].some(
      ({ severity }) => severity === "error",
    );
    onStage?.(`comparing the ids of ${source}`);
    const joined = await reportFailure(place, () => joinsOf(request, warehouse.layout, source, read));
    if ("failure" in joined) diagnostics.push(joined.failure);
    const units = "failure" in joined ? [] : joined;
    if (warehouse.layout.kind === "events" && relation !== null && facts !== null && !isRefused) {
      const { layout } = warehouse;
      const absent = await reportFailure(place, () => findAbsentNames(engine, project, layout, relation));
      diagnostics.push(...("failure" in absent ? [absent.failure] : absent));
    }
    for (const each of units) if (isApart(each)) diagnostics.push(apart(project, source, each));
    reports.push({
      source,
      usable: relation !== null && facts !== null && !isRefused && !("failure" in joined),
      files: facts?.files ?? files.get(source) ?? [],
      table: from.kind === "table" ? from.name : null,
      rows: facts?.rows ?? null,
      first: facts?.first ?? null,
      last: facts?.last ?? null,
      units,
    });
  }
  return { sources: reports, diagnostics };
}

/** All that any experiment reads, drafts too, and the ids of every unit. */
function readingsOf({ experiments, units }: Project): readonly Reading[] {
  return [
    ...experiments.filter(({ status }) => status !== "concluded").map(readingOf),
    ...units.map(({ key }) => ({ unit: key, metrics: [], everywhere: true })),
  ];
}

async function findUnlike(
  { project, engine }: DoctorRequest,
  layout: EventLayout | PerUnitLayout,
  read: ReadonlyMap<string, ReadSource>,
): Promise<readonly Diagnostic[]> {
  if (layout.kind !== "events" || project.warehouse?.engine !== "duckdb") return [];
  const relations = new Map<string, SourceRelation>();
  for (const [key, { relation, facts }] of read) if (relation && facts) relations.set(key, relation);
  const units = new Set(project.units.map(({ key }) => key));
  return findUnlikeIds(engine, project, layout, units, relations);
}

async function joinsOf(
  { project, engine }: DoctorRequest,
  layout: EventLayout | PerUnitLayout,
  source: string,
  read: ReadonlyMap<string, ReadSource>,
): Promise<readonly IdJoin[]> {
  const relation = usable(read, source);
  if (relation === null) return [];
  const exposures = usable(read, EXPOSURES);
  const joins: IdJoin[] = [];
  for (const [unit, column] of Object.entries(unitsOf(layout, source))) {
    const exposed = layout.kind === "events" ? layout.exposures.units : {};
    const isCompared =
      source !== EXPOSURES && exposures !== null && Object.hasOwn(exposed, unit) && isLocal(project);
    const other = isCompared ? { relation: exposures, column: exposed[unit]! } : null;
    joins.push(await joinIds(engine, unit, { relation, column }, other));
  }
  return joins;
}

/** On a cluster, ids of different shards are never compared. */
function isLocal({ warehouse }: Project): boolean {
  return warehouse?.engine === "duckdb";
}

function usable(read: ReadonlyMap<string, ReadSource>, source: string): SourceRelation | null {
  const found = read.get(source);
  return found?.facts ? found.relation : null;
}

function unitsOf(layout: EventLayout | PerUnitLayout, source: string): Readonly<Record<string, string>> {
  if (layout.kind === "per-unit") return layout.units;
  if (source === EXPOSURES) return layout.exposures.units;
  return layout.events.find(({ key }) => key === source)?.units ?? {};
}

/** Not one unit of the exposures has a row. */
function isApart({ ids, exposed, exposedIds }: IdJoin): boolean {
  return exposed === 0 && ids > 0 && (exposedIds ?? 0) > 0;
}

function apart({ file }: Project, source: string, { unit, column }: IdJoin): Diagnostic {
  const path = ["warehouse", "sources", source, "units", unit];
  return diagnose("data/ids-apart", { file, path }, { source, unit, column });
}

export type { SourceReport };
