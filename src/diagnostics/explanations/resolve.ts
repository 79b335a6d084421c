import type { Explanations } from "../explanation.ts";

export const resolveExplanations = {
  "percentage/out-of-range": {
    why: "The percentage is well spelled and impossible here: an error rate of 50% decides by coin, a power below 50% misses more often than it finds.",
    example: {
      bad: { "refactor.yaml": "analysis: { alpha: «60%» }\n" },
      good: { "refactor.yaml": "analysis: { alpha: 5% }\n" },
    },
  },
  "effect/zero": {
    why: "The number of units that a trial needs grows with one over the square of the effect. For an effect of zero no number is enough.",
    example: {
      bad: { "one-page.yaml": "mde: «0%»\n" },
      good: { "one-page.yaml": "mde: 5%\n" },
    },
  },
  "effect/rate-as-number": {
    why: "On a rate, `absolute: 0.5` could mean half a percentage point or fifty. Absolute effects on rates are written as percentages, in percentage points.",
    example: {
      bad: {
        "one-page.yaml": `metrics:
  primary: conversion
  guardrails:
    - { metric: errors, margin: { absolute: «0.5» } }
`,
      },
      good: {
        "one-page.yaml": `metrics:
  primary: conversion
  guardrails:
    - { metric: errors, margin: { absolute: 0.5% } }
`,
      },
    },
  },
  "effect/number-as-rate": {
    why: "An absolute effect is in the metric's own unit. A percentage of what would be unclear.",
    example: {
      bad: {
        "one-page.yaml": `metrics:
  primary: conversion
  guardrails:
    - { metric: revenue, margin: { absolute: «50%» } }
`,
      },
      good: {
        "one-page.yaml": `metrics:
  primary: conversion
  guardrails:
    - { metric: revenue, margin: { absolute: 0.5 } }
`,
      },
    },
  },
  "mde/default-absolute": {
    why: "The default holds for every experiment, and their primary metrics are in different units. Only a relative effect means something for all of them.",
    example: {
      bad: { "project.yaml": "defaults: { minDays: 14, maxDays: 56, mde: «{ absolute: 1 }» }\n" },
      good: { "project.yaml": "defaults: { minDays: 14, maxDays: 56, mde: 5% }\n" },
    },
  },
  "date/not-a-day": {
    why: "No calendar has this day. Readers that roll it over to the next month would run the experiment longer than was planned.",
    example: {
      bad: { "one-page.yaml": "end: «2026-11-31»\n" },
      good: { "one-page.yaml": "end: 2026-11-30\n" },
    },
  },
  "timezone/unknown": {
    why: "Days of exposure and timestamps without a zone are read in this timezone. It is named as in the IANA database, which knows about daylight saving.",
    example: {
      bad: { "project.yaml": "timezone: «Europe/Bonn»\n" },
      good: { "project.yaml": "timezone: America/New_York\n" },
    },
  },
  "ratio/part-kind": {
    why: "A ratio divides the sum of one metric over all units by the sum of another (delta method). An average cannot be summed again: units without events are not in it.",
    example: {
      bad: { "metrics/order-value.yaml": "numerator: «basket»\n" },
      good: { "metrics/order-value.yaml": "numerator: revenue\n" },
    },
  },
  "variants/unexpected-weight": {
    why: "`uniformChoice` draws every variant alike, so a weight would be ignored.",
    example: {
      bad: {
        "one-page.yaml": `assign: uniformChoice
variants:
  control: { params: { steps: 3 } }
  one-page: { weight: «50%», params: { steps: 1 } }
`,
      },
      good: {
        "one-page.yaml": `assign: uniformChoice
variants:
  control: { params: { steps: 3 } }
  one-page: { params: { steps: 1 } }
`,
      },
    },
  },
  "variants/missing-weight": {
    why: "Where one variant has a weight, all need one. The rest is not shared out silently: a third variant would change everybody's share.",
    example: {
      bad: {
        "one-page.yaml": `variants:
  control: { weight: 50%, params: { steps: 3 } }
  «one-page»: { params: { steps: 1 } }
`,
      },
      good: {
        "one-page.yaml": `variants:
  control: { weight: 50%, params: { steps: 3 } }
  one-page: { weight: 50%, params: { steps: 1 } }
`,
      },
    },
  },
  "warehouse/outside-project": {
    why: "What a project analyses lies below its own folder, so that the files of a pull request cannot make CI read anything else on its machine. Absolute paths, `..`, addresses and backslashes are refused, and links that lead out of the folder are not followed.",
    example: {
      bad: {
        "project.yaml": `warehouse:
  sources:
    app:
      from: «../exports/*.csv»
`,
      },
      good: {
        "project.yaml": `warehouse:
  sources:
    app:
      from: data/exports/*.csv
`,
      },
    },
  },
} satisfies Explanations;
