import fc from "fast-check";
import type { Condition } from "../../../src/runtime/manifest.ts";

/** Attributes of every type, some with names that are no identifiers or that every object has. */
export const ATTRIBUTES = ["country", "age", "employee", "app-version", "flags", "since", "constructor"];

const VALUES = ["US", "CA", "", "1.2.3", "it's", "2026-01-01", 0, 1, 2.5, -1, true, false];
const TEXTS = ["US", "S", "", "beta", "it's", "é", "😀", "\\", "2026"];
const VERSIONS = ["1.2.3", "1.2.3-beta.2", "1.3.0", "2.0.0+5", "0.0.0"];
const PATTERNS = ["^[A-Z]{2}$", "eta|S", "\\d+", "^$", "(a|b)*c?", "😀", "[^a-z]$", "^\\w{2,4}$"];
const MOMENTS = [
  { day: "2026-01-01", instant: "2026-01-01T00:00:00Z" },
  { day: "2026-01-01", instant: "2025-12-31T23:00:00Z" },
  { day: "2024-03-01", instant: "2024-02-29T12:30:00.500Z" },
  { day: "1969-12-31", instant: "1969-12-31T00:00:00Z" },
];

const attribute = fc.constantFrom(...ATTRIBUTES);

const ranges = fc
  .array(
    fc
      .tuple(fc.constantFrom(">=", ">", "<=", "<", "="), fc.constantFrom(...VERSIONS))
      .map((parts) => parts.join("")),
    { minLength: 1, maxLength: 3 },
  )
  .map((comparators) => comparators.join(" "));

const many = Array.from({ length: 30 }, (_, index) => (index % 3 === 0 ? index : `value-${index}`));

/** A test of any kind of any attribute, whatever type it has. */
export const tests: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    kind: fc.constant("one-of" as const),
    attribute,
    values: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant("one-of" as const),
    attribute,
    values: fc
      .tuple(fc.shuffledSubarray(many, { minLength: 14 }), fc.subarray(VALUES))
      .map((lists) => lists.flat()),
  }),
  fc.record({
    kind: fc.constant("compare" as const),
    attribute,
    operator: fc.constantFrom("<", "<=", ">", ">="),
    value: fc.oneof(
      fc.constantFrom(0, 1, 2.5, -1, 1e21, 5e-324),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
  }),
  fc.record({
    kind: fc.constantFrom("contains", "has-part", "starts-with", "ends-with"),
    attribute,
    value: fc.constantFrom(...TEXTS),
  }),
  fc.record({ kind: fc.constant("matches" as const), attribute, pattern: fc.constantFrom(...PATTERNS) }),
  fc.record({ kind: fc.constant("semver" as const), attribute, range: ranges }),
  fc
    .tuple(attribute, fc.constantFrom("before", "from"), fc.constantFrom(...MOMENTS))
    .map(([attribute, operator, moment]) => ({ kind: "date" as const, attribute, operator, ...moment })),
  fc.record({
    kind: fc.constant("present" as const),
    attribute,
    type: fc.constantFrom("string", "number", "boolean", "version", "list", "date"),
  }),
);

/** What the compiler refuses, but a manifest might hold. */
const broken: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant("one-of" as const), attribute, values: fc.constant([]) }),
  fc.record({ kind: fc.constant("semver" as const), attribute, range: fc.constantFrom("", "about 4") }),
  fc.record({
    kind: fc.constant("matches" as const),
    attribute,
    pattern: fc.constantFrom("(", "(?=a)", "a{9999}"),
  }),
  fc.record({ kind: fc.constantFrom("all" as const, "any" as const), conditions: fc.constant([]) }),
);

function nested(leaves: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> {
  return fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      { weight: 4, arbitrary: leaves },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("not" as const), condition: tie("condition") }) },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constantFrom("all" as const, "any" as const),
          conditions: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }),
        }),
      },
    ),
  })).condition;
}

/** Any condition that the compiler makes, nested up to a few levels. */
export const soundConditions = nested(tests);

/** Any condition, broken parts among them. */
export const conditions = nested(
  fc.oneof({ weight: 12, arbitrary: tests }, { weight: 1, arbitrary: broken }),
);

const attributeValues = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...VALUES, ...TEXTS, ...many.slice(0, 4)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      ...["1.2.3-beta.11", "1.2.4", "2.0.0", "1.2.3+7", "1.2", "1.2.3.4", "v1.2.3", "unknown"],
      ...["2026-01-01", "2025-12-31", "2026-01-02", "2026-02-29", "2024-02-29", "1969-12-31", "2026-1-1"],
      ...[
        "2026-01-01T00:00:00Z",
        "2025-12-31T23:59:59.999Z",
        "2026-01-01T01:00:00+02:00",
        "2026-01-01T00:00Z",
      ],
      ...["2026-01-01T00:00:00", "2026-01-01T25:00:00Z", "2026-13-01", "2026-01-01 00:00Z", "2026-01-01\n"],
      ...["2024-02-29T12:30:00.5Z", "2024-02-29T14:30:00.499+02:00", "2023-02-29T00:00Z", "0001-01-01"],
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      ...[
        null,
        undefined,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        Number.NEGATIVE_INFINITY,
        -0,
        1n,
        Symbol("US"),
      ],
      ...[{}, () => "US", new String("US"), new Number(1), new Date(0), Object.create(null), ["US"], []],
      ...[["US", "beta", 1], [Number.NaN], new Set(["US"]), { includes: () => true, length: 1 }],
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 1, arbitrary: fc.double() },
);

/** Contexts in which any attribute has a value of any type, or none. */
export const contexts: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(
    fc.uniqueArray(fc.tuple(attribute, attributeValues), { selector: ([key]) => key }),
    fc.string({ unit: "binary" }),
    fc.constantFrom("plain", "bare", "inherited", "proxy"),
  )
  .map(([entries, userId, shape]) => {
    const context = { ...Object.fromEntries(entries), userId };
    if (shape === "bare") return Object.assign(Object.create(null), context);
    if (shape === "inherited") return Object.create(context);
    return shape === "proxy" ? new Proxy(context, {}) : context;
  });
