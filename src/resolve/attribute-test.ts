import type { Path } from "../diagnostics/place.ts";
import type { Attribute } from "../model/population.ts";
import type { AttributeTestDocument } from "../syntax/generated/documents.ts";
import { allOf, type Condition } from "./all-of.ts";
import { resolveOperator } from "./attribute-operator.ts";
import { fits, operatorProblem } from "./attribute-value.ts";
import { compareCodePoints } from "./code-point-order.ts";
import type { Findings } from "./findings.ts";

type Value = string | number | boolean;

/**
 * What is asked of one attribute: a value, a list of values, or operators, each of which must fit its type and
 * all of which must hold. Days are those of the timezone.
 */
export function resolveAttributeTest(
  findings: Findings,
  attribute: Attribute,
  document: AttributeTestDocument,
  timezone: string,
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
  const { not, ...operators } = document;
  const conditions: (Condition | null)[] = Object.entries(operators)
    .sort(([left], [right]) => compareCodePoints(left, right))
    .map(([name, operand]) =>
      resolveOperator(findings, attribute, { name, operand }, timezone, [...path, name]),
    );
  if (not !== undefined) {
    const condition = resolveAttributeTest(findings, attribute, not, timezone, [...path, "not"]);
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
  if (type === "list" || type === "date") return operatorProblem(findings, attribute, "equality", path);
  const sound = written.map(({ value, path }) => fits(findings, attribute, value, path));
  if (sound.includes(false)) return null;
  const values = [...new Set(written.map(({ value }) => value))].sort((left, right) =>
    typeof left === "number" && typeof right === "number"
      ? left - right
      : compareCodePoints(String(left), String(right)),
  );
  return { kind: "one-of", attribute: key, values };
}
