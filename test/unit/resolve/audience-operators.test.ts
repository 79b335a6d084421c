import { expect, test } from "vitest";
import { compileSample, type Edits, summaries } from "../check/sample-files.ts";

const ATTRIBUTES = "  email: { type: string, private: true }";

/** The sample, in a timezone, with an audience of attributes of every type. */
function edits(when: string, timezone = "Europe/Berlin"): Edits {
  return {
    "project.yaml": [
      [ATTRIBUTES, `${ATTRIBUTES}\n  slug: { type: string }\n  signedUp: { type: date }`],
      ["timezone: Europe/Berlin", `timezone: ${timezone}`],
    ],
    "audiences/tried.yaml": `when: ${when}\n`,
  };
}

function conditionOf(when: string, timezone?: string) {
  const { project, diagnostics } = compileSample(edits(when, timezone));
  expect(diagnostics.map(({ code, args }) => [code, args])).toEqual([]);
  return project!.audiences.find(({ key }) => key === "tried")!.condition;
}

const day = (operator: "before" | "from", day: string, instant: string) => ({
  kind: "date",
  attribute: "signedUp",
  operator,
  day,
  instant,
});

test.each([
  ["{ age: { lessThan: 18 } }", { kind: "compare", attribute: "age", operator: "<", value: 18 }],
  ["{ age: { atMost: 17.5 } }", { kind: "compare", attribute: "age", operator: "<=", value: 17.5 }],
  ["{ age: { greaterThan: -1 } }", { kind: "compare", attribute: "age", operator: ">", value: -1 }],
  ["{ age: { atLeast: 18 } }", { kind: "compare", attribute: "age", operator: ">=", value: 18 }],
  ["{ flags: { contains: beta } }", { kind: "contains", attribute: "flags", value: "beta" }],
  ["{ slug: { contains: beta } }", { kind: "has-part", attribute: "slug", value: "beta" }],
  ["{ slug: { startsWith: acme- } }", { kind: "starts-with", attribute: "slug", value: "acme-" }],
  ["{ slug: { endsWith: [-eu] } }", { kind: "ends-with", attribute: "slug", value: "-eu" }],
  ["{ slug: { matches: '^a+$' } }", { kind: "matches", attribute: "slug", pattern: "^a+$" }],
  ["{ appVersion: { semver: '>=4.2.0' } }", { kind: "semver", attribute: "appVersion", range: ">=4.2.0" }],
  ["{ age: { present: true } }", { kind: "present", attribute: "age", type: "number" }],
  [
    "{ signedUp: { present: false } }",
    { kind: "not", condition: { kind: "present", attribute: "signedUp", type: "date" } },
  ],
])("%s is one test", (when, condition) => {
  expect(conditionOf(when)).toEqual(condition);
});

test.each([
  ["{ flags: { containsAny: [early-access, beta, beta] } }", "any", "contains", ["beta", "early-access"]],
  ["{ flags: { containsAll: [early-access, beta] } }", "all", "contains", ["beta", "early-access"]],
  ["{ slug: { startsWith: [b, a] } }", "any", "starts-with", ["a", "b"]],
  ["{ slug: { endsWith: [b, a] } }", "any", "ends-with", ["a", "b"]],
])("%s is a test for each value", (when, kind, test, values) => {
  const attribute = when.startsWith("{ flags") ? "flags" : "slug";
  expect(conditionOf(when)).toEqual({
    kind,
    conditions: values.map((value) => ({ kind: test, attribute, value })),
  });
});

test("several operators on one attribute all hold, in an order of their own", () => {
  const both = conditionOf("{ age: { lessThan: 65, atLeast: 18, not: 30 } }");
  expect(both).toEqual({
    kind: "all",
    conditions: [
      { kind: "compare", attribute: "age", operator: ">=", value: 18 },
      { kind: "compare", attribute: "age", operator: "<", value: 65 },
      { kind: "not", condition: { kind: "one-of", attribute: "age", values: [30] } },
    ],
  });
  expect(conditionOf("{ age: { not: 30, atLeast: 18, lessThan: 65 } }")).toEqual(both);
});

