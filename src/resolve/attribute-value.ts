import type { Path } from "../diagnostics/place.ts";
import { renaming } from "../diagnostics/renaming.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Attribute } from "../model/population.ts";
import { type Findings, refuse } from "./findings.ts";

/** What can be asked of an attribute, by its type. */
const MENDS: Readonly<Record<Attribute["type"], string>> = {
  string:
    "write the value itself, or ask by `contains`, `startsWith`, `endsWith` or `matches`; versions, lists and dates are declared as such by the attribute's `type`",
  number: "write the value itself, or compare by `lessThan`, `atMost`, `greaterThan` or `atLeast`",
  boolean: "write `true` or `false`",
  version: "write `{ semver: … }`",
  list: "write `{ contains: … }`, `{ containsAny: … }` or `{ containsAll: … }`",
  date: "write `{ from: … }` or `{ before: … }`",
};

/** Reports an operator that does not fit the attribute's type. */
export function operatorProblem(
  findings: Findings,
  { key, type }: Attribute,
  operator: string,
  path: Path,
  part: "key" | "value" = "value",
): null {
  const args = { operator, attribute: key, type, mend: MENDS[type] };
  return refuse(findings, "audience/operator", path, args, { part });
}

/** Whether an attribute can equal the value; reported where it cannot. */
export function fits(
  findings: Findings,
  attribute: Attribute,
  value: string | number | boolean,
  path: Path,
): boolean {
  const { key, type } = attribute;
  const expected = type === "version" ? "string" : type;
  if (typeof value === expected)
    return typeof value !== "string" || isAmong(findings, attribute, value, path);
  const mended = respell(value, expected);
  const edit = { place: { file: findings.file, path }, text: mended ?? "" };
  refuse(
    findings,
    "audience/value-type",
    path,
    { attribute: key, type, found: `${typeof value} \`${value}\`` },
    mended === null ? {} : { fixes: [{ title: `write \`${mended}\``, edits: [edit], automatic: false }] },
  );
  return false;
}

/** Whether a text is among the declared values, where there are any; reported where it is not. */
export function isAmong(findings: Findings, { key, values }: Attribute, value: string, path: Path): boolean {
  if (values === null || values.includes(value)) return true;
  const suggestion = suggest(value, values);
  refuse(
    findings,
    "audience/unknown-value",
    path,
    { attribute: key, found: value, suggestion: suggestion ?? "", known: values },
    { fixes: renaming({ file: findings.file, path }, suggestion) },
  );
  return false;
}

/** The same value as text of the expected type, where it is one. */
function respell(value: string | number | boolean, expected: string): string | null {
  if (expected === "string") return JSON.stringify(String(value));
  if (expected === "boolean") return value === "true" || value === "false" ? value : null;
  return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)) ? value : null;
}
