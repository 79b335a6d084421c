import type { Code } from "../../../src/diagnostics/catalog.ts";
import type { Edits } from "./sample-files.ts";

/** One change of the sample that gives exactly one diagnostic, and the nearest change that gives none. */
export interface Example {
  readonly code: Code;
  readonly bad: Edits;
  /** The file and the text that the diagnostic marks. */
  readonly at: string;
  readonly severity?: "error" | "warning" | "note";
  readonly good: Edits;
}
