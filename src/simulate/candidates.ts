import { addDays, daysBetween } from "../model/calendar.ts";
import type { Attribute } from "../model/population.ts";
import type { Condition } from "../runtime/manifest.ts";
import { parsePattern } from "../runtime/pattern-syntax.ts";
import { parseRange } from "../runtime/range.ts";
import { type AttributeValue, drawAttribute, namesOf } from "./draw-attribute.ts";
import { drawText } from "./pattern-text.ts";
import type { Random } from "./random.ts";

type Test = Extract<Condition, { readonly attribute: string }>;

/** A test of an attribute, or (`wanted` false) its negation. */
export interface Literal {
  readonly test: Test;
  readonly wanted: boolean;
}

type Candidate = AttributeValue | undefined;

/** Values of an attribute among which some are likely to satisfy all of the literals. */
export function candidatesFor(
  random: Random,
  literals: readonly Literal[],
  attribute: Attribute,
): readonly Candidate[] {
  const others = Array.from({ length: 4 }, () => drawAttribute(random, attribute));
  const single = literals.flatMap(({ test }) => candidates(random, test, attribute, others));
  return literals.length === 1 ? single : [...single, ...together(literals)];
}

function candidates(
  random: Random,
  test: Test,
  attribute: Attribute,
  others: readonly AttributeValue[],
): readonly Candidate[] {
  switch (test.kind) {
    case "one-of":
      return [
        ...test.values,
        ...others,
        ...(attribute.type === "string" ? namesOf(attribute.key, attribute.values) : []),
      ];
    case "compare":
      return [test.value, test.value + 1, test.value - 1, test.value * 2, test.value / 2, ...others];
    case "contains":
      return [[test.value], ...others, ...others.map((list) => [test.value, ...(list as readonly string[])])];
    case "has-part":
    case "starts-with":
    case "ends-with":
      return [
        ...(attribute.values ?? [test.value, textAround(test, namesOf(attribute.key, null)[0]!)]),
        ...others,
      ];
    case "matches":
      return [...(attribute.values ?? textsFitting(random, test.pattern)), ...others];
    case "semver":
      return [...others, ...(parseRange(test.range) ?? []).flatMap(({ text }) => neighbours(text))];
    case "date":
      return [-30, -1, 0, 1, 30].map((days): Candidate => addDays(test.day, days)).concat(others);
    case "present":
      return [undefined, ...others];
  }
}

/** What satisfies several literals at once: the middle of their bounds, a text or a list with all that is asked for. */
function together(literals: readonly Literal[]): readonly Candidate[] {
  const tests = literals.map(({ test }) => test);
  const asked = literals.flatMap(({ test, wanted }) => (wanted ? [test] : []));
  const numbers = tests.flatMap((test) => (test.kind === "compare" ? [test.value] : []));
  const days = tests.flatMap((test) => (test.kind === "date" ? [test.day] : []));
  const items = asked.flatMap((test) => (test.kind === "contains" ? [test.value] : []));
  const text = asked.reduce(
    (text, test) => ("value" in test && typeof test.value === "string" ? textAround(test, text) : text),
    "-",
  );
  return [
    ...between(numbers, (one, other) => one + (other - one) / 2),
    ...between(days, (one, other) => addDays(one, Math.floor(daysBetween(one, other) / 2))),
    items,
    text,
  ];
}

function between<T>(values: readonly T[], middle: (one: T, other: T) => T): readonly T[] {
  return values.flatMap((one, index) => values.slice(index + 1).map((other) => middle(one, other)));
}

function textAround({ kind, ...test }: Test, text: string): string {
  if (!("value" in test)) return text;
  return kind === "starts-with" ? `${test.value}${text}` : `${text}${test.value}`;
}

function textsFitting(random: Random, pattern: string): readonly string[] {
  const node = parsePattern(pattern);
  return "fault" in node ? [] : Array.from({ length: 4 }, () => drawText(random, node));
}

/** The version, and versions just above and below it. */
function neighbours(version: string): readonly string[] {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.+-]/, 3).map(Number);
  return [
    version,
    `${major}.${minor}.${patch + 1}`,
    `${major}.${minor + 1}.0`,
    `${major + 1}.0.0`,
    `${major}.${minor}.${Math.max(0, patch - 1)}`,
    `${major}.${Math.max(0, minor - 1)}.9`,
    `${Math.max(0, major - 1)}.9.0`,
  ];
}
