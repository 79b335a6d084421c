import { expect, test } from "vitest";
import { compileSample } from "./sample-files.ts";

function differences(control: string, treatment: string) {
  const { diagnostics } = compileSample({
    "refactor.yaml": [
      [
        "{ control: {}, fast: {}, faster: {} }",
        `{ control: { params: ${control} }, fast: { params: ${treatment} } }`,
      ],
    ],
  });
  return diagnostics.flatMap(({ args, code }) =>
    code === "variants/params-differ" ? [args.differences] : [],
  );
}

test.each([
  ["{ a: 1 }", "{ a: two }", ["`a` is a text, not a number"]],
  ["{ a: 1 }", "{ b: 1 }", ["`a` is missing", "`b` is only here"]],
  ["{ a: { b: [1] } }", "{ a: { b: { c: 1 } } }", ["`a.b` is a mapping, not a list"]],
  ["{ a: true }", '{ a: "true" }', ["`a` is a text, not true or false"]],
  [
    "{}",
    "{ a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 }",
    [
      "`a` is only here",
      "`b` is only here",
      "`c` is only here",
      "`d` is only here",
      "`e` is only here",
      "2 more",
    ],
  ],
])("%s and %s differ", (control, treatment, expected) => {
  expect(differences(control, treatment)).toEqual([expected]);
});

test.each([
  ["{ a: 1 }", "{ a: 2.5 }"],
  ["{ a: 1 }", "{ a: null }"],
  ["{ a: null }", "{ a: { b: 1 } }"],
  ["{ a: [1] }", "{ a: [] }"],
  ["{ toString: 1 }", "{ toString: 2 }"],
  ["{}", "{}"],
])("%s and %s do not", (control, treatment) => {
  expect(differences(control, treatment)).toEqual([]);
});

test("a key that every object has is missing where nobody wrote it", () => {
  expect(differences("{ toString: 1 }", "{}")).toEqual([["`toString` is missing"]]);
});
