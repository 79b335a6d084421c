import { Parser } from "yaml";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic, LocatedDiagnostic } from "../diagnostics/diagnostic.ts";
import { locate } from "./locate.ts";
import { parse } from "./parse.ts";
import { printYaml } from "./print-yaml.ts";
import { decodeText, type SourceFile } from "./source-file.ts";
import { toJson } from "./to-json.ts";

/** A file before and after formatting. */
export interface FormattedFile {
  readonly file: string;
  readonly before: string;
  /** In house form; null where the file cannot be read as YAML. */
  readonly after: string | null;
  /** What keeps the file from being read. */
  readonly diagnostics: readonly LocatedDiagnostic[];
}

/** A file in house form. It says exactly what it said: form changes, never meaning, and all comments stay. */
export function formatYaml(source: SourceFile): FormattedFile {
  const file = source.path;
  const { text: before, diagnostics: refusals } = decodeText(source);
  const refuse = (diagnostics: readonly Diagnostic[]): FormattedFile => ({
    file,
    before,
    after: null,
    diagnostics: locate(diagnostics, new Map()),
  });
  if (refusals.length > 0) return refuse(refusals);
  const { tree, diagnostics } = parse(file, before);
  if (tree === null) return refuse(diagnostics);
  if (tree.root.kind === "scalar") return { file, before, after: before, diagnostics: [] };
  const after = settled(before);
  const again = parse(file, after).tree;
  if (again !== null && JSON.stringify(toJson(again.root)) === JSON.stringify(toJson(tree.root)))
    return { file, before, after, diagnostics: [] };
  // The parser forgives a few malformed texts (a quote that never ends, at the very end) until they are moved.
  const problem = "Something in the file can be read only by good luck; it has no house form";
  return refuse([diagnose("yaml/syntax", { file, span: { start: 0, end: 0 } }, { problem })]);
}

/** Printed until it stays: the level of a comment follows from what stands before it, which the first print rewrites. */
function settled(text: string, rounds = 4): string {
  const printed = printYaml(new Parser().parse(text));
  return printed === text || rounds === 0 ? printed : settled(printed, rounds - 1);
}
