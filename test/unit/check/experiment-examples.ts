import type { Example } from "./example.ts";
import type { Edits } from "./sample-files.ts";

const concluded = (decision: string): Edits => ({
  "archive/old.yaml": [
    [
      "  ship: new\n  date: 2026-02-10\n  by: team-checkout\n  verdict: ship\n",
      `  date: 2026-02-10\n  by: team-checkout\n${decision}`,
    ],
  ],
});

const running = (from: string, to: string, name = "second.yaml", status = "running"): Edits => ({
  "refactor.yaml": null,
  [name]: `name: Second
owner: team-checkout
hypothesis: It is better.
status: ${status}
start: 2027-06-07
end: 2027-08-01
removeBy: 2027-10-01
unit: user
layer: { name: checkout, from: ${from}, to: ${to} }
variants: { control: {}, new: {} }
metrics: { primary: conversion }
mde: 5%
`,
});

const stopped = (start: string): Edits => ({
  "one-page.yaml": [["status: running", "status: stopped"]],
  "refactor.yaml": [
    ["start: 2026-12-01", `start: ${start}`],
    ["from: 40%", "from: 20%"],
  ],
});

/** Of every code that rules on experiments give. */
export const experimentExamples: readonly Example[] = [
  {
    code: "names/same-key",
    bad: { "archive/refactor.yaml": archived("Refactor") },
    at: "refactor.yaml: name",
    good: { "archive/rewrite.yaml": archived("Rewrite") },
  },
  {
    code: "names/same-identifier",
    bad: { "page-2.yaml": draft(), "page2.yaml": draft() },
    at: "page2.yaml: name",
    good: { "page-2.yaml": draft(), "page3.yaml": draft() },
  },
  {
    code: "archive/not-concluded",
    bad: { "archive/rest.yaml": draft() },
    at: "archive/rest.yaml: draft",
    good: { "rest.yaml": draft() },
  },
  {
    code: "variants/too-few",
    bad: { "refactor.yaml": [["{ control: {}, fast: {}, faster: {} }", "{ control: {} }"]] },
    at: "refactor.yaml: variants",
    good: { "refactor.yaml": [["{ control: {}, fast: {}, faster: {} }", "{ control: {}, fast: {} }"]] },
  },
  {
    code: "variants/weights-sum",
    bad: { "one-page.yaml": [["one-page: { weight: 50%", "one-page: { weight: 40%"]] },
    at: "one-page.yaml: variants",
    good: {
      "one-page.yaml": [
        ["control: { weight: 50%", "control: { weight: 50.0001%"],
        ["one-page: { weight: 50%", "one-page: { weight: 49.9999%"],
      ],
    },
  },
  {
    code: "variants/zero-weight",
    bad: {
      "one-page.yaml": [["  one-page: { weight: 50%", "  none: { weight: 0% }\n  one-page: { weight: 50%"]],
    },
    at: "one-page.yaml: 0%",
    good: {
      "one-page.yaml": [
        ["control: { weight: 50%", "control: { weight: 60%"],
        ["one-page: { weight: 50%", "one-page: { weight: 40%"],
      ],
    },
  },
  {
    code: "variant/unknown",
    bad: { "one-page.yaml": [["{ variant: one-page,", "{ variant: one-pag,"]] },
    at: "one-page.yaml: one-pag",
    good: { "one-page.yaml": [["{ variant: one-page,", "{ variant: control,"]] },
  },
  {
    code: "audience/private-attribute",
    bad: {
      "audiences/insiders.yaml": [["- employee: true", "- email: boss@acme.test"]],
      "one-page.yaml": [["audience: shoppers", "audience: insiders"]],
    },
    at: "one-page.yaml: audience",
    good: {
      "audiences/insiders.yaml": [["- employee: true", "- email: boss@acme.test"]],
      "one-page.yaml": [["audience: shoppers", "audience: insiders\nrunsOn: server"]],
    },
  },
  {
    code: "layer/empty-range",
    bad: { "refactor.yaml": [["from: 40%, to: 100%", "from: 80%, to: 60%"]] },
    at: "refactor.yaml: 60%",
    good: { "refactor.yaml": [["from: 40%, to: 100%", "from: 80%, to: 90%"]] },
  },
  {
    code: "layer/other-unit",
    bad: { "refactor.yaml": [["name: checkout", "name: accounts"]] },
    at: "refactor.yaml: accounts",
    good: {
      "project.yaml": [["accounts: { unit: org }", "accounts: { unit: user }"]],
      "refactor.yaml": [["name: checkout", "name: accounts"]],
    },
  },
  {
    code: "layer/overlap",
    bad: running("39.9999%", "100%"),
    at: "second.yaml: layer",
    good: running("40%", "100%"),
  },
  {
    code: "layer/will-overlap",
    bad: running("39.9999%", "100%", "second.yaml", "draft"),
    at: "second.yaml: layer",
    severity: "note",
    good: running("40%", "100%", "second.yaml", "draft"),
  },
  {
    code: "layer/carry-over",
    bad: stopped("2026-12-06"),
    at: "refactor.yaml: 2026-12-06",
    severity: "warning",
    good: stopped("2026-12-07"),
  },
  {
    code: "exposure/unit-without-column",
    bad: {
      "project.yaml": [
        ["org: org_id }\n      columns: { experiment", "}\n      columns: { experiment"],
        ["org: { id: orgId }", "org: { id: orgId, newPerDay: 9000 }"],
      ],
      "by-org.yaml": byOrg(),
    },
    at: "by-org.yaml: org",
    good: {
      "project.yaml": [["org: { id: orgId }", "org: { id: orgId, newPerDay: 9000 }"]],
      "by-org.yaml": byOrg(),
    },
  },
  {
    code: "exposure/event-of-other-unit",
    bad: {
      "project.yaml": [["org: { id: orgId }", "org: { id: orgId, newPerDay: 9000 }"]],
      "by-org.yaml": `${byOrg()}exposure: { event: Checklist Viewed }\n`,
    },
    at: "by-org.yaml: Checklist Viewed",
    good: {
      "project.yaml": [["org: { id: orgId }", "org: { id: orgId, newPerDay: 9000 }"]],
      "by-org.yaml": `${byOrg()}exposure: { event: purchase }\n`,
    },
  },
  {
    code: "metric/other-unit",
    bad: {
      "project.yaml": [
        ["org: { id: orgId }", "org: { id: orgId, newPerDay: 9000 }"],
        [
          "  error-shown: { source: app, units: [user, org] }",
          "  error-shown: { source: app, units: [user] }",
        ],
      ],
      "by-org.yaml": byOrg().replace("primary: conversion", "primary: conversion, secondary: [errors]"),
    },
    at: "by-org.yaml: errors",
    good: {
      "project.yaml": [["org: { id: orgId }", "org: { id: orgId, newPerDay: 9000 }"]],
      "by-org.yaml": byOrg().replace("primary: conversion", "primary: conversion, secondary: [errors]"),
    },
  },
  {
    code: "metrics/repeated",
    bad: { "one-page.yaml": [["[order-value, basket]", "[order-value, errors]"]] },
    at: "one-page.yaml: errors",
    good: { "one-page.yaml": [["[order-value, basket]", "[order-value, revenue]"]] },
  },
  {
    code: "effect/of-zero",
    bad: {
      "metrics/revenue.yaml": [["mean: 4.31", "mean: 0"]],
      "refactor.yaml": [["metric: conversion", "metric: revenue"]],
    },
    at: "refactor.yaml: 5%",
    good: {
      "metrics/revenue.yaml": [["mean: 4.31", "mean: 0"]],
      "refactor.yaml": [
        ["metric: conversion", "metric: revenue"],
        ["margin: 5%", "margin: { absolute: 1 }"],
      ],
    },
  },
  {
    code: "effect/beyond-rate",
    bad: { "one-page.yaml": [["mde: 5%", "mde: 250%"]] },
    at: "one-page.yaml: 250%",
    good: { "one-page.yaml": [["mde: 5%", "mde: 20%"]] },
  },
  {
    code: "margin/everything",
    bad: { "refactor.yaml": [["margin: 5%", "margin: 100%"]] },
    at: "refactor.yaml: 100%",
    good: { "refactor.yaml": [["margin: 5%", "margin: 99%"]] },
  },
  {
    code: "mde/missing",
    bad: { "one-page.yaml": [["mde: 5%\n", ""]] },
    at: "one-page.yaml: conversion",
    good: {
      "one-page.yaml": [["mde: 5%\n", ""]],
      "project.yaml": [["maxDays: 56 }", "maxDays: 56, mde: 5% }"]],
    },
  },
  {
    code: "plan/no-volume",
    bad: {
      "project.yaml": [["userId, newPerDay: 18000 }", "userId }"]],
      "refactor.yaml": null,
      "one-page.yaml": [["planning: { newPerDay: 9000 }\n", ""]],
    },
    at: "one-page.yaml: user",
    good: { "project.yaml": [["userId, newPerDay: 18000 }", "userId }"]], "refactor.yaml": null },
  },
  {
    code: "plan/no-traffic",
    bad: { "one-page.yaml": [["audience: shoppers", "audience: shoppers\nrollout: 0%"]] },
    at: "one-page.yaml: 0%",
    good: { "one-page.yaml": [["audience: shoppers", "audience: shoppers\nrollout: 99%"]] },
  },
  {
    code: "plan/no-baseline",
    bad: { "metrics/errors.yaml": [["baseline: { rate: 2% }\n", ""]] },
    at: "one-page.yaml: errors",
    good: {
      "metrics/basket.yaml": [["baseline: { mean: 12, standardDeviation: 20, reporting: 40% }\n", ""]],
    },
  },
  {
    code: "plan/too-long",
    bad: { "one-page.yaml": [["mde: 5%", "mde: 1%"]] },
    at: "one-page.yaml: 1%",
    good: { "one-page.yaml": [["mde: 5%", "mde: 4.9%"]] },
  },
  {
    code: "plan/past-end",
    bad: { "one-page.yaml": [["end: 2026-11-29", "end: 2026-11-14"]] },
    at: "one-page.yaml: 2026-11-14",
    good: { "one-page.yaml": [["end: 2026-11-29", "end: 2026-11-15"]] },
  },
  {
    code: "analysis/days-order",
    bad: { "refactor.yaml": [["status: draft", "status: draft\nanalysis: { minDays: 14, maxDays: 7 }"]] },
    at: "refactor.yaml: 14",
    good: { "refactor.yaml": [["status: draft", "status: draft\nanalysis: { minDays: 14, maxDays: 14 }"]] },
  },
  {
    code: "dates/order",
    bad: { "refactor.yaml": [["removeBy: 2027-03-01", "removeBy: 2026-12-28"]] },
    at: "refactor.yaml: 2026-12-28",
    good: { "refactor.yaml": [["removeBy: 2027-03-01", "removeBy: 2026-12-29"]] },
  },
  {
    code: "running/incomplete",
    bad: { "one-page.yaml": [["owner: team-checkout\n", ""]] },
    at: "one-page.yaml: running",
    good: {
      "one-page.yaml": [
        ["owner: team-checkout\n", ""],
        ["status: running", "status: draft"],
      ],
    },
  },
  {
    code: "decision/missing",
    bad: { "one-page.yaml": [["status: running", "status: concluded"]] },
    at: "one-page.yaml: concluded",
    good: { "one-page.yaml": [["status: running", "status: stopped"]] },
  },
  {
    code: "decision/too-early",
    bad: {
      "one-page.yaml": [
        ["status: running", "status: stopped"],
        ["mde: 5%\n", `mde: 5%\n${decided("one-page")}`],
      ],
    },
    at: "one-page.yaml: decision",
    good: {
      "one-page.yaml": [
        ["status: running", "status: concluded"],
        ["mde: 5%\n", `mde: 5%\n${decided("one-page")}`],
      ],
    },
  },
  {
    code: "decision/without-reason",
    bad: concluded("  ship: new\n  verdict: inconclusive\n"),
    at: "archive/old.yaml: decision",
    good: concluded("  ship: control\n  verdict: inconclusive\n"),
  },
];

function draft(): string {
  return `name: Some draft
status: draft
unit: user
variants: { control: {}, new: {} }
metrics: { primary: conversion }
mde: 5%
`;
}

function byOrg(): string {
  return draft().replace("unit: user", "unit: org");
}

function archived(name: string): string {
  return `${draft().replace("Some draft", name).replace("status: draft", "status: concluded")}${decided("new")}`;
}

function decided(ship: string): string {
  return `decision: { ship: ${ship}, date: 2026-12-08, by: team, verdict: ship, evidence: { iteration: 1, spec: abc123, asOf: 2026-12-08T00:00:00Z } }\n`;
}
