import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";

/** A file as it was read: its bytes, or its text where somebody has it already. */
export type SourceFile = {
  /** Relative to the project's root folder, with forward slashes: `experiments/metrics/revenue.yaml`. */
  readonly path: string;
  /** A symbolic link, to a file or a folder: nothing of what it leads to is here. */
  readonly isLink?: true;
} & ({ readonly bytes: Uint8Array } | { readonly text: string });

/** Bytes: enough for hundreds of variants or thousands of values, few enough to read in a second or two. */
const LARGEST = 256_000;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of a file, and what keeps it from being read as YAML. A byte order mark stays in, so that offsets are the file's. */
export function decodeText(file: SourceFile): {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
} {
  const size = "bytes" in file ? file.bytes.length : file.text.length;
  const place = { file: file.path, span: { start: 0, end: 0 } };
  if (file.isLink) {
    const severity = /\.ya?ml$/.test(file.path) ? "error" : "warning";
    return { text: "", diagnostics: [diagnose("file/link", place, {}, { severity })] };
  }
  if (size > LARGEST) return { text: "", diagnostics: [diagnose("file/too-large", place, { size })] };
  if ("text" in file) return { text: file.text, diagnostics: [] };
  try {
    return { text: decoder.decode(file.bytes), diagnostics: [] };
  } catch {
    return { text: "", diagnostics: [diagnose("file/not-utf8", place, {})] };
  }
}