test.each([
  ["from: 2026-01-01", "UTC", day("from", "2026-01-01", "2026-01-01T00:00:00Z")],
  ["from: 2026-01-01", "Europe/Berlin", day("from", "2026-01-01", "2025-12-31T23:00:00Z")],
  ["before: 2026-07-01", "Europe/Berlin", day("before", "2026-07-01", "2026-06-30T22:00:00Z")],
  ["before: 2026-07-01", "America/Los_Angeles", day("before", "2026-07-01", "2026-07-01T07:00:00Z")],
  ["before: '2025-12-31T23:00:00Z'", "Europe/Berlin", day("before", "2026-01-01", "2025-12-31T23:00:00Z")],
  ["before: '2025-12-31T23:00:01Z'", "Europe/Berlin", day("before", "2026-01-02", "2025-12-31T23:00:01Z")],
  ["from: '2026-01-01T12:00:00+02:00'", "UTC", day("from", "2026-01-02", "2026-01-01T10:00:00Z")],
  ["from: '2026-01-01T00:00:00.5Z'", "UTC", day("from", "2026-01-02", "2026-01-01T00:00:00.500Z")],
])("%s in %s", (operator, timezone, condition) => {
  expect(conditionOf(`{ signedUp: { ${operator} } }`, timezone)).toEqual(condition);
});

test.each([
  ["{ age: { contains: x } }", "audience/operator", "contains"],
  ["{ age: { startsWith: x } }", "audience/operator", "startsWith"],
  ["{ flags: { startsWith: x } }", "audience/operator", "startsWith"],
  ["{ slug: { containsAny: [x] } }", "audience/operator", "containsAny"],
  ["{ slug: { atLeast: 3 } }", "audience/operator", "atLeast"],
  ["{ employee: { lessThan: 3 } }", "audience/operator", "lessThan"],
  ["{ appVersion: { matches: x } }", "audience/operator", "matches"],
  ["{ slug: { semver: '>=1.0.0' } }", "audience/operator", "semver"],
  ["{ slug: { from: 2026-01-01 } }", "audience/operator", "from"],
  ["{ signedUp: { atLeast: 3 } }", "audience/operator", "atLeast"],
  ["{ signedUp: 2026-01-01 }", "audience/operator", "2026-01-01"],
  ["{ flags: [beta] }", "audience/operator", "[beta]"],
  ["{ signedUp: { from: 2026-02-30 } }", "date/not-a-day", "2026-02-30"],
  ["{ signedUp: { from: '2026-02-30T00:00:00Z' } }", "date/not-a-day", "'2026-02-30T00:00:00Z'"],
  ["{ signedUp: { from: '2026-01-01T00:00:00' } }", "schema/form", "'2026-01-01T00:00:00'"],
  ["{ signedUp: { before: tomorrow } }", "schema/form", "tomorrow"],
  ["{ flags: { containsAll: [beta, bta] } }", "audience/unknown-value", "bta"],
  ["{ country: { startsWith: U, endsWith: X } }", "audience/no-value", "X"],
  ["{ country: { contains: [U] } }", "schema/type", "[U]"],
  ["{ country: { matches: '^[a-z]' } }", "audience/no-value", "'^[a-z]'"],
  ["{ country: { not: { startsWith: [U, x] } } }", "audience/no-value", "x"],
  ["{ any: [{ slug: { matches: '(?=x)' } }] }", "audience/pattern", "'(?=x)'"],
  ["{ any: [{ appVersion: { semver: '4' } }] }", "audience/version-range", "'4'"],
  ["{ slug: {} }", "schema/no-entries", "{}"],
  ["{ slug: { startsWith: [] } }", "schema/no-entries", "[]"],
  ["{ age: { atLeast: '18' } }", "schema/type", "'18'"],
  ["{ slug: { beginsWith: x } }", "schema/unknown-key", "beginsWith"],
])("%s is refused as %s", (when, code, found) => {
  const compilation = compileSample(edits(when));
  expect(summaries(compilation)).toEqual([`${code} @ audiences/tried.yaml: ${found}`]);
});

test.each([
  ["{ age: { atLeast: 18, lessThan: 18 } }", ["age"]],
  ["{ signedUp: { from: 2026-02-01, before: 2026-01-01 } }", ["signedUp"]],
  ["{ slug: { startsWith: a, not: { startsWith: a } } }", ["slug"]],
  ["{ country: { startsWith: U, endsWith: A } }", ["country"]],
  ["{ age: { present: false, atLeast: 3 } }", ["age"]],
])("%s matches nobody", (when, attributes) => {
  const { diagnostics } = compileSample(edits(when));
  expect(diagnostics.map(({ code, args }) => [code, args])).toEqual([["audience/nobody", { attributes }]]);
});

test.each(["toString", "constructor", "__defineGetter__", "hasOwnProperty", "all"])(
  "no attribute is named %s",
  (name) => {
    const compilation = compileSample({
      "project.yaml": [[ATTRIBUTES, `${ATTRIBUTES}\n  ${name}: { type: string }`]],
    });
    expect(summaries(compilation)[0]).toMatch(/^(schema\/key-form|yaml\/forbidden-key) @ project\.yaml/);
  },
);
