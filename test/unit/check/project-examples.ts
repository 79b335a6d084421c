import type { Example } from "./example.ts";
import { type Edits, SAMPLE } from "./sample-files.ts";

const perUnit = (metric: string): Edits => ({
  "project.yaml": `name: games
units: { user: { id: userId, newPerDay: 1000 } }
warehouse:
  engine: duckdb
  perUnit: { from: players.csv, units: { user: id }, columns: { variant: version } }
`,
  ...Object.fromEntries(
    ["conversion", "errors", "revenue", "orders", "order-value", "basket"].map((key) => [
      `metrics/${key}.yaml`,
      null,
    ]),
  ),
  "audiences/shoppers.yaml": null,
  "audiences/insiders.yaml": null,
  "one-page.yaml": null,
  "refactor.yaml": null,
  "archive/old.yaml": null,
  "metrics/retained.yaml": `kind: conversion\nname: Retained\nbetter: higher\n${metric}\n`,
});

/** Of every code that rules on the project, its metrics and its audiences give. */
export const projectExamples: readonly Example[] = [
  {
    code: "attribute/values-of-type",
    bad: { "project.yaml": [["age: { type: number }", "age: { type: number, values: [old] }"]] },
    at: "project.yaml: values",
    good: { "project.yaml": [["email: { type: string,", "email: { type: string, values: [a, b],"]] },
  },
  {
    code: "names/unit-and-attribute",
    bad: { "project.yaml": [["  employee: {", "  orgId: { type: string }\n  employee: {"]] },
    at: "project.yaml: orgId",
    good: { "project.yaml": [["  employee: {", "  orgName: { type: string }\n  employee: {"]] },
  },
  {
    code: "holdout/everybody",
    bad: { "project.yaml": [["share: 2%", "share: 100%"]], "one-page.yaml": null, "refactor.yaml": null },
    at: "project.yaml: 100%",
    good: {
      "project.yaml": [["share: 2%", "share: 99.9999%"]],
      "one-page.yaml": null,
      "refactor.yaml": null,
    },
  },
  {
    code: "event/unit-without-column",
    bad: {
      "project.yaml": [
        [
          "{ user: user_id, org: org_id }\n      columns: { event",
          "{ user: user_id }\n      columns: { event",
        ],
        ["error-shown: { source: app, units: [user, org] }", "error-shown: { source: app, units: [user] }"],
      ],
    },
    at: "project.yaml: org",
    good: {
      "project.yaml": [
        [
          "Checklist Viewed: { source: app, units: [user] }",
          "Checklist Viewed: { source: app, units: [user, org] }",
        ],
      ],
    },
  },
  {
    code: "property/unknown",
    bad: { "metrics/basket.yaml": [["value: amount", "value: amuont"]] },
    at: "metrics/basket.yaml: amuont",
    good: { "metrics/basket.yaml": [["value: amount", 'value: amount\nwhere: { coupon: [SPRING, "10"] }']] },
  },
  {
    code: "metric/value-not-a-number",
    bad: { "metrics/basket.yaml": [["value: amount", "value: currency"]] },
    at: "metrics/basket.yaml: currency",
    good: {
      "project.yaml": [["coupon: string", "coupon: number"]],
      "metrics/basket.yaml": [["value: amount", "value: coupon"]],
    },
  },
  {
    code: "metric/where-value",
    bad: { "metrics/revenue.yaml": [["[USD, EUR]", "[USD, GBP]"]] },
    at: "metrics/revenue.yaml: GBP",
    good: { "metrics/revenue.yaml": [["[USD, EUR]", "EUR"]] },
  },
  {
    code: "metric/wrong-layout",
    bad: {
      "metrics/orders.yaml": [["event: purchase\nwindow: 7d\n", "column: orders\n"]],
      "metrics/order-value.yaml": null,
      "one-page.yaml": [["order-value, ", ""]],
    },
    at: "metrics/orders.yaml: orders",
    good: perUnit("column: retained\nbaseline: { rate: 20% }"),
  },
  {
    code: "metric/window-without-time",
    bad: perUnit("column: retained\nwindow: 7d"),
    at: "metrics/retained.yaml: 7d",
    good: perUnit("column: retained"),
  },
  {
    code: "ratio/inputs-differ",
    bad: {
      ...withoutWarehouse(),
      "metrics/orders.yaml": [["event: purchase\nwindow: 7d\n", "column: orders\n"]],
    },
    at: "metrics/order-value.yaml: orders",
    good: withoutWarehouse(),
  },
  {
    code: "ratio/windows-differ",
    bad: { "metrics/orders.yaml": [["window: 7d", "window: 14d"]] },
    at: "metrics/order-value.yaml: orders",
    good: { "metrics/orders.yaml": [["window: 7d", "window: 168h"]] },
  },
  {
    code: "baseline/other-kind",
    bad: {
      "metrics/basket.yaml": [
        ["baseline: { mean: 12, standardDeviation: 20, reporting: 40% }", "baseline: { rate: 40% }"],
      ],
    },
    at: "metrics/basket.yaml: 40%",
    good: { "one-page.yaml": [["{ newPerDay: 9000 }", "{ newPerDay: 9000, baseline: { rate: 30% } }"]] },
  },
  {
    code: "baseline/unused-reporting",
    bad: { "metrics/revenue.yaml": [["standardDeviation: 22.8", "standardDeviation: 22.8, reporting: 40%"]] },
    at: "metrics/revenue.yaml: reporting",
    good: {
      "metrics/revenue.yaml": [["standardDeviation: 22.8", "standardDeviation: 22.8, reporting: 100%"]],
    },
  },
  {
    code: "audience/version-range",
    bad: { "audiences/shoppers.yaml": [['">=4.2.0"', '">=4.2"']] },
    at: 'audiences/shoppers.yaml: ">=4.2"',
    good: { "audiences/shoppers.yaml": [['">=4.2.0"', '">=4.2.0 <5.0.0"']] },
  },
];

function withoutWarehouse(): Edits {
  return { "project.yaml": SAMPLE["project.yaml"]!.replace(/^warehouse:[\s\S]*/m, "") };
}
