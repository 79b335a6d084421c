import type { Attribute } from "../model/population.ts";
import type { Condition } from "../runtime/manifest.ts";
import { conditionTest } from "../runtime/targeting.ts";
import { candidatesFor, type Literal } from "./candidates.ts";
import type { AttributeValue } from "./draw-attribute.ts";
import type { Random } from "./random.ts";
import { pick } from "./sampling.ts";

/** Attributes by name; without a prototype, so that any name is just a name. */
export type Context = Record<string, AttributeValue>;

/**
 * Sets the attributes that a condition reads so that it holds, or does not (`wanted` false), where values that
 * do so are found; of alternatives, one is tried: the caller evaluates what came out.
 */
export function satisfy(
  random: Random,
  context: Context,
  condition: Condition,
  wanted: boolean,
  attributes: ReadonlyMap<string, Attribute>,
): void {
  const asked = new Map<string, Literal[]>();
  for (const literal of conjunction(random, condition, wanted)) {
    const literals = asked.get(literal.test.attribute);
    if (literals) literals.push(literal);
    else asked.set(literal.test.attribute, [literal]);
  }
  for (const [key, literals] of asked) {
    const attribute = attributes.get(key);
    if (attribute === undefined) continue;
    const tests = literals.map(({ test, wanted }) => conditionTest(test, wanted));
    const fitting = candidatesFor(random, literals, attribute).filter((value) =>
      tests.every((test) => test({ [key]: value })),
    );
    if (fitting.length === 0) continue;
    const value = pick(random, fitting);
    if (value === undefined) delete context[key];
    else context[key] = value;
  }
}

/** Tests that together satisfy a condition: all of its parts, or one of its alternatives. */
function conjunction(random: Random, condition: Condition, wanted: boolean): readonly Literal[] {
  if (condition.kind === "not") return conjunction(random, condition.condition, !wanted);
  if (condition.kind !== "all" && condition.kind !== "any") return [{ test: condition, wanted }];
  const every = (condition.kind === "all") === wanted;
  const parts = every ? condition.conditions : [pick(random, condition.conditions)];
  return parts.flatMap((part) => conjunction(random, part, wanted));
}
