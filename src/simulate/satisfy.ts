import type { Attribute } from "../model/population.ts";
import type { Condition } from "../runtime/manifest.ts";
import { parseRange } from "../runtime/range.ts";
import { evaluate } from "../runtime/targeting.ts";
import type { Random } from "./random.ts";
import { between, happens, pick } from "./sampling.ts";

export type AttributeValue = string | number | boolean | readonly string[];

/** Attributes by name; without a prototype, so that any name is just a name. */
export type Context = Record<string, AttributeValue>;

/** Some value of an attribute's type. */
export function drawAttribute(random: Random, { key, type, values }: Attribute): AttributeValue {
  switch (type) {
    case "boolean":
      return happens(random, 0.5);
    case "number":
      return Math.floor(between(random, 0, 100));
    case "version":
      return [between(random, 1, 8), between(random, 0, 10), between(random, 0, 10)]
        .map(Math.floor)
        .join(".");
    case "list":
      return namesOf(key, values).filter(() => happens(random, 0.3));
    case "string":
      return pick(random, namesOf(key, values));
  }
}

/**
 * Sets the attributes that a condition reads so that it holds, or does not (`wanted` false). Parts that ask
 * for different values of one attribute overwrite each other: the caller evaluates what came out.
 */
export function satisfy(
  random: Random,
  context: Context,
  condition: Condition,
  wanted: boolean,
  attributes: ReadonlyMap<string, Attribute>,
): void {
  if (condition.kind === "not") {
    satisfy(random, context, condition.condition, !wanted, attributes);
    return;
  }
  if (condition.kind === "all" || condition.kind === "any") {
    const every = (condition.kind === "all") === wanted;
    const parts = every ? condition.conditions : [pick(random, condition.conditions)];
    for (const part of parts) satisfy(random, context, part, wanted, attributes);
    return;
  }
  const attribute = attributes.get(condition.attribute);
  if (attribute === undefined) return;
  const fitting = candidates(random, condition, attribute).filter((value) =>
    evaluate(condition, { [condition.attribute]: value }, wanted),
  );
  if (fitting.length > 0) context[condition.attribute] = pick(random, fitting);
}

type Test = Exclude<Condition, { kind: "all" | "any" | "not" }>;

function candidates(random: Random, test: Test, attribute: Attribute): readonly AttributeValue[] {
  const others = Array.from({ length: 4 }, () => drawAttribute(random, attribute));
  switch (test.kind) {
    case "one-of":
      return [
        ...test.values,
        ...others,
        ...(attribute.type === "string" ? namesOf(attribute.key, attribute.values) : []),
      ];
    case "contains":
      return attribute.type === "list"
        ? [[test.value], ...others, ...others.map((list) => [test.value, ...(list as readonly string[])])]
        : [...(attribute.values ?? [test.value, `${test.value}-1`]), ...others];
    case "semver":
      return [...others, ...(parseRange(test.range) ?? []).flatMap(({ version }) => neighbours(version))];
  }
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

function namesOf(key: string, values: readonly string[] | null): readonly string[] {
  if (values !== null && values.length > 0) return values;
  return [1, 2, 3, 4, 5].map((number) => `${key}-${number}`);
}
