import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { formatInstant } from "../model/calendar.ts";
import { aggregateWhere, call, choose, literal, oneOf, parameter } from "../sql/expressions.ts";
import { named, select } from "../sql/queries.ts";
import type { Row } from "../sql/result.ts";
import type { Expression, Named } from "../sql/tree.ts";
import { EXPECTED_CELL, isAbsent, isBad } from "./cell-check.ts";
import { isBetween, microsecondsOf, textOf } from "./cell-expressions.ts";
import type { ColumnNeed, DeclaredSource } from "./column-need.ts";
import { decodeMicroseconds, decodeNumber } from "./decode.ts";
import { type Engine, tryRun } from "./engine.ts";
import { explainLine } from "./explain-line.ts";
import { findBadCell } from "./find-bad-cell.ts";
import { ceilToMilliseconds, floorToMilliseconds, toMicroseconds } from "./microseconds.ts";
import type { SourceFacts } from "./observation.ts";
import { unreadable } from "./read-columns.ts";
import { type ColumnNumbers, readSkim, type Skim, skimQueries } from "./skim-source.ts";
import { type SourceRelation, scan } from "./source-relation.ts";

export interface Facts {
  readonly facts: SourceFacts | null;
  /** Milliseconds at or after the last row; null without timestamps or rows. */
  readonly last: number | null;
  /** By column that is read as a number. */
  readonly numbers: ReadonlyMap<string, ColumnNumbers>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * A source's size, its first and last row, and the cells that cannot be used. One cheap pass; a second, by
 * event, where that leaves a doubt.
 */
export async function readFacts(
  engine: Engine,
  declared: DeclaredSource,
  relation: SourceRelation,
  asOf: number | null,
): Promise<Facts> {
  const needs = distinct(declared.needs.filter(({ use }) => use !== "text"));
  const result = await skimSource(engine, declared, relation, needs, asOf);
  if ("problem" in result) {
    const { name, problem } = await findUnreadable(engine, declared, relation, result.problem);
    return {
      facts: null,
      last: null,
      numbers: new Map(),
      diagnostics: [unreadable(declared, name, problem)],
    };
  }
  const skim = readSkim(result.row, relation, declared.timestamp, needs);
  const { last, numbers, isClean } = skim;
  const isCut = asOf !== null && last !== null && last > toMicroseconds(asOf);
  return {
    facts: isCut
      ? await factsUntil(engine, relation, declared.timestamp!, asOf)
      : factsOf(relation, relation.kind === "files" ? relation.files : [], skim),
    last: last === null ? null : ceilToMilliseconds(last),
    numbers,
    diagnostics: isClean ? [] : await findProblems(engine, relation, needs),
  };
}

async function skimSource(
  engine: Engine,
  { timestamp }: DeclaredSource,
  relation: SourceRelation,
  needs: readonly ColumnNeed[],
  asOf: number | null = null,
): Promise<{ readonly row: Row } | { readonly problem: string }> {
  const row: Row = Object.create(null);
  for (const query of skimQueries(relation, timestamp, needs, asOf)) {
    const result = await tryRun(engine, query);
    if ("problem" in result) return result;
    Object.assign(row, result.rows[0]);
  }
  return { row };
}

function factsOf(
  relation: SourceRelation,
  files: readonly string[],
  { rows, first, last }: Pick<Skim, "rows" | "first" | "last">,
): SourceFacts {
  return {
    source: relation.source,
    files,
    ...(relation.kind === "table" && { table: relation.name }),
    rows,
    first: first === null ? null : formatInstant(floorToMilliseconds(first)),
    last: last === null ? null : formatInstant(ceilToMilliseconds(last)),
  };
}

/** The facts as they were before any later row. Files without an earlier row are left out. */
async function factsUntil(
  engine: Engine,
  relation: SourceRelation,
  timestamp: string,
  asOf: number,
): Promise<SourceFacts> {
  const until = { from: null, to: toMicroseconds(asOf) };
  if (relation.kind === "table")
    return factsOf(relation, [], await extent(engine, relation, timestamp, until));
  const extents: (Pick<Skim, "rows" | "first" | "last"> & { readonly file: string })[] = [];
  for (const file of relation.files) {
    const part = await extent(engine, { ...relation, files: [file] }, timestamp, until);
    if (part.rows > 0) extents.push({ file, ...part });
  }
  const known = extents.flatMap(({ first, last }) =>
    first === null || last === null ? [] : [{ first, last }],
  );
  return factsOf(
    relation,
    extents.map(({ file }) => file),
    {
      rows: extents.reduce((sum, { rows }) => sum + rows, 0),
      first: known.reduce<bigint | null>((a, { first }) => (a === null || first < a ? first : a), null),
      last: known.reduce<bigint | null>((a, { last }) => (a === null || last > a ? last : a), null),
    },
  );
}

async function extent(
  engine: Engine,
  relation: SourceRelation,
  timestamp: string,
  { from, to }: { readonly from: bigint | null; readonly to: bigint | null },
): Promise<Pick<Skim, "rows" | "first" | "last">> {
  const at = microsecondsOf(relation, timestamp);
  const [row] = await engine.run(
    select({
      columns: [
        named("rows", call("count")),
        named("first", call("min", at)),
        named("last", call("max", at)),
      ],
      from: scan(relation),
      where: isBetween(relation, timestamp, from, to),
    }),
  );
  return {
    rows: decodeNumber(row!, "rows"),
    first: decodeMicroseconds(row!, "first"),
    last: decodeMicroseconds(row!, "last"),
  };
}

/** Which of several files it is that the engine stumbled over. */
async function findUnreadable(
  engine: Engine,
  declared: DeclaredSource,
  relation: SourceRelation,
  problem: string,
): Promise<{ readonly name: string; readonly problem: string }> {
  if (relation.kind === "table") return { name: relation.name, problem };
  const explained = async (name: string, words: string) => ({
    name,
    problem: await explainLine(engine, relation.format, [name], words),
  });
  const [first, ...others] = relation.files;
  if (others.length === 0) return explained(first!, problem);
  const needs = distinct(declared.needs.filter(({ use }) => use !== "text"));
  for (const file of relation.files) {
    const alone = { ...relation, files: [file] };
    const result = await skimSource(engine, declared, alone, needs);
    if ("problem" in result) return explained(file, result.problem);
  }
  return { name: declared.source, problem };
}

async function findProblems(
  engine: Engine,
  relation: SourceRelation,
  needs: readonly ColumnNeed[],
): Promise<readonly Diagnostic[]> {
  const rows = await engine.run(
    select({
      columns: [
        named("event", eventOf(relation, needs)),
        named("rows", call("count")),
        ...cellsOf(needs).flatMap((cell) => counts(relation, cell)),
      ],
      from: scan(relation),
      groupBy: ["event"],
    }),
  );
  const diagnostics: Diagnostic[] = [];
  for (const need of needs) diagnostics.push(...(await report(engine, relation, need, countsIn(rows, need))));
  return diagnostics;
}

/** The row's event where a need is about it, else NULL. */
function eventOf(relation: SourceRelation, needs: readonly ColumnNeed[]): Expression {
  const events = needs.flatMap(({ event }) => (event ? [event] : []));
  const [first] = events;
  if (!first) return literal(null);
  const name = textOf(relation, first.column);
  const keys = [...new Set(events.map(({ key }) => key))];
  return choose([[oneOf(name, keys.map(parameter)), name]], literal(null));
}

type Cell = Pick<ColumnNeed, "column" | "use">;

/** Metrics of several events may read the same column: it is counted once, by event. */
function cellsOf(needs: readonly ColumnNeed[]): readonly Cell[] {
  return [...new Map(needs.map((need) => [labelOf(need), need])).values()];
}

function labelOf({ column, use }: Cell): string {
  return `${use} ${column}`;
}

function counts(relation: SourceRelation, cell: Cell): readonly Named[] {
  const bad = named(`bad ${labelOf(cell)}`, aggregateWhere(isBad(relation, cell), "count"));
  if (cell.use !== "number" && cell.use !== "measure") return [bad];
  return [bad, named(`absent ${labelOf(cell)}`, aggregateWhere(isAbsent(relation, cell), "count"))];
}

interface CellCounts {
  readonly bad: number;
  readonly absent: number;
  readonly of: number;
}

function countsIn(rows: readonly Row[], need: ColumnNeed): CellCounts {
  const mine = need.event ? rows.filter((row) => row.event === need.event?.key) : rows;
  const absent = need.absent === "fine" ? 0 : total(mine, `absent ${labelOf(need)}`);
  return { bad: total(mine, `bad ${labelOf(need)}`), absent, of: total(mine, "rows") };
}

function total(rows: readonly Row[], name: string): number {
  return rows.reduce((sum, row) => sum + decodeNumber(row, name), 0);
}

async function report(
  engine: Engine,
  relation: SourceRelation,
  need: ColumnNeed,
  counts: CellCounts,
): Promise<readonly Diagnostic[]> {
  const { column, place, event } = need;
  if (counts.bad > 0) {
    const cell = { ...(await findBadCell(engine, relation, need)), column, count: counts.bad };
    return [
      need.use === "instant"
        ? diagnose("data/bad-timestamp", place, { ...cell, epoch: relation.epochs.get(column) ?? "" })
        : diagnose("data/bad-value", place, { ...cell, expected: EXPECTED_CELL[need.use] }),
    ];
  }
  if (counts.absent === 0) return [];
  const { absent: count, of: rows } = counts;
  return [
    event
      ? diagnose("data/missing-value", place, { column, event: event.key, count, rows })
      : diagnose("data/missing-unit-value", place, { column, count, rows }),
  ];
}

/** Two metrics that read the same column of the same event ask the same. */
function distinct(needs: readonly ColumnNeed[]): readonly ColumnNeed[] {
  const byKey = new Map<string, ColumnNeed>();
  for (const need of needs) {
    const key = JSON.stringify([need.column, need.use, need.event, need.absent]);
    if (!byKey.has(key)) byKey.set(key, need);
  }
  return [...byKey.values()];
}
