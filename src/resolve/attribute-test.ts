import type { Path } from "../diagnostics/place.ts";
import { renaming } from "../diagnostics/renaming.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Attribute } from "../model/population.ts";
import type { AttributeTestDocument } from "../syntax/generated/documents.ts";
import { allOf, type Condition } from "./all-of.ts";
import { compareCodePoints } from "./code-point-order.ts";
import { type Findings, refuse } from "./findings.ts";

type Value = string | number | boolean;

/** What is asked of one attribute: a value, a list of values, or operators, each of which must fit its type. */
export function resolveAttributeTest(
  findings: Findings,
  attribute: Attribute,
  document: AttributeTestDocument,
  path: Path,
): Condition | null {
  if (Array.isArray(document)) {
    return equals(
      findings,
      attribute,
      document.map((value, index) => ({ value, path: [...path, index] })),
      path,
    );
  }
  if (typeof document !== "object") return equals(findings, attribute, [{ value: document, path }], path);
  const conditions: (Condition | null)[] = [];
  if (document.contains !== undefined) {
    conditions.push(contains(findings, attribute, document.contains, [...path, "contains"]));
  }
  if (document.semver !== undefined) {
    conditions.push(satisfies(findings, attribute, document.semver, [...path, "semver"]));
  }
  if (document.not !== undefined) {
    const condition = resolveAttributeTest(findings, attribute, document.not, [...path, "not"]);
    conditions.push(condition && { kind: "not", condition });
  }
  return conditions.every((condition) => condition !== null) ? allOf(conditions) : null;
}

function equals(
  findings: Findings,
  attribute: Attribute,
  written: readonly { readonly value: Value; readonly path: Path }[],
  path: Path,
): Condition | null {
  const { key, type } = attribute;
  if (type === "list") {
    return refuse(findings, "audience/operator", path, {
      operator: "equality",
      attribute: key,
      type,
      mend: "write `{ contains: … }`",
    });
  }
  const sound = written.map(({ value, path }) => fits(findings, attribute, value, path));
  if (sound.includes(false)) return null;
  const values = [...new Set(written.map(({ value }) => value))].sort((left, right) =>
    typeof left === "number" && typeof right === "number"
      ? left - right
      : compareCodePoints(String(left), String(right)),
  );
  return { kind: "one-of", attribute: key, values };
}

function contains(findings: Findings, attribute: Attribute, value: string, path: Path): Condition | null {
  const { key, type } = attribute;
  if (type !== "list" && type !== "string") {
    return refuse(
      findings,
      "audience/operator",
      path,
      {
        operator: "`contains`",
        attribute: key,
        type,
        mend: type === "version" ? "write `{ semver: … }`" : "write the value itself",
      },
      { part: "key" },
    );
  }
  if (type === "list" && !isAmong(findings, attribute, value, path)) return null;
  return { kind: "contains", attribute: key, value };
}

function satisfies(findings: Findings, attribute: Attribute, range: string, path: Path): Condition | null {
  const { key, type } = attribute;
  if (type === "version") return { kind: "semver", attribute: key, range };
  const mend = "declare the attribute with `type: version`, or compare it by value";
  return refuse(
    findings,
    "audience/operator",
    path,
    { operator: "`semver`", attribute: key, type, mend },
    { part: "key" },
  );
}

function fits(findings: Findings, attribute: Attribute, value: Value, path: Path): boolean {
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

function isAmong(findings: Findings, { key, values }: Attribute, value: string, path: Path): boolean {
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
function respell(value: Value, expected: string): string | null {
  if (expected === "string") return JSON.stringify(String(value));
  if (expected === "boolean") return value === "true" || value === "false" ? value : null;
  return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)) ? value : null;
}
