import type { Example } from "../check/example.ts";
import type { Edits } from "../check/sample-files.ts";

const WEB = `      from: data/web/*.parquet
      units: { user: user_id }
      columns: { event: event, timestamp: ts }
`;

/** Of every code that `resolve` gives. */
export const resolveExamples: readonly Example[] = [
  {
    code: "unit/unknown",
    bad: {
      "project.yaml": [
        [
          "layers:\n  checkout: { unit: user }",
          "layers:\n  spare: { unit: usr }\n  checkout: { unit: user }",
        ],
      ],
    },
    at: "project.yaml: usr",
    good: {
      "project.yaml": [
        [
          "layers:\n  checkout: { unit: user }",
          "layers:\n  spare: { unit: user }\n  checkout: { unit: user }",
        ],
      ],
    },
  },
  {
    code: "attribute/unknown",
    bad: { "audiences/insiders.yaml": [["- employee: true", "- emploee: true"]] },
    at: "audiences/insiders.yaml: emploee",
    good: { "audiences/insiders.yaml": [["- employee: true", "- employee: false"]] },
  },
  {
    code: "layer/unknown",
    bad: { "refactor.yaml": [["name: checkout", "name: chekout"]] },
    at: "refactor.yaml: chekout",
    good: { "refactor.yaml": [["layer: { name: checkout, from: 40%, to: 100% }\n", ""]] },
  },
  {
    code: "event/unknown",
    bad: { "refactor.yaml": [["{ event: Checklist Viewed }", "{ event: Checklist Seen }"]] },
    at: "refactor.yaml: Checklist Seen",
    good: { "refactor.yaml": [["{ event: Checklist Viewed }", "{ event: purchase }"]] },
  },
  {
    code: "source/unknown",
    bad: {
      "project.yaml": [["error-shown: { source: app,", "error-shown: { source: ap,"]],
      ...withoutErrors(),
    },
    at: "project.yaml: ap",
    good: { "project.yaml": [["error-shown: { source: app,", "error-shown: {"]] },
  },
  {
    code: "source/missing",
    bad: {
      "project.yaml": [
        ["error-shown: { source: app,", "error-shown: {"],
        ["    app:\n", `    web:\n${WEB}    app:\n`],
      ],
      ...withoutErrors(),
    },
    at: "project.yaml: error-shown",
    good: { "project.yaml": [["    app:\n", `    web:\n${WEB}    app:\n`]] },
  },
  {
    code: "metric/unknown",
    bad: { "one-page.yaml": [["primary: conversion", "primary: conversions"]] },
    at: "one-page.yaml: conversions",
    good: { "one-page.yaml": [["[order-value, basket]", "[revenue]"]] },
  },
  {
    code: "audience/unknown",
    bad: { "audiences/insiders.yaml": [["- shoppers", "- shopers"]] },
    at: "audiences/insiders.yaml: shopers",
    good: { "one-page.yaml": [["audience: shoppers", "audience: insiders"]] },
  },
  {
    code: "variant/unknown",
    bad: { "refactor.yaml": [["{ control: {}, fast", "{ controll: {}, fast"]] },
    at: "refactor.yaml: variants",
    good: {
      "refactor.yaml": [
        ["{ control: {}, fast", "{ old: {}, fast"],
        ["status: draft", "status: draft\ncontrol: old"],
      ],
    },
  },
  {
    code: "percentage/out-of-range",
    bad: {
      "metrics/orders.yaml": [
        ["window: 7d", "window: 7d\nbaseline: { mean: 1, standardDeviation: 2, reporting: 0% }"],
      ],
      "metrics/order-value.yaml": null,
      "one-page.yaml": [["order-value, ", ""]],
    },
    at: "metrics/orders.yaml: 0%",
    good: {
      "refactor.yaml": [["status: draft", "status: draft\nanalysis: { alpha: 49.9999%, power: 50% }"]],
    },
  },
  {
    code: "effect/zero",
    bad: { "one-page.yaml": [["mde: 5%", "mde: 0.0%"]] },
    at: "one-page.yaml: 0.0%",
    good: { "one-page.yaml": [["mde: 5%", "mde: 5.0%"]] },
  },
  {
    code: "effect/rate-as-number",
    bad: { "one-page.yaml": [["absolute: 0.5%", "absolute: 0.5"]] },
    at: "one-page.yaml: 0.5",
    good: { "one-page.yaml": [["absolute: 0.5%", "absolute: 1%"]] },
  },
  {
    code: "effect/number-as-rate",
    bad: {
      "one-page.yaml": [
        ["metric: errors, margin: { absolute: 0.5% }", "metric: revenue, margin: { absolute: 50% }"],
      ],
    },
    at: "one-page.yaml: 50%",
    good: {
      "one-page.yaml": [
        ["metric: errors, margin: { absolute: 0.5% }", "metric: revenue, margin: { absolute: 0.5 }"],
      ],
    },
  },
  {
    code: "mde/default-absolute",
    bad: { "project.yaml": [["maxDays: 56 }", "maxDays: 56, mde: { absolute: 1 } }"]] },
    at: "project.yaml: { absolute: 1 }",
    good: { "project.yaml": [["maxDays: 56 }", "maxDays: 56, mde: 5% }"]] },
  },
  {
    code: "date/not-a-day",
    bad: { "one-page.yaml": [["end: 2026-11-29", "end: 2026-11-31"]] },
    at: "one-page.yaml: 2026-11-31",
    good: { "one-page.yaml": [["end: 2026-11-29", "end: 2026-11-30"]] },
  },
  {
    code: "timezone/unknown",
    bad: { "project.yaml": [["Europe/Berlin", "Europe/Bonn"]] },
    at: "project.yaml: Europe/Bonn",
    good: { "project.yaml": [["Europe/Berlin", "America/New_York"]] },
  },
  {
    code: "ratio/part-kind",
    bad: { "metrics/order-value.yaml": [["numerator: revenue", "numerator: basket"]] },
    at: "metrics/order-value.yaml: basket",
    good: { "metrics/order-value.yaml": [["numerator: revenue", "numerator: conversion"]] },
  },
  {
    code: "variants/unexpected-weight",
    bad: {
      "one-page.yaml": [
        ["unit: user", "unit: user\nassign: uniformChoice"],
        ["control: { weight: 50%, params", "control: { params"],
      ],
    },
    at: "one-page.yaml: 50%",
    good: {
      "one-page.yaml": [
        ["unit: user", "unit: user\nassign: uniformChoice"],
        ["control: { weight: 50%, params", "control: { params"],
        ["one-page: { weight: 50%, params", "one-page: { params"],
      ],
    },
  },
  {
    code: "variants/missing-weight",
    bad: { "one-page.yaml": [["one-page: { weight: 50%, params", "one-page: { params"]] },
    at: "one-page.yaml: one-page",
    good: { "one-page.yaml": [["unit: user", "unit: user\nassign: weightedChoice"]] },
  },
  {
    code: "audience/cycle",
    bad: { "audiences/a.yaml": "when: b\n", "audiences/b.yaml": "when: { not: { all: [a] } }\n" },
    at: "audiences/b.yaml: a",
    good: { "audiences/a.yaml": "when: b\n", "audiences/b.yaml": "when: { all: [shoppers, insiders] }\n" },
  },
  {
    code: "audience/too-large",
    bad: doubled(10),
    at: "audiences/d10.yaml: { any: [d09, d09] }",
    good: doubled(9),
  },
  {
    code: "audience/operator",
    bad: { "audiences/insiders.yaml": [["- employee: true", "- flags: beta"]] },
    at: "audiences/insiders.yaml: beta",
    good: { "audiences/insiders.yaml": [["- employee: true", "- flags: { contains: beta }"]] },
  },
  {
    code: "audience/value-type",
    bad: { "refactor.yaml": [["age: [30, 40]", 'age: [30, "40"]']] },
    at: 'refactor.yaml: "40"',
    good: { "refactor.yaml": [["age: [30, 40]", "age: 30"]] },
  },
  {
    code: "audience/unknown-value",
    bad: { "refactor.yaml": [["not: { country: GB }", "country: { not: [GB, DE] }"]] },
    at: "refactor.yaml: DE",
    good: { "refactor.yaml": [["not: { country: GB }", "country: { not: [GB, US] }"]] },
  },
];

function withoutErrors(): Edits {
  return {
    "metrics/errors.yaml": null,
    "one-page.yaml": [["  guardrails:\n    - { metric: errors, margin: { absolute: 0.5% } }\n", ""]],
  };
}

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
