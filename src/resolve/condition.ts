import type { Path } from "../diagnostics/place.ts";
import type { Attribute } from "../model/population.ts";
import type {
  AttributeTestDocument,
  ConditionDocument,
  ConditionMapDocument,
} from "../syntax/generated/documents.ts";
import { allOf, type Condition } from "./all-of.ts";
import { resolveAttributeTest } from "./attribute-test.ts";
import { compareCodePoints } from "./code-point-order.ts";
import { type Findings, refuse } from "./findings.ts";
import { find, type Names } from "./names.ts";

/** What a condition may speak of. */
export interface ConditionScope {
  readonly attributes: Names<Attribute>;
  /** Of days. */
  readonly timezone: string;
  /** The condition of an audience file; null where it has none, which is reported. */
  readonly audience: (key: string, findings: Findings, path: Path) => Condition | null;
}

/** More tests than any app should evaluate for one unit. Files that name each other could ask for 2ⁿ. */
const MOST_TESTS = 1_000;

/**
 * A condition with its audience files put in. The entries of a map are ordered by code point, so that their
 * order in the file means nothing.
 */
export function resolveCondition(
  findings: Findings,
  document: ConditionDocument,
  scope: ConditionScope,
  path: Path,
): Condition | null {
  const condition = conditionOf(findings, document, scope, path);
  if (condition === null || countTests(condition, MOST_TESTS) <= MOST_TESTS) return condition;
  return refuse(findings, "audience/too-large", path, { limit: `${MOST_TESTS} tests` });
}

function conditionOf(
  findings: Findings,
  document: ConditionDocument,
  scope: ConditionScope,
  path: Path,
): Condition | null {
  if (typeof document === "string") return scope.audience(document, findings, path);
  const { all, any, not, ...tests } = document;
  const conditions: (Condition | null)[] = [];
  if (all) conditions.push(listOf(findings, all, "all", scope, path));
  if (any) conditions.push(listOf(findings, any, "any", scope, path));
  if (not) {
    const condition = conditionOf(findings, not, scope, [...path, "not"]);
    conditions.push(condition && { kind: "not", condition });
  }
  for (const [name, test] of Object.entries(tests as AttributeTests).sort(byKey)) {
    const place = [...path, name];
    const attribute = find(findings, scope.attributes, name, "attribute/unknown", place, "key");
    conditions.push(attribute && resolveAttributeTest(findings, attribute, test, scope.timezone, place));
  }
  return complete(conditions) ? allOf(conditions) : null;
}

type AttributeTests = { readonly [attribute: string]: AttributeTestDocument };

function listOf(
  findings: Findings,
  documents: NonNullable<ConditionMapDocument["all"]>,
  kind: "all" | "any",
  scope: ConditionScope,
  path: Path,
): Condition | null {
  const conditions = documents.map((document, index) =>
    conditionOf(findings, document, scope, [...path, kind, index]),
  );
  if (!complete(conditions)) return null;
  return conditions.length === 1 ? conditions[0]! : { kind, conditions };
}

/** How many attribute tests a condition holds; stops counting beyond the limit. */
function countTests(condition: Condition, limit: number): number {
  if (condition.kind === "not") return countTests(condition.condition, limit);
  if (condition.kind !== "all" && condition.kind !== "any") return 1;
  let count = 0;
  for (const part of condition.conditions) {
    count += countTests(part, limit - count);
    if (count > limit) break;
  }
  return count;
}

function complete(conditions: readonly (Condition | null)[]): conditions is readonly Condition[] {
  return !conditions.includes(null);
}

function byKey([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return compareCodePoints(left, right);
}
