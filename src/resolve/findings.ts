import type { ArgumentsOf, Code } from "../diagnostics/catalog.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic, Fix, Related } from "../diagnostics/diagnostic.ts";
import type { Path } from "../diagnostics/place.ts";

/** What is found wrong with one file while it is resolved. */
export interface Findings {
  readonly file: string;
  readonly diagnostics: Diagnostic[];
  /** False once a part of the file has no meaning, whether that is reported here or where its cause is. */
  sound: boolean;
}

interface Extras {
  readonly part?: "key" | "value";
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
}

/** Reports a problem of a node, and that what it belongs to has no meaning. Returns null, as the node's meaning. */
export function refuse<C extends Code>(
  findings: Findings,
  code: C,
  path: Path,
  args: ArgumentsOf<C>,
  { part = "value", ...extras }: Extras = {},
): null {
  findings.sound = false;
  findings.diagnostics.push(diagnose(code, { file: findings.file, path, part }, args, extras));
  return null;
}
