import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Project } from "../model/project.ts";
import { literal } from "../sql/expressions.ts";
import { named, select } from "../sql/queries.ts";
import { declaredSources } from "./declared-sources.ts";
import { type Engine, tryRun } from "./engine.ts";
import { findUnlikeIds } from "./find-unlike-ids.ts";
import type { SourceFacts } from "./observation.ts";
import { readSource } from "./read-source.ts";
import { type Reading, readingOf } from "./reading.ts";
import type { ColumnNumbers } from "./skim-source.ts";
import type { SourceRelation } from "./source-relation.ts";

/** Data that were read and found usable. */
export interface Sources {
  /** By source key; `perUnit` is the one-row-per-unit table's. */
  readonly relations: ReadonlyMap<string, SourceRelation>;
  readonly facts: readonly SourceFacts[];
  /** By source key and column that is read as a number. */
  readonly numbers: ReadonlyMap<string, ReadonlyMap<string, ColumnNumbers>>;
  /** Every source has timestamps. Otherwise the data are final: no clock clips them. */
  readonly timed: boolean;
  /** Milliseconds at or after the last row of all sources; null without timestamps or rows. */
  readonly lastInstant: number | null;
}

/**
 * Finds out what the files hold, and whether it can be read as is needed: columns, types, timestamps, values.
 * `files` has the paths that each source's patterns name, by source key (`perUnit` for the one-row-per-unit
 * table). Default: what the analyses of all experiments that are no drafts need. `sources` is null when
 * something is wrong.
 *
 * @param asOf Milliseconds since 1970: the facts are of rows up to it, so that later rows and files change nothing. Null: of all.
 */
export async function prepareSources(
  project: Project,
  files: ReadonlyMap<string, readonly string[]>,
  engine: Engine,
  readings: readonly Reading[] = project.experiments
    .filter(({ status }) => status !== "draft")
    .map(readingOf),
  asOf: number | null = null,
): Promise<{ readonly sources: Sources | null; readonly diagnostics: readonly Diagnostic[] }> {
  const { warehouse, timezone } = project;
  if (!warehouse) {
    return {
      sources: null,
      diagnostics: [diagnose("data/no-warehouse", { file: project.file, path: [] }, {})],
    };
  }
  if (warehouse.engine === "clickhouse") {
    const answer = await tryRun(engine, select({ columns: [named("one", literal(1n))], from: null }));
    const place = { file: project.file, path: ["warehouse", "clickhouse", "url"] };
    if ("problem" in answer)
      return { sources: null, diagnostics: [diagnose("data/engine-failure", place, answer)] };
  }
  const diagnostics: Diagnostic[] = [];
  const relations = new Map<string, SourceRelation>();
  const facts: SourceFacts[] = [];
  const lasts: (number | null)[] = [];
  const numbers = new Map<string, ReadonlyMap<string, ColumnNumbers>>();
  const declared = declaredSources(project, warehouse.layout, readings);
  for (const source of declared) {
    const read = await readSource(engine, source, files.get(source.source) ?? [], timezone, asOf);
    diagnostics.push(...read.diagnostics);
    if (!read.relation || !read.facts) continue;
    relations.set(source.source, read.relation);
    facts.push({ ...read.facts, ...(engine.shards && { shards: engine.shards }) });
    lasts.push(read.last);
    numbers.set(source.source, read.numbers);
  }
  if (!hasError(diagnostics) && warehouse.engine === "duckdb" && warehouse.layout.kind === "events") {
    const units = new Set(readings.map(({ unit }) => unit));
    diagnostics.push(...(await findUnlikeIds(engine, project, warehouse.layout, units, relations)));
  }
  if (hasError(diagnostics)) return { sources: null, diagnostics };
  return {
    sources: {
      relations,
      facts,
      numbers,
      timed: declared.every(({ timestamp }) => timestamp !== null),
      lastInstant: latest(lasts),
    },
    diagnostics,
  };
}

function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

function latest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((instant) => instant !== null);
  return known.length === 0 ? null : Math.max(...known);
}
