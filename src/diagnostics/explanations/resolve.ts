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
  "retention/days-order": {
    why: "The days of a retention are its first and its last, counted from first exposure, both included: `[7, 13]` is the second week.",
    example: {
      bad: {
        "metrics/week-2.yaml": `kind: retention
name: Back in the second week
better: higher
event: purchase
days: «[13, 7]»
`,
      },
      good: {
        "metrics/week-2.yaml": `kind: retention
name: Back in the second week
better: higher
event: purchase
days: [7, 13]
`,
      },
    },
  },
  "retention/no-time": {
    why: "A rolling retention asks whether a unit came back on its day or later. Its window is counted from first exposure like every other one, and says when asking ends.",
    example: {
      bad: {
        "metrics/stays.yaml": `kind: retention
name: Still there after a week
better: higher
event: purchase
day: 7
rolling: true
window: «7d»
`,
      },
      good: {
        "metrics/stays.yaml": `kind: retention
name: Still there after a week
better: higher
event: purchase
day: 7
rolling: true
window: 28d
`,
      },
    },
  },
  "warehouse/other-engine": {
    why: "`clickhouse` says where a server is, `database` which file DuckDB reads tables from. Beside the other engine it would be read by nobody.",
    example: {
      bad: { "project.yaml": "warehouse:\n  «clickhouse»: { url: http://localhost:8123 }\n" },
      good: { "project.yaml": "warehouse:\n  database: data/warehouse.duckdb\n" },
    },
  },
  "warehouse/files-on-server": {
    why: "The files lie in the project, and ClickHouse on another machine. It reads its own tables.",
    example: {
      bad: {
        "project.yaml": `warehouse:
  engine: clickhouse
  clickhouse: { url: http://localhost:8123 }
  sources:
    exposures:
      from: { table: exposures }
      units: { user: user_id, org: org_id }
      columns: { experiment: experiment, variant: variant, timestamp: ts }
      attributes: [country]
    app:
      from: «data/events.parquet»
      units: { user: user_id, org: org_id }
      columns: { event: event, timestamp: ts }
`,
      },
      good: {
        "project.yaml": `warehouse:
  engine: clickhouse
  clickhouse: { url: http://localhost:8123 }
  sources:
    exposures:
      from: { table: exposures }
      units: { user: user_id, org: org_id }
      columns: { experiment: experiment, variant: variant, timestamp: ts }
      attributes: [country]
    app:
      from: { table: events }
      units: { user: user_id, org: org_id }
      columns: { event: event, timestamp: ts }
`,
      },
    },
  },
  "warehouse/no-database": {
    why: "DuckDB keeps tables in a database file. It is opened to read only, and must lie below the folder that holds `experiments/`.",
    example: {
      bad: {
        "project.yaml": `warehouse:
  sources:
    exposures:
      from: data/exposures.csv
      units: { user: user_id, org: org_id }
      columns: { experiment: experiment, variant: variant, timestamp: ts }
      attributes: [country]
    app:
      from: «{ table: events }»
      units: { user: user_id, org: org_id }
      columns: { event: event, timestamp: ts }
`,
      },
      good: {
        "project.yaml": `warehouse:
  database: data/warehouse.duckdb
  sources:
    exposures:
      from: data/exposures.csv
      units: { user: user_id, org: org_id }
      columns: { experiment: experiment, variant: variant, timestamp: ts }
      attributes: [country]
    app:
      from: { table: events }
      units: { user: user_id, org: org_id }
      columns: { event: event, timestamp: ts }
`,
      },
    },
  },
  "warehouse/no-server": {
    why: "ClickHouse runs elsewhere: without its address there is nothing to ask. The address holds no user and no password; those come from the environment (`FAIRTRIAL_CLICKHOUSE_USER`, `FAIRTRIAL_CLICKHOUSE_PASSWORD`).",
    example: {
      bad: {
        "project.yaml": `warehouse:
  engine: «clickhouse»
  sources:
    exposures:
      from: { table: exposures }
      units: { user: user_id, org: org_id }
      columns: { experiment: experiment, variant: variant, timestamp: ts }
    app:
      from: { table: events }
      units: { user: user_id, org: org_id }
      columns: { event: event, timestamp: ts }
`,
      },
      good: {
        "project.yaml": `warehouse:
  engine: clickhouse
  clickhouse: { url: https://clickhouse.example.com:8443 }
  sources:
    exposures:
      from: { table: exposures }
      units: { user: user_id, org: org_id }
      columns: { experiment: experiment, variant: variant, timestamp: ts }
    app:
      from: { table: events }
      units: { user: user_id, org: org_id }
      columns: { event: event, timestamp: ts }
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
