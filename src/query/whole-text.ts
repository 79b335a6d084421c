import { call } from "../sql/expressions.ts";
import type { Row } from "../sql/result.ts";
import type { Expression } from "../sql/tree.ts";
import { decodeText } from "./decode.ts";

const MARK = "=";

/** A text that a result carries whole: drivers drop the byte order mark that a text begins with. */
export function wholeText(text: Expression): Expression {
  return call("behind-mark", text);
}

/** The text that `wholeText` was made of, null of NULL. */
export function decodeWholeText(row: Row, name: string): string | null {
  return row[name] === null ? null : decodeText(row, name).slice(MARK.length);
}

/** What `wholeText` makes of a text. */
export function markedText(text: string): string {
  return `${MARK}${text}`;
}
