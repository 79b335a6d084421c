import { describe, expect, test } from "vitest";
import { rules } from "../../../src/check/rules.ts";
import { compileSample, type Edits, summaries } from "./sample-files.ts";

test("the sample project has no problem", () => {
  expect(summaries(compileSample())).toEqual([]);
});

test("rules share no code and each is listed once", () => {
  const codes = rules.flatMap((rule) => rule.codes);
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(rules).size).toBe(rules.length);
});

const onePage = (found: string, replacement: string): Edits => ({ "one-page.yaml": [[found, replacement]] });
const refactor = (found: string, replacement: string): Edits => ({
  "refactor.yaml": [[found, replacement]],
});
const holdout = (share: string): Edits => ({
  "project.yaml": [["share: 2%", `share: ${share}`]],
  "one-page.yaml": null,
  "refactor.yaml": null,
});

/** Where a rule begins to hold: the last that it refuses, and the first that it does not. */
const boundaries: readonly (readonly [summary: string, bad: Edits, good: Edits])[] = [
  ["holdout/everybody @ project.yaml: 100%", holdout("100%"), holdout("99.9999%")],
  [
    "margin/everything @ refactor.yaml: 100%",
    refactor("margin: 5%", "margin: 100%"),
    refactor("margin: 5%", "margin: 99%"),
  ],
  [
    "percentage/out-of-range @ refactor.yaml: 50%",
    refactor("status: draft", "status: draft\nanalysis: { alpha: 50% }"),
    refactor(
      "status: draft",
      "status: draft\n# fairtrial-ignore-next-line analysis/lenient-alpha -- tried\nanalysis: { alpha: 49.9999% }",
    ),
  ],
  [
    "analysis/lenient-alpha @ refactor.yaml: 10.1%",
    refactor("status: draft", "status: draft\nanalysis: { alpha: 10.1% }"),
    refactor("status: draft", "status: draft\nanalysis: { alpha: 10% }"),
  ],
  [
    "effect/beyond-rate @ one-page.yaml: 223%",
    onePage("mde: 5%", "mde: 223%"),
    onePage("mde: 5%", "mde: 222%"),
  ],
  [
    "plan/decides-early @ one-page.yaml: 2026-12-27",
    onePage("end: 2026-11-29", "end: 2026-12-27"),
    onePage("end: 2026-11-29", "end: 2026-12-26"),
  ],
  [
    "metric/where-value @ metrics/revenue.yaml: GBP",
    { "metrics/revenue.yaml": [["[USD, EUR]", "GBP"]] },
    { "metrics/revenue.yaml": [["[USD, EUR]", "EUR"]] },
  ],
  [
    "decision/without-reason @ archive/old.yaml: decision",
    { "archive/old.yaml": [["verdict: ship", "verdict: inconclusive"]] },
    {
      "archive/old.yaml": [
        ["verdict: ship", "verdict: inconclusive"],
        ["ship: new", "ship: control"],
      ],
    },
  ],
];

describe.each(boundaries)("%s", (summary, bad, good) => {
  test("is the last that is refused", () => {
    expect(summaries(compileSample(bad))).toEqual([summary]);
  });

  test("has a neighbour that is not", () => {
    expect(summaries(compileSample(good))).toEqual([]);
  });
});
