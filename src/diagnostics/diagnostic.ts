import type { Code } from "./catalog.ts";
import type { Place, Span } from "./place.ts";
import type { Arguments, Severity } from "./words.ts";

/** A change of text that mends the problem, safe to show; safe to apply where `automatic` is true. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly place: Place; readonly text: string }[];
  readonly automatic: boolean;
}

/** Another place that takes part in the problem, and what it has to do with it. */
export interface Related {
  readonly place: Place;
  readonly label: string;
}

/** A problem as plain data. Its words live in the catalog, under `code`. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly place: Place;
  readonly args: Arguments;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** A diagnostic whose places have been found in the text. */
export interface LocatedDiagnostic extends Diagnostic {
  readonly place: Place & { readonly span: Span };
}
