import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { classify } from "./classify.ts";
import { type DecodedDocument, type DocumentKind, decode } from "./decode.ts";
import type { LocatedTree } from "./located-tree.ts";
import { parse } from "./parse.ts";
import { decodeText, type SourceFile } from "./source-file.ts";

const MOST_PROBLEMS = 100;

/** All that one file says, by itself. */
export interface FileReading {
  readonly file: string;
  /** The file's name without its ending. */
  readonly key: string;
  readonly archived: boolean;
  /** Null where the file's folder has no meaning. */
  readonly kind: DocumentKind | null;
  readonly text: string;
  /** Of a file that is YAML and has problems; that of any other can be had from its text. */
  readonly tree: LocatedTree | null;
  /** Null where the file has problems. */
  readonly decoded: DecodedDocument | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a file of the language; null for a file that is not YAML by its name. */
export function readFile(source: SourceFile): FileReading | null {
  const classified = classify(source.path);
  if (classified === null) return null;
  const { kind, key, archived } = classified;
  const { text, diagnostics } = decodeText(source);
  const file = source.path;
  const unread = { file, key, archived, kind, text, tree: null, decoded: null };
  const refusals = [...classified.diagnostics, ...diagnostics];
  if (kind === null || diagnostics.length > 0) return { ...unread, diagnostics: refusals };

  const { tree, diagnostics: problems } = parse(file, text);
  if (tree === null) return { ...unread, diagnostics: foremost(file, [...refusals, ...problems]) };
  const { decoded, diagnostics: violations } = decode(kind, tree, text);
  return {
    ...unread,
    tree: decoded === null ? tree : null,
    decoded: refusals.length > 0 ? null : decoded,
    diagnostics: foremost(file, [...refusals, ...violations]),
  };
}

/** As many of a file's problems as anybody reads: a file of a megabyte can have a hundred thousand. */
function foremost(file: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= MOST_PROBLEMS) return diagnostics;
  const more = diagnose("file/more-problems", { file, span: { start: 0, end: 0 } }, { shown: MOST_PROBLEMS });
  return [...diagnostics.slice(0, MOST_PROBLEMS), more];
}
