import { classify } from "./classify.ts";
import { decodeText, type SourceFile } from "./source-file.ts";

/** The text of a file that a reading holds: of YAML, and of what a link hides none; null of other files. */
export function readText(source: SourceFile): string | null {
  return classify(source.path) === null && !source.isLink ? null : decodeText(source).text;
}
