import { instantOf } from "../runtime/date.ts";
import type { Condition } from "../runtime/manifest.ts";
import { compilePattern, isProgram } from "../runtime/pattern-program.ts";
import { type Comparator, parseRange } from "../runtime/range.ts";
import { commentText } from "./comment.ts";
import { type Constant, type Expression, FALSE, join, type Leaf } from "./expression.ts";
import { integer, propertyOf, quote } from "./literal.ts";

type Scalar = string | number | boolean;
type ScalarType = "string" | "number" | "boolean";

/** The condition as code over `context`; with `wanted` false, its negation, pushed down to the attributes. */
export function conditionCode(condition: Condition, wanted = true): Expression {
  switch (condition.kind) {
    case "all":
    case "any":
      return join(
        (condition.kind === "all") === wanted ? "&&" : "||",
        condition.conditions.map((part) => conditionCode(part, wanted)),
      );
    case "not":
      return conditionCode(condition.condition, !wanted);
    case "one-of":
      return equality(condition, wanted);
    case "compare":
      return ordered(
        "compareNumbers",
        [propertyOf("context", condition.attribute), numberCode(condition.value)],
        wanted ? condition.operator : NEGATED[condition.operator],
      );
    case "contains":
    case "has-part":
    case "starts-with":
    case "ends-with": {
      const [positive, negative] = PAIRS[condition.kind];
      return call(wanted ? positive : negative, condition.attribute, quote(condition.value));
    }
    case "matches":
      return matching(condition, wanted);
    case "semver": {
      const comparators = parseRange(condition.range);
      if (!comparators) return FALSE;
      return join(
        wanted ? "&&" : "||",
        comparators.map((comparator) => comparison(condition.attribute, comparator, wanted)),
      );
    }
    case "date": {
      const { attribute, day, operator, instant } = condition;
      const moment = instantOf(instant);
      if (Number.isNaN(moment)) return FALSE;
      return ordered(
        "compareDates",
        [propertyOf("context", attribute), quote(day), numberCode(moment)],
        (operator === "before") === wanted ? "<" : ">=",
      );
    }
    case "present":
      return presence(condition, wanted);
  }
}

/** The functions of the runtime that test for a value, and for its opposite. */
const PAIRS = {
  contains: ["contains", "lacks"],
  "has-part": ["hasPart", "lacksPart"],
  "starts-with": ["startsWith", "startsOtherwise"],
  "ends-with": ["endsWith", "endsOtherwise"],
  matches: ["matches", "mismatches"],
} as const;

const NEGATED = { ">=": "<", ">": "<=", "<=": ">", "<": ">=" } as const;

/** From this many values on, looking one up beats comparing with each. */
const MANY = 16;

function equality({ attribute, values }: Condition & { kind: "one-of" }, wanted: boolean): Expression {
  if (values.length >= MANY) return membership(attribute, values, wanted);
  const property = propertyOf("context", attribute);
  const compared = (operator: "===" | "!==", value: Scalar) =>
    plain(`${property} ${operator} ${scalarCode(value)}`);
  if (wanted)
    return join(
      "||",
      values.map((value) => compared("===", value)),
    );
  const differing = typesOf(values).map((type) =>
    join("&&", [
      ...typeTests(property, type),
      ...values.filter((value) => typeof value === type).map((value) => compared("!==", value)),
    ]),
  );
  return join("||", differing);
}

/** The value is of the type, and no NaN: one that cannot be compared is missing. */
function typeTests(property: string, type: ScalarType): readonly Leaf[] {
  const isOfType = plain(`typeof ${property} === "${type}"`);
  return type === "number" ? [isOfType, plain(`!Number.isNaN(${property})`)] : [isOfType];
}

function plain(text: string): Leaf {
  return { text, uses: [] };
}

function membership(attribute: string, values: readonly Scalar[], wanted: boolean): Expression {
  const property = propertyOf("context", attribute);
  const items = values.map(scalarCode).join(", ");
  const listed = { prefix: "VALUES", code: `new Set<unknown>([${items}])`, comment: null };
  if (wanted) return onConstant(listed, (name) => `${name}.has(${property})`, []);
  return join(
    "||",
    typesOf(values).map((type) =>
      onConstant(listed, (name) => `isNoneOf(${property}, ${name}, "${type}")`, ["isNoneOf"]),
    ),
  );
}

function matching({ attribute, pattern }: Condition & { kind: "matches" }, wanted: boolean): Expression {
  const program = compilePattern(pattern);
  if (!isProgram(program)) return FALSE;
  const name = wanted ? "matches" : "mismatches";
  const fits = {
    prefix: "FITS",
    code: `pattern(${JSON.stringify(program)})`,
    comment: commentText(pattern),
  };
  const property = propertyOf("context", attribute);
  return onConstant(fits, (constant) => `${name}(${property}, ${constant})`, [name, "pattern"]);
}

function comparison(attribute: string, { operator, version }: Comparator, wanted: boolean): Expression {
  const { major, minor, patch, preRelease } = version;
  const more = preRelease === "" ? [] : ["comparePreReleases", quote(preRelease)];
  const values = [propertyOf("context", attribute), ...[major, minor, patch].map(numberCode), ...more];
  const sides = operator === "=" ? (["<", ">"] as const) : null;
  if (wanted || !sides)
    return ordered(
      "compareVersions",
      values,
      operator === "=" ? "===" : wanted ? operator : NEGATED[operator],
    );
  return join(
    "||",
    sides.map((side) => ordered("compareVersions", values, side)),
  );
}

function presence({ attribute, type }: Condition & { kind: "present" }, wanted: boolean): Leaf {
  const property = propertyOf("context", attribute);
  switch (type) {
    case "string":
    case "boolean":
      return plain(`typeof ${property} ${wanted ? "===" : "!=="} "${type}"`);
    case "list":
      return plain(`${wanted ? "" : "!"}Array.isArray(${property})`);
    case "number":
      return ordering("compareNumbers", [property, "0"], wanted);
    case "version":
      return ordering("compareVersions", [property, "0", "0", "0"], wanted);
    case "date":
      return ordering("compareDates", [property, '""', "0"], wanted);
  }
}

/** Whether there is an order at all: what cannot be compared is missing. */
function ordering(name: string, values: readonly string[], wanted: boolean): Leaf {
  return { text: `${wanted ? "!" : ""}Number.isNaN(${name}(${values.join(", ")}))`, uses: [name] };
}

function ordered(name: string, values: readonly string[], operator: "===" | "<" | "<=" | ">" | ">="): Leaf {
  const preReleases = values.includes("comparePreReleases") ? ["comparePreReleases"] : [];
  return { text: `${name}(${values.join(", ")}) ${operator} 0`, uses: [name, ...preReleases] };
}

function call(name: string, attribute: string, argument: string): Leaf {
  return { text: `${name}(${propertyOf("context", attribute)}, ${argument})`, uses: [name] };
}

function onConstant(constant: Constant, textOn: (name: string) => string, uses: readonly string[]): Leaf {
  return { text: textOn(constant.prefix), uses, hoisted: { constant, textOn } };
}

function typesOf(values: readonly Scalar[]): readonly ScalarType[] {
  return [...new Set(values.map((value) => typeof value as ScalarType))];
}

function scalarCode(value: Scalar): string {
  return typeof value === "string"
    ? quote(value)
    : typeof value === "number"
      ? numberCode(value)
      : `${value}`;
}

function numberCode(value: number): string {
  return Number.isSafeInteger(value) && value >= 10_000 ? integer(value) : String(value);
}
