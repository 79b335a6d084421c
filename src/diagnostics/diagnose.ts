import { type ArgumentsOf, type Code, catalog } from "./catalog.ts";
import type { Diagnostic, Fix, Related } from "./diagnostic.ts";
import type { Place } from "./place.ts";
import type { Severity } from "./words.ts";

interface Extras {
  /** Where the same finding weighs differently (a draft's is a warning). Default: the catalog's. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
}

/** A diagnostic as plain data. */
export function diagnose<C extends Code>(
  code: C,
  place: Place,
  args: ArgumentsOf<C>,
  extras: Extras = {},
): Diagnostic {
  return {
    code,
    severity: extras.severity ?? catalog[code].severity,
    place,
    args,
    related: extras.related ?? [],
    fixes: extras.fixes ?? [],
  };
}
