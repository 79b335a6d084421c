import type { Path } from "../diagnostics/place.ts";
import { renaming } from "../diagnostics/renaming.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { compareCodePoints } from "./code-point-order.ts";
import { type Findings, refuse } from "./findings.ts";

/** What names stand for. Null: declared, but with a problem that is already reported. */
export type Names<T> = ReadonlyMap<string, T | null>;

type UnknownCode =
  | "unit/unknown"
  | "attribute/unknown"
  | "layer/unknown"
  | "event/unknown"
  | "source/unknown"
  | "metric/unknown"
  | "audience/unknown"
  | "variant/unknown";

/** What a name stands for. Null where it stands for nothing, which is reported, or for something broken. */
export function find<T>(
  findings: Findings,
  names: Names<T>,
  name: string,
  code: UnknownCode,
  path: Path,
  part: "key" | "value" = "value",
): T | null {
  const found = names.get(name);
  if (found !== undefined) {
    if (found === null) findings.sound = false;
    return found;
  }
  const known = [...names.keys()].sort(compareCodePoints);
  const suggestion = suggest(name, known);
  const fixes = renaming({ file: findings.file, path, part }, suggestion);
  return refuse(findings, code, path, { name, known, suggestion: suggestion ?? "" }, { part, fixes });
}
