import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { classify } from "./classify.ts";
import { type DecodedDocument, type DocumentKind, decode } from "./decode.ts";
import type { LocatedTree } from "./located-tree.ts";
import { parse } from "./parse.ts";
import { decodeText, type SourceFile } from "./source-file.ts";

/** All that one file says, by itself. */
export interface FileReading {
  readonly file: string;
  /** The file's name without its ending. */
  readonly key: string;
  readonly archived: boolean;
  /** Null where the file's folder has no meaning. */
  readonly kind: DocumentKind | null;
  readonly text: string;
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
  if (tree === null) return { ...unread, diagnostics: [...refusals, ...problems] };
  const { decoded, diagnostics: violations } = decode(kind, tree, text);
  return {
    ...unread,
    tree,
    decoded: refusals.length > 0 ? null : decoded,
    diagnostics: [...refusals, ...violations],
  };
}
