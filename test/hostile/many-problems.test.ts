import { expect, test } from "vitest";
import { renderers } from "../../src/diagnostics/renderers.ts";
import { projectFiles } from "../unit/syntax/design-project.ts";
import { codesIn, compileSafely } from "./render.ts";

const FILE = "experiments/odd.yaml";
const HEAD = `name: Odd
status: draft
unit: user
metrics:
  primary: conversion
`;
const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join("");

/** Each file is sound by itself, as large as it may be, and means nothing thousands of times. */
test.each([
  [
    "conditions on what is not declared",
    `${HEAD}variants:\n  control: {}\n  b: {}\naudience:\n${many(18_000, (index) => `  x${index}: US\n`)}`,
    "attribute/unknown",
  ],
  [
    "values that are not among the declared",
    `${HEAD}variants:\n  control: {}\n  b: {}\naudience:\n  country:\n${many(18_000, (index) => `    - x${index}\n`)}`,
    "audience/unknown-value",
  ],
  [
    "overrides to variants that are not there",
    `${HEAD}variants:\n  control: {}\n  b: {}\noverrides:\n${many(
      5_000,
      (index) => `  - variant: x${index}\n    when:\n      country: US\n`,
    )}`,
    "variant/unknown",
  ],
])("%s are told a hundred times, and counted", (_, text, code) => {
  expect(text.length).toBeGreaterThan(200_000);
  const compilation = compileSafely(projectFiles({ [FILE]: text }));
  const own = compilation.diagnostics.filter(({ place }) => place.file === FILE);
  expect(codesIn(FILE, compilation)).toEqual(expect.arrayContaining([code, "file/more-problems"]));
  expect(own).toHaveLength(101);
  expect(own.filter(({ severity }) => severity === "error").length).toBeGreaterThanOrEqual(1);
  for (const [form, render] of Object.entries(renderers)) {
    const printed = render(compilation.diagnostics, compilation.texts, {
      color: false,
      folder: "",
      version: "0.0.0",
    });
    expect(printed.length, form).toBeLessThan(1_000_000);
  }
});
