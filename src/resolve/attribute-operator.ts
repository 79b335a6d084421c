import type { Path } from "../diagnostics/place.ts";
import type { Attribute } from "../model/population.ts";
import { compilePattern, isProgram } from "../runtime/pattern-program.ts";
import { parseRange } from "../runtime/range.ts";
import { evaluate } from "../runtime/targeting.ts";
import type { AttributeTestDocument } from "../syntax/generated/documents.ts";
import { allOf, type Condition } from "./all-of.ts";
import { isAmong, operatorProblem } from "./attribute-value.ts";
import { type Findings, refuse } from "./findings.ts";
import { resolveMoment } from "./moment.ts";

type Operators = Required<Omit<Extract<AttributeTestDocument, { not?: unknown }>, "not">>;

/** An operator as the file names it, and what it is given there; the schema holds the two together. */
interface Written {
  readonly name: string;
  readonly operand: Operators[keyof Operators];
}

interface Question {
  readonly findings: Findings;
  readonly attribute: Attribute;
  readonly timezone: string;
  readonly path: Path;
}

/** An operator: the types that it fits, and its meaning. */
type Operator<Operand> = readonly [
  types: readonly Attribute["type"][],
  meaning: (question: Question, operand: Operand) => Condition | null,
];

const OPERATORS: { readonly [Name in keyof Operators]: Operator<Operators[Name]> } = {
  lessThan: [["number"], compared("<")],
  atMost: [["number"], compared("<=")],
  greaterThan: [["number"], compared(">")],
  atLeast: [["number"], compared(">=")],
  contains: [
    ["list", "string"],
    (question, value) =>
      question.attribute.type === "list" ? holding(question, value) : ofText("has-part")(question, value),
  ],
  containsAny: [["list"], (question, values) => several("any", question, values, holding)],
  containsAll: [["list"], (question, values) => several("all", question, values, holding)],
  startsWith: [["string"], ofText("starts-with")],
  endsWith: [["string"], ofText("ends-with")],
  matches: [["string"], matching],
  semver: [["version"], inRange],
  before: [["date"], dated("before")],
  from: [["date"], dated("from")],
  present: [["string", "number", "boolean", "version", "list", "date"], presence],
};

/** The condition that an operator stands for. */
export function resolveOperator(
  findings: Findings,
  attribute: Attribute,
  { name, operand }: Written,
  timezone: string,
  path: Path,
): Condition | null {
  const [types, meaning] = OPERATORS[name as keyof Operators] as Operator<Written["operand"]>;
  if (!types.includes(attribute.type)) {
    return operatorProblem(findings, attribute, `\`${name}\``, path, "key");
  }
  return meaning({ findings, attribute, timezone, path }, operand);
}

function compared(operator: "<" | "<=" | ">" | ">=") {
  return ({ attribute }: Question, value: number): Condition => ({
    kind: "compare",
    attribute: attribute.key,
    operator,
    value,
  });
}

function holding({ findings, attribute, path }: Question, value: string): Condition | null {
  if (!isAmong(findings, attribute, value, path)) return null;
  return { kind: "contains", attribute: attribute.key, value };
}

function ofText(kind: "has-part" | "starts-with" | "ends-with") {
  const one = (question: Question, value: string) =>
    heldByDeclared(question, value, { kind, attribute: question.attribute.key, value });
  return (question: Question, operand: string | readonly string[]) =>
    typeof operand === "string" ? one(question, operand) : several("any", question, operand, one);
}

/** Several values for one operator are several conditions. */
function several(
  kind: "any" | "all",
  question: Question,
  values: readonly string[],
  meaning: (question: Question, value: string) => Condition | null,
): Condition | null {
  const first = new Map(values.map((value, index) => [value, index] as const).reverse());
  const conditions = [...first]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([value, index]) => meaning({ ...question, path: [...question.path, index] }, value));
  if (!conditions.every((condition) => condition !== null)) return null;
  return kind === "all" || conditions.length === 1 ? allOf(conditions) : { kind, conditions };
}

function matching(question: Question, source: string): Condition | null {
  const { findings, attribute, path } = question;
  const compiled = compilePattern(source);
  if (isProgram(compiled)) {
    return heldByDeclared(question, source, { kind: "matches", attribute: attribute.key, pattern: source });
  }
  return refuse(findings, "audience/pattern", path, { attribute: attribute.key, source, ...compiled });
}

/** A test of a text with declared values, which at least one of them passes. */
function heldByDeclared(
  { findings, attribute: { key, values }, path }: Question,
  value: string,
  condition: Condition & { readonly kind: "has-part" | "starts-with" | "ends-with" | "matches" },
): Condition | null {
  if (values === null || values.some((declared) => evaluate(condition, { [key]: declared })))
    return condition;
  const args = { attribute: key, operator: condition.kind, found: value, known: values };
  return refuse(findings, "audience/no-value", path, args);
}

function inRange({ findings, attribute, path }: Question, range: string): Condition | null {
  if (parseRange(range)) return { kind: "semver", attribute: attribute.key, range };
  return refuse(findings, "audience/version-range", path, { attribute: attribute.key, found: range });
}

function dated(operator: "before" | "from") {
  return ({ findings, attribute, timezone, path }: Question, text: string): Condition | null => {
    const moment = resolveMoment(findings, text, timezone, path);
    return moment && { kind: "date", attribute: attribute.key, operator, ...moment };
  };
}

function presence({ attribute: { key, type } }: Question, present: boolean): Condition {
  const condition: Condition = { kind: "present", attribute: key, type };
  return present ? condition : { kind: "not", condition };
}
