import fc from "fast-check";
import type { Condition } from "../../../src/runtime/manifest.ts";

/** Attributes of every type, one of them with a name that is no identifier. */
const ATTRIBUTES = ["country", "age", "employee", "app-version", "flags", "constructor"];
const VALUES = ["US", "CA", "", "1.2.3", "it's", 1, 2, true, false];
const VERSIONS = ["1.2.3", "1.2.3-beta.2", "1.3.0", "2.0.0+5"];

const attribute = fc.constantFrom(...ATTRIBUTES);

const ranges = fc
  .array(
    fc
      .tuple(fc.constantFrom(">=", ">", "<=", "<", "="), fc.constantFrom(...VERSIONS))
      .map((parts) => parts.join("")),
    { minLength: 1, maxLength: 3 },
  )
  .map((comparators) => comparators.join(" "));

/** Any condition, nested up to a few levels, empty groups and bad ranges among them. */
export const conditions: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.record({
      kind: fc.constant("one-of" as const),
      attribute,
      values: fc.array(fc.constantFrom(...VALUES), { maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant("contains" as const),
      attribute,
      value: fc.constantFrom("US", "", "beta", "it's"),
    }),
    fc.record({
      kind: fc.constant("semver" as const),
      attribute,
      range: fc.oneof(
        { weight: 9, arbitrary: ranges },
        { weight: 1, arbitrary: fc.constantFrom("", "about 4") },
      ),
    }),
    fc.record({ kind: fc.constant("not" as const), condition: tie("condition") }),
    fc.record({
      kind: fc.constantFrom("all" as const, "any" as const),
      conditions: fc.array(tie("condition"), { maxLength: 3 }),
    }),
  ),
})).condition;

const attributeValues = fc.oneof(
  fc.constantFrom<unknown>(...VALUES, null, undefined, 3, Number.NaN, {}),
  fc.constantFrom("1.2.3-beta.11", "1.2.4", "2.0.0", "1.2.3+7", "1.2", "unknown"),
  fc.array(fc.constantFrom("US", "beta", 1), { maxLength: 2 }),
);

/** Contexts in which any attribute has a value of any type, or none. */
export const contexts: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(fc.uniqueArray(fc.tuple(attribute, attributeValues), { selector: ([key]) => key }), fc.string())
  .map(([entries, userId]) => ({ ...Object.fromEntries(entries), userId }));
