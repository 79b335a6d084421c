import { expect, test } from "vitest";
import { compileSample, type Edits, summaries } from "../check/sample-files.ts";

test("what is broken is reported once, not again where it is named", () => {
  const compilation = compileSample({
    "metrics/conversion.yaml": [["kind: conversion", "kind: convertion"]],
    "audiences/shoppers.yaml": [["country: [US, CA]", "country: [US, DE]"]],
  });
  expect(compilation.diagnostics.map(({ place }) => place.file)).toEqual([
    "experiments/metrics/conversion.yaml",
    "experiments/audiences/shoppers.yaml",
  ]);
  expect(compilation.project?.experiments.map(({ key }) => key)).toEqual([]);
});

test("an experiment with a problem is left out and the others go on", () => {
  const compilation = compileSample({ "one-page.yaml": [["unit: user", "unit: usr"]] });
  expect(compilation.project?.experiments.map(({ key }) => key)).toEqual(["old", "refactor"]);
});

test("all problems of one experiment are found together", () => {
  const compilation = compileSample({
    "one-page.yaml": [
      ["unit: user", "unit: usr"],
      ["audience: shoppers", "audience: { country: XX, missing: 1 }"],
      ["primary: conversion", "primary: conversions"],
      ["end: 2026-11-29", "end: 2026-02-30"],
    ],
  });
  expect(summaries(compilation)).toEqual([
    "unit/unknown @ one-page.yaml: usr",
    "metric/unknown @ one-page.yaml: conversions",
    "date/not-a-day @ one-page.yaml: 2026-02-30",
    "audience/unknown-value @ one-page.yaml: XX",
    "attribute/unknown @ one-page.yaml: missing",
  ]);
});

test("the days of a measured value exist, and are in order", () => {
  const compilation = compileSample({
    "metrics/conversion.yaml": [
      [
        "baseline: { rate: 31% }",
        "baseline: { rate: 31%, measured: { from: 2026-10-28, to: 2026-10-01, units: 9 } }",
      ],
    ],
    "project.yaml": [
      ["newPerDay: 18000", "newPerDay: 18000, measured: { from: 2026-02-30, to: 2026-03-01, units: 9 }"],
    ],
  });
  expect(summaries(compilation).slice(0, 2)).toEqual([
    "date/not-a-day @ project.yaml: 2026-02-30",
    "dates/order @ metrics/conversion.yaml: 2026-10-01",
  ]);
  expect(
    compileSample({ "project.yaml": [["org: { id: orgId }", "org: { id: orgId, measured: { units: 9 } }"]] })
      .diagnostics,
  ).toMatchObject([{ code: "schema/needed-with", place: { file: "experiments/project.yaml" } }]);
});

test("a fix puts the nearest name where the wrong one stands", () => {
  const { diagnostics } = compileSample({ "one-page.yaml": [["audience: shoppers", "audience: shopers"]] });
  const [fix] = diagnostics[0]?.fixes ?? [];
  expect(fix?.edits.map(({ text }) => text)).toEqual(["shoppers"]);
  expect(fix?.edits[0]?.place.span).toEqual(diagnostics[0]?.place.span);
});

test("files nested beyond all reason are refused, whatever their number", () => {
  const files = Object.fromEntries(
    Array.from({ length: 3000 }, (_, index) => [
      `audiences/n${10_000 + index}.yaml`,
      `when: ${index === 2999 ? "{ employee: true }" : `n${10_001 + index}`}\n`,
    ]),
  );
  const codes = new Set(compileSample(files).diagnostics.map(({ code }) => code));
  expect([...codes]).toEqual(["audience/too-large"]);
});

test("audiences that name others twice are refused beyond 1,000 tests", () => {
  expect(summaries(compileSample(doubled(9)))).toEqual([]);
  expect(summaries(compileSample(doubled(10)))).toEqual([
    "audience/too-large @ audiences/d10.yaml: { any: [d09, d09] }",
  ]);
});

/** Files that each name the one before twice: the last holds 2ⁿ tests. */
function doubled(count: number): Edits {
  const name = (index: number) => `d${String(index).padStart(2, "0")}`;
  return Object.fromEntries(
    Array.from({ length: count + 1 }, (_, index) => [
      `audiences/${name(index)}.yaml`,
      index === 0
        ? "when: { employee: true }\n"
        : `when: { any: [${name(index - 1)}, ${name(index - 1)}] }\n`,
    ]),
  );
}
