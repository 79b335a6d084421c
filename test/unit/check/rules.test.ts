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

const FUNNEL = "kind: funnel\nname: Buyers\nbetter: higher\nwindow: 24h\nbaseline: { rate: 12% }\n";
const quantile = (more: string) =>
  `kind: quantile\nname: P95\nbetter: lower\nevent: purchase\nbaseline: { value: 90, spread: 400 }\n${more}\n`;
/** The quantile `p95` in one part of an experiment that is looked at every day. */
const watched = (found: string, replacement: string): Edits => ({
  "metrics/p95.yaml": quantile("quantile: 95%\nvalue: amount\nwindow: 1d"),
  "one-page.yaml": [
    ["mde: 5%", "mde: 30%\nanalysis: { method: sequential }"],
    [found, replacement],
  ],
});
const ORG_WIDE =
  "kind: count\nname: Orders of users\nbetter: higher\nevent: purchase\nper: user\nwindow: 1d\n" +
  "baseline: { mean: 2, standardDeviation: 2, clusters: { org: { meanSize: 5, intraclassCorrelation: 0.1 } } }\n";
/** Orgs by what their users do. */
const orgWide = (method: string): Edits => ({
  "metrics/org-wide.yaml": ORG_WIDE,
  "org-wide.yaml": `name: Org wide\nstatus: draft\nunit: org\nvariants: { control: {}, new: {} }\nmetrics: { primary: org-wide }\nmde: 30%\nplanning: { newPerDay: 500 }\nanalysis: { method: ${method} }\n`,
});
const rolling = (window: string) =>
  `kind: retention\nname: Stays\nbetter: higher\nevent: purchase\nday: 7\nrolling: true\nwindow: ${window}\n`;
const triggeredBy = (where: string) =>
  onePage("mde: 5%", `mde: 5%\nanalysis: { trigger: { event: Checklist Viewed, where: ${where} } }`);
const LISTS: Edits = {
  "project.yaml": [
    [
      "Checklist Viewed: { source: app, units: [user] }",
      "Checklist Viewed: { source: app, units: [user], properties: { list: [a, b] } }",
    ],
  ],
};
const NO_RATIO = onePage("[order-value, basket]", "[basket]");

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
    'metric/where-value @ metrics/buyers.yaml: "no"',
    {
      "metrics/buyers.yaml": `${FUNNEL}steps: [error-shown, { event: purchase, where: { refunded: "no" } }]\n`,
    },
    {
      "metrics/buyers.yaml": `${FUNNEL}steps: [error-shown, { event: purchase, where: { refunded: false } }]\n`,
    },
  ],
  [
    "property/unknown @ metrics/buyers.yaml: amout",
    { "metrics/buyers.yaml": `${FUNNEL}steps: [{ event: purchase, where: { amout: 3 } }, error-shown]\n` },
    { "metrics/buyers.yaml": `${FUNNEL}steps: [{ event: purchase, where: { amount: 3 } }, error-shown]\n` },
  ],
  [
    "metric/where-value @ one-page.yaml: c",
    { ...triggeredBy("{ list: c }"), ...LISTS },
    { ...triggeredBy("{ list: b }"), ...LISTS },
  ],
  [
    "metric/constant @ one-page.yaml: conversion",
    onePage("mde: 5%", "mde: 5%\nanalysis: { trigger: { event: purchase, where: { refunded: false } } }"),
    {
      "metrics/conversion.yaml": [["event: purchase", "event: purchase\nwhere: { refunded: true }"]],
      ...onePage(
        "mde: 5%",
        "mde: 5%\nanalysis: { trigger: { event: purchase, where: { refunded: false } } }",
      ),
    },
  ],
  [
    "metric/value-not-a-number @ metrics/p95.yaml: currency",
    { "metrics/p95.yaml": quantile("value: currency\nquantile: 95%") },
    { "metrics/p95.yaml": quantile("value: amount\nquantile: 95%") },
  ],
  [
    "percentage/out-of-range @ metrics/p95.yaml: 100%",
    { "metrics/p95.yaml": quantile("value: amount\nquantile: 100%") },
    { "metrics/p95.yaml": quantile("value: amount\nquantile: 99.9999%") },
  ],
  [
    "percentage/out-of-range @ metrics/revenue.yaml: 50%",
    {
      "metrics/revenue.yaml": [["window: 7d", "window: 7d\nwinsorize: 50%"]],
      "metrics/order-value.yaml": null,
      ...NO_RATIO,
    },
    {
      "metrics/revenue.yaml": [["window: 7d", "window: 7d\nwinsorize: 50.0001%"]],
      "metrics/order-value.yaml": null,
      ...NO_RATIO,
    },
  ],
  [
    "unit/unknown @ metrics/orders.yaml: team",
    {
      "metrics/orders.yaml": [["window: 7d", "window: 7d\nper: team"]],
      "metrics/order-value.yaml": null,
      ...NO_RATIO,
    },
    {
      "metrics/orders.yaml": [["window: 7d", "window: 7d\nper: org"]],
      "metrics/order-value.yaml": null,
      ...NO_RATIO,
    },
  ],
  [
    "retention/no-time @ metrics/stays.yaml: 7d",
    { "metrics/stays.yaml": rolling("7d") },
    { "metrics/stays.yaml": rolling("169h") },
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
  [
    "looks/single-look @ one-page.yaml: p95",
    watched("primary: conversion", "primary: p95"),
    watched("secondary: [order-value, basket]", "secondary: [p95]"),
  ],
  ["looks/single-look @ org-wide.yaml: org-wide", orgWide("group-sequential"), orgWide("fixed")],
];

describe.each(boundaries)("%s", (summary, bad, good) => {
  test("is the last that is refused", () => {
    expect(summaries(compileSample(bad))).toEqual([summary]);
  });

  test("has a neighbour that is not", () => {
    expect(summaries(compileSample(good))).toEqual([]);
  });
});
