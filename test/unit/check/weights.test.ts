import { expect, test } from "vitest";
import { compileSample } from "./sample-files.ts";

function codesOf(weights: readonly string[]): readonly string[] {
  const variants = weights.map(
    (weight, index) => `  ${index === 0 ? "control" : `v${index}`}: { weight: ${weight} }\n`,
  );
  const { diagnostics } = compileSample({
    "weighted.yaml": `name: Weighted
status: draft
unit: user
variants:
${variants.join("")}metrics: { primary: conversion }
mde: 20%
`,
  });
  return diagnostics.map(({ code }) => code);
}

test.each([
  [["50%", "50%"]],
  [["33.3333%", "33.3333%", "33.3334%"]],
  [[...Array.from({ length: 8 }, () => "11.1%"), "11.2%"]],
  [["99.9%", "0.1%"]],
])("%j is exactly 100%%", (weights) => {
  expect(codesOf(weights).filter((code) => code.startsWith("variants/"))).toEqual([]);
});

test.each([
  [["60%", "60%"]],
  [["50%", "40%"]],
  [["0%", "0%"]],
  [["50%", "49.9999%"]],
  [["33.3333%", "33.3333%", "33.3333%"]],
])("%j is not", (weights) => {
  expect(codesOf(weights)).toEqual(["variants/weights-sum"]);
});

test("a single arm is no experiment", () => {
  expect(codesOf(["100%"])).toEqual(["variants/too-few"]);
});

test("the sum is said", () => {
  const { diagnostics } = compileSample({
    "one-page.yaml": [["one-page: { weight: 50%", "one-page: { weight: 62.5%"]],
  });
  expect(diagnostics[0]?.args).toEqual({ sum: "112.5%", difference: "12.5% is too much" });
});
