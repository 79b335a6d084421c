import type { Attribute } from "../model/population.ts";
import type { Condition } from "../runtime/manifest.ts";
import { type Operator, parseRange } from "../runtime/range.ts";
import { evaluate } from "../runtime/targeting.ts";
import type { Literal, Test } from "./literal.ts";
import { isDisjoint, numbersLeft } from "./sides.ts";

/** Conjunctions that are tried before a condition counts as one that somebody can match. */
const MOST_BRANCHES = 256;

/**
 * The attributes of which no values satisfy a condition, the fewest that one of its alternatives names; null
 * where somebody can match. Certain when it names any: what is too large to try counts as satisfiable, and so
 * does what patterns ask of texts that are not declared.
 */
export function findContradiction(
  condition: Condition,
  attributes: readonly Attribute[],
): readonly string[] | null {
  const branches = expand(condition, true);
  if (branches === null) return null;
  const declared = new Map(attributes.map((attribute) => [attribute.key, attribute]));
  let fewest: readonly string[] | null = null;
  for (const branch of branches) {
    const conflicts = conflictsOf(branch, declared);
    if (conflicts.length === 0) return null;
    if (fewest === null || conflicts.length < fewest.length) fewest = conflicts;
  }
  return fewest;
}

/** The disjunctive normal form, negations pushed down as the runtime does; null where it is too large. */
function expand(condition: Condition, wanted: boolean): readonly (readonly Literal[])[] | null {
  switch (condition.kind) {
    case "not":
      return expand(condition.condition, !wanted);
    case "all":
    case "any": {
      const parts: (readonly (readonly Literal[])[])[] = [];
      for (const each of condition.conditions) {
        const part = expand(each, wanted);
        if (part === null) return null;
        parts.push(part);
      }
      return (condition.kind === "any") === wanted ? anyOf(parts) : allOf(parts);
    }
    case "semver":
      return wanted ? [[{ test: condition, wanted }]] : outside(condition);
    default:
      return [[{ test: condition, wanted }]];
  }
}

function anyOf(parts: readonly (readonly (readonly Literal[])[])[]) {
  const branches = parts.flat();
  return branches.length > MOST_BRANCHES ? null : branches;
}

function allOf(parts: readonly (readonly (readonly Literal[])[])[]) {
  let branches: readonly (readonly Literal[])[] = [[]];
  for (const part of parts) {
    if (branches.length * part.length > MOST_BRANCHES) return null;
    branches = branches.flatMap((branch) => part.map((literals) => [...branch, ...literals]));
  }
  return branches;
}

const OPPOSITE: Readonly<Record<Operator, readonly Operator[]>> = {
  ">=": ["<"],
  ">": ["<="],
  "<=": [">"],
  "<": [">="],
  "=": ["<", ">"],
};

/** Outside a range a version fails one of its comparators: an alternative for each. */
function outside({ attribute, range }: Test & { kind: "semver" }): readonly (readonly Literal[])[] {
  return (parseRange(range) ?? []).flatMap(({ operator, text }) =>
    OPPOSITE[operator].map((opposite) => [
      { test: { kind: "semver" as const, attribute, range: `${opposite}${text}` }, wanted: true },
    ]),
  );
}

/** The attributes of a conjunction that have no value for it. */
function conflictsOf(
  literals: readonly Literal[],
  declared: ReadonlyMap<string, Attribute>,
): readonly string[] {
  const byAttribute = new Map<string, Literal[]>();
  for (const literal of literals) {
    const group = byAttribute.get(literal.test.attribute);
    if (group === undefined) byAttribute.set(literal.test.attribute, [literal]);
    else group.push(literal);
  }
  return [...byAttribute].filter(([key, group]) => !hasValue(group, declared.get(key))).map(([key]) => key);
}

function hasValue(literals: readonly Literal[], attribute: Attribute | undefined): boolean {
  const candidates = candidatesOf(literals, attribute);
  if (candidates === null) return true;
  return candidates.some((value) =>
    literals.every(({ test, wanted }) => evaluate(test, { [test.attribute]: value }, wanted)),
  );
}

/** Values of which one satisfies the tests if any value does; null where that is certain, or cannot be told, without trying. */
function candidatesOf(
  literals: readonly Literal[],
  attribute: Attribute | undefined,
): readonly unknown[] | null {
  for (const { test, wanted } of literals) {
    if (test.kind === "one-of" && wanted) return test.values;
    if (test.kind === "present" && !wanted) return [undefined];
  }
  switch (attribute?.type) {
    case "boolean":
      return [true, false];
    case "string":
      if (attribute.values) return attribute.values;
      return literals.some(({ test }) => test.kind === "matches") ? null : [textFor(literals)];
    case "list":
      return [wantedTexts(literals, "contains")];
    case "number":
      return numbersLeft(literals);
    case "version":
    case "date":
      return isDisjoint(literals) ? [] : null;
    default:
      return null;
  }
}

function wantedTexts(
  literals: readonly Literal[],
  kind: "contains" | "has-part" | "starts-with" | "ends-with",
) {
  return literals.flatMap(({ test, wanted }) => (test.kind === kind && wanted ? [test.value] : []));
}

/**
 * A text with the beginning, the parts and the end that are asked for, set apart by a character of which no test
 * speaks: it has, begins with, ends with and equals nothing else that one does.
 */
function textFor(literals: readonly Literal[]): string {
  const spoken = JSON.stringify(literals);
  let code = 0xe000;
  while (spoken.includes(String.fromCharCode(code))) code += 1;
  const start = longest(wantedTexts(literals, "starts-with"));
  const end = longest(wantedTexts(literals, "ends-with"));
  return [start, ...wantedTexts(literals, "has-part"), end].join(String.fromCharCode(code));
}

function longest(texts: readonly string[]): string {
  return texts.reduce((found, text) => (text.length > found.length ? text : found), "");
}
