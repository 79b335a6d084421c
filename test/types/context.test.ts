import { expect, test } from "vitest";
import type { Condition } from "../../src/runtime/manifest.ts";
import { compileGenerated, emitted } from "../unit/emit/generated.ts";
import { attribute, experiment, shop } from "../unit/emit/shop.ts";

const present = (key: string, type: Extract<Condition, { kind: "present" }>["type"]): Condition => ({
  kind: "present",
  attribute: key,
  type,
});
const tried = experiment("tried", {
  audience: {
    kind: "all",
    conditions: [
      present("age", "number"),
      { kind: "matches", attribute: "slug", pattern: "^[a-z]*/ globalThis$" },
      present("employee", "boolean"),
      { kind: "semver", attribute: "appVersion", range: ">=4.2.0-rc.1" },
      { kind: "contains", attribute: "flags", value: "beta" },
      {
        kind: "date",
        attribute: "since",
        operator: "before",
        day: "2026-01-01",
        instant: "2025-12-31T23:00:00Z",
      },
      {
        kind: "one-of",
        attribute: "code",
        values: Array.from({ length: 20 }, (_, index) => `code-${index}`),
      },
      {
        kind: "not",
        condition: {
          kind: "one-of",
          attribute: "code",
          values: Array.from({ length: 20 }, (_, index) => `no-${index}`),
        },
      },
      { kind: "all", conditions: [present("country", "string"), present("appVersion", "version")] },
      { kind: "not", condition: present("since", "date") },
    ],
  },
});
const project = shop([tried], {
  attributes: [
    attribute("age", { type: "number" }),
    attribute("slug"),
    attribute("code"),
    attribute("employee", { type: "boolean" }),
    attribute("appVersion", { type: "version" }),
    attribute("flags", { type: "list", values: ["beta", "internal"] }),
    attribute("since", { type: "date" }),
    attribute("country", { values: ["US", "CA"] }),
  ],
});

const APP = `import { assign, tried } from "./generated/index.js";

const context = {
  userId: "u-1", age: 3, slug: "acme", code: "code-1", employee: true, appVersion: "4.2.0",
  flags: ["beta"], since: "2026-01-01", country: "US",
} as const;
assign(tried, context);
assign(tried, { ...context, age: null, slug: null, employee: undefined, flags: null, since: "2026-01-01T00:00Z" });
// @ts-expect-error A number is no text.
assign(tried, { ...context, age: "3" });
// @ts-expect-error A date is a text.
assign(tried, { ...context, since: new Date(0) });
// @ts-expect-error Nor is it a number.
assign(tried, { ...context, since: 0 });
// @ts-expect-error A list is no text.
assign(tried, { ...context, flags: "beta" });
// @ts-expect-error It holds declared values.
assign(tried, { ...context, flags: ["alpha"] });
// @ts-expect-error A version is a text.
assign(tried, { ...context, appVersion: 4 });
// @ts-expect-error No such country is declared.
assign(tried, { ...context, country: "GB" });
const { since: _since, ...rest } = context;
// @ts-expect-error The date is missing.
assign(tried, rest);
`;

test("a context's type holds what each type of attribute holds, and the conditions compile under strict types", () => {
  const { errors } = compileGenerated(emitted(project), APP);
  expect(errors).toBe("");
  const wrong = compileGenerated(emitted(project), APP.replaceAll("// @ts-expect-error", "//"));
  expect(wrong.errors.match(/app\.ts\(/g)).toHaveLength(APP.match(/@ts-expect-error/g)!.length);
});

test("sets and patterns are made once, and what is negated uses the same", () => {
  const text = emitted(project).find(({ path }) => path === "experiments/tried.ts")!.text;
  expect(text.match(/^const \w+ = \/\* @__PURE__ \*\/ /gm)).toHaveLength(3);
  expect(text).toMatch(/^\/\*\* \^\[a-z\]\*\\\/ globalThis\$ \*\/\nconst FITS_\d = /m);
  expect(text).toMatch(/VALUES_\d\.has\(context\.code\)/);
  expect(text).toMatch(/isNoneOf\(context\.code, VALUES_\d, "string"\)/);
});
