import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Project } from "../model/project.ts";
import type { EventLayout } from "../model/warehouse.ts";
import { aggregateWhere, all, attempt, binary, call, cast, column, literal } from "../sql/expressions.ts";
import { aliased, join, named, select, subquery, unionAll } from "../sql/queries.ts";
import type { Expression, Query, Relation } from "../sql/tree.ts";
import { LARGEST_EXACT, textOf } from "./cell-expressions.ts";
import { columnKind } from "./column-kind.ts";
import { EXPOSURES } from "./declared-sources.ts";
import { decodeNumber, decodeText } from "./decode.ts";
import { type Engine, reportFailure } from "./engine.ts";
import { type SourceRelation, scan, scanFiles } from "./source-relation.ts";

/** Rows of a file that tell how it writes its ids. */
const SAMPLE = 1000;
/** Of more files, so many are sampled, evenly. */
const SAMPLED_FILES = 64;

/** From this share of the ids on, nothing is analysed: below, they shrink effects by less than themselves, in every variant alike. */
const WORST = 0.01;

/**
 * Ids that are the same whole number written in two ways: `17`, `017`, `17.0`. A unit of the exposures would never meet
 * its events. A sample of each file says whether some write otherwise than others; only then are all ids compared.
 */
export async function findUnlikeIds(
  engine: Engine,
  project: Project,
  { exposures, events }: EventLayout,
  units: ReadonlySet<string>,
  relations: ReadonlyMap<string, SourceRelation>,
): Promise<readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for (const unit of units) {
    const sources = [{ key: EXPOSURES, units: exposures.units }, ...events].flatMap((source) => {
      const relation = relations.get(source.key);
      const id = Object.hasOwn(source.units, unit) ? source.units[unit] : undefined;
      return relation && id !== undefined && relation.types.has(id) ? [{ relation, id }] : [];
    });
    const [exposed, ...others] = sources;
    if (exposed?.relation.source !== EXPOSURES) continue;
    for (const source of [exposed, ...others]) {
      const place = { file: project.file, path: ["warehouse", "sources", source.relation.source] };
      const unlike = await reportFailure(place, () => findUnlike(engine, exposed, source));
      if (unlike === null) continue;
      if ("failure" in unlike) return [...diagnostics, unlike.failure];
      const at = { ...place, path: [...place.path, "units", unit] };
      const args = { ...unlike, source: source.relation.source, column: source.id };
      const severity = unlike.count >= WORST * unlike.of ? "error" : "warning";
      diagnostics.push(diagnose("data/unlike-ids", at, args, { severity }));
    }
  }
  return diagnostics;
}

async function findUnlike(engine: Engine, exposed: IdColumn, source: IdColumn): Promise<UnlikeIds | null> {
  const spellings = await spellingsOf(engine, exposed);
  const all = source === exposed ? spellings : [...spellings, ...(await spellingsOf(engine, source))];
  return areUnlike(all) ? compareIds(engine, exposed, source) : null;
}

interface UnlikeIds {
  readonly count: number;
  /** The source's ids that are a number that the exposures have. */
  readonly of: number;
  /** Such an id, and how the exposures write it. */
  readonly id: string;
  readonly other: string;
}

interface IdColumn {
  readonly relation: SourceRelation;
  readonly id: string;
}

/** How many ids of a sample are whole numbers, as we would write them and otherwise. */
interface Spelling {
  readonly plain: number;
  readonly other: number;
}

async function spellingsOf(engine: Engine, { relation, id }: IdColumn): Promise<readonly Spelling[]> {
  if (columnKind(relation.types.get(id) ?? "VARCHAR") === "number") return [{ plain: 1, other: 0 }];
  const parts: readonly Relation[] =
    relation.kind === "table"
      ? [scan(relation)]
      : evenly(relation.files).map((file) => scanFiles(relation, [file]));
  const counts = parts.map((from): Query => {
    const sample = select({ columns: [named("id", textOf(relation, id))], from, limit: SAMPLE });
    return select({
      columns: [
        named("plain", aggregateWhere(isWritten(true, column("id")), "count")),
        named("other", aggregateWhere(isWritten(false, column("id")), "count")),
      ],
      from: subquery(sample),
    });
  });
  const rows = await engine.run(unionAll(counts));
  return rows.map((row) => ({ plain: decodeNumber(row, "plain"), other: decodeNumber(row, "other") }));
}

/** Ids of one width have zeros before some of them in every file; where one file has none and another has, they differ. */
function areUnlike(spellings: readonly Spelling[]): boolean {
  return (
    spellings.some(({ other }) => other > 0) && spellings.some((each) => each.plain > 0 && each.other === 0)
  );
}

function evenly(files: readonly string[]): readonly string[] {
  if (files.length <= SAMPLED_FILES) return files;
  const step = (files.length - 1) / (SAMPLED_FILES - 1);
  return Array.from({ length: SAMPLED_FILES }, (_, index) => files[Math.round(index * step)]!);
}

/** Ids of the source that no exposure has, but for how the number is written; null without such. */
async function compareIds(engine: Engine, exposed: IdColumn, source: IdColumn): Promise<UnlikeIds | null> {
  const met = select({
    columns: [
      named("id", column("id", "a")),
      named("other", call("min", column("id", "b"))),
      named("equal", call("max", cast(binary("equal", column("id", "a"), column("id", "b")), "integer"))),
      named("unequal", call("max", cast(binary("unequal", column("id", "a"), column("id", "b")), "integer"))),
    ],
    from: join(
      aliased(subquery(numbersOf(source)), "a"),
      aliased(subquery(numbersOf(exposed)), "b"),
      binary("equal", column("number", "a"), column("number", "b")),
    ),
    groupBy: ["id"],
  });
  const isUnlike =
    source === exposed
      ? binary("equal", column("unequal"), literal(1n))
      : binary("equal", column("equal"), literal(0n));
  const [row] = await engine.run(
    select({
      columns: [
        named("of", call("count")),
        named("count", aggregateWhere(isUnlike, "count")),
        named("id", aggregateWhere(isUnlike, "max", column("id"))),
        named("other", aggregateWhere(isUnlike, "min", column("other"))),
      ],
      from: subquery(met),
    }),
  );
  const [count, of] = [decodeNumber(row!, "count"), decodeNumber(row!, "of")];
  return count === 0 ? null : { count, of, id: decodeText(row!, "id"), other: decodeText(row!, "other") };
}

function numbersOf({ relation, id }: IdColumn): Query {
  const ids = select({
    columns: [named("id", textOf(relation, id)), named("rows", call("count"))],
    from: scan(relation),
    groupBy: ["id"],
  });
  return select({
    columns: [named("id", column("id")), named("number", wholeOf(column("id")))],
    from: subquery(ids),
    where: isWhole(column("id")),
  });
}

/** The whole number that a text is, however it is written. */
function wholeOf(text: Expression): Expression {
  return attempt(attempt(text, "double"), "integer");
}

function isWhole(text: Expression): Expression {
  const value = attempt(text, "double");
  return all([
    binary("less", call("absolute", value), literal(LARGEST_EXACT)),
    binary("equal", value, cast(wholeOf(text), "double")),
  ]);
}

/** Whether a text is a whole number that is written as we would write it, or otherwise. */
function isWritten(plainly: boolean, text: Expression): Expression {
  return all([isWhole(text), binary(plainly ? "equal" : "unequal", cast(wholeOf(text), "text"), text)]);
}
