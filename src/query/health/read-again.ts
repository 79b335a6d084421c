import type { Sources } from "../prepare-sources.ts";
import type { SourceRelation } from "../source-relation.ts";

/** Of larger sources only the latest rows are looked at. */
const MOST_ROWS = 2_000_000;
/** Rows of text files that are worth reading twice. */
const MOST_TEXT_ROWS = 200_000;

/** Whether a source is cheap to read once more: a few columns of it can be read by themselves, or it is small. */
export function isCheapToReadAgain(relation: SourceRelation, { facts }: Sources): boolean {
  if (relation.kind === "table" || relation.format === "parquet") return true;
  return facts.some(({ source, rows }) => source === relation.source && rows <= MOST_TEXT_ROWS);
}

/** Milliseconds from which rows are looked at, where there are more than are worth it; null: all. */
export function startOfLook({ source }: SourceRelation, { facts }: Sources): number | null {
  const found = facts.find((each) => each.source === source);
  if (!found || found.rows <= MOST_ROWS || found.first === null || found.last === null) return null;
  const [first, last] = [Date.parse(found.first), Date.parse(found.last)];
  return Math.floor(last - ((last - first) * MOST_ROWS) / found.rows);
}
