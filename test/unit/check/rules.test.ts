import { describe, expect, test } from "vitest";
import { rules } from "../../../src/check/rules.ts";
import { experimentExamples } from "./experiment-examples.ts";
import { projectExamples } from "./project-examples.ts";
import { compileSample, summaries } from "./sample-files.ts";

const ruleExamples = [...projectExamples, ...experimentExamples];

test("the sample project has no problem", () => {
  expect(summaries(compileSample())).toEqual([]);
});

test("every code of every rule has an example", () => {
  const codes = rules.flatMap((rule) => rule.codes);
  const shown = new Set(ruleExamples.map(({ code }) => code));
  expect(codes.filter((code) => !shown.has(code))).toEqual([]);
  expect([...shown].filter((code) => !codes.includes(code))).toEqual([]);
});

test("rules share no code and each is listed once", () => {
  const codes = rules.flatMap((rule) => rule.codes);
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(rules).size).toBe(rules.length);
});

describe.each(ruleExamples)("$code", ({ code, bad, at, severity = "error", good }) => {
  test("is found where it is, alone", () => {
    const compilation = compileSample(bad);
    expect(summaries(compilation)).toEqual([`${code} @ ${at}`]);
    expect(compilation.diagnostics[0]?.severity).toBe(severity);
  });

  test("is not found beside it", () => {
    expect(summaries(compileSample(good))).toEqual([]);
  });
});
