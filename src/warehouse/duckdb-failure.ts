import { EngineFailure, type FailurePlace, Interrupted } from "../sql/failure.ts";

/** An error of the engine as a failure: of a line of a file, with its number and what is wrong in our words. */
export function duckdbFailure(error: unknown): Error {
  const text = error instanceof Error ? error.message : String(error);
  if (text.startsWith("INTERRUPT")) return new Interrupted();
  const line = /CSV Error on Line: (\d+)/.exec(text)?.[1];
  const [first = ""] = text.split("\n");
  if (line === undefined)
    return new EngineFailure(first.replace(/^(?:[A-Z][A-Za-z-]+ )+Error: /, "").trim(), { cause: error });
  return new EngineFailure(`line ${line} has ${faultOf(text)}`, { cause: error, at: placeOf(text) });
}

/** The line itself is quoted among the engine's words, so what is looked for stands at a line's beginning. */
function faultOf(text: string): string {
  const [, expected, found] = FIELDS.exec(text) ?? [];
  // It stops counting at the first field too many.
  if (Number(found) > Number(expected)) return `more than ${fieldsOf(expected)}`;
  if (found !== undefined) return `${fieldsOf(found)} in place of ${expected}`;
  return FAULTS.find(([pattern]) => pattern.test(text))?.[1] ?? "something that is no CSV";
}

function fieldsOf(count: string | undefined): string {
  return count === "1" ? "1 field" : `${count} fields`;
}

function placeOf(text: string): FailurePlace | null {
  const file = /^ {2}file = (.*)$/m.exec(text)?.[1];
  const fields = FIELDS.exec(text)?.[2];
  return file === undefined ? null : { file, fields: fields === undefined ? null : Number(fields) };
}

const FIELDS = /^Expected Number of Columns: (\d+) Found: (\d+)/m;

const FAULTS: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/^Invalid unicode/m, "bytes that are not UTF-8"],
  [/^Value with unterminated quote/m, "a quote that is not closed"],
  [/^Maximum line size/m, "more bytes than a line may have"],
];
