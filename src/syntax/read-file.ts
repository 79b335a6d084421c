import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { foremost } from "../diagnostics/foremost.ts";
import { classify } from "./classify.ts";
import { type DecodedDocument, type DocumentKind, decode, decodeValue } from "./decode.ts";
import type { LocatedTree } from "./located-tree.ts";
import { ordinaryValue } from "./ordinary-value.ts";
import { parse } from "./parse.ts";
import { type ReadValue, rememberEntries } from "./remember-entries.ts";
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
  /** Of a file that is YAML and has problems; that of any other can be had from its text. */
  readonly tree: LocatedTree | null;
  /** Null where the file has problems. */
  readonly decoded: DecodedDocument | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** A link to what may be a folder. */
const UNNAMED = { kind: null, key: "", archived: false, diagnostics: [] } as const;

/** Reads one file of the language; null for a file that is not YAML by its name. */
export type ReadFile = (source: SourceFile) => FileReading | null;

/** A reader for many files. */
export function createReader(readValue: ReadValue = rememberEntries()): ReadFile {
  return (source) => readFile(source, readValue);
}

/**
 * Reads a file of the language; null for a file that is not YAML by its name.
 *
 * @param readValue Gives the values of sound texts more cheaply than `parse`, which is asked about all others.
 */
export function readFile(source: SourceFile, readValue: ReadValue = ordinaryValue): FileReading | null {
  const classified = classify(source.path) ?? (source.isLink ? UNNAMED : null);
  if (classified === null) return null;
  const { kind, key, archived } = classified;
  const { text, diagnostics } = decodeText(source);
  const file = source.path;
  const unread = { file, key, archived, kind, text, tree: null, decoded: null };
  const refusals: readonly Diagnostic[] = [...classified.diagnostics, ...diagnostics];
  if (kind === null || diagnostics.length > 0) return { ...unread, diagnostics: refusals };

  const value = readValue(text);
  const plain = value === undefined ? null : decodeValue(kind, value);
  if (plain !== null)
    return { ...unread, decoded: refusals.length > 0 ? null : plain, diagnostics: refusals };

  const { tree, diagnostics: problems } = parse(file, text);
  if (tree === null) return { ...unread, diagnostics: foremost([...refusals, ...problems]) };
  const { decoded, diagnostics: violations } = decode(kind, tree, text);
  return {
    ...unread,
    tree: decoded === null ? tree : null,
    decoded: refusals.length > 0 ? null : decoded,
    diagnostics: foremost([...refusals, ...violations]),
  };
}
