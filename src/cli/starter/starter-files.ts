import { posix } from "node:path";
import { plainScalar } from "./plain-scalar.ts";

interface StarterFile {
  /** Relative to the root folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

interface StarterSettings {
  readonly name: string;
  readonly imports: "js" | "none" | "ts";
  /** Folder of the schemas as seen from the root folder. */
  readonly schemas: string;
}

/** Where the starter's sources lie; `simulate` writes there. */
export const DATA_FOLDER = "data/experiments";

/** A project that can be planned, simulated and analysed at once, in house form. */
export function starterFiles({ name, imports, schemas }: StarterSettings): readonly StarterFile[] {
  const link = (kind: string, folder: string) =>
    `# yaml-language-server: $schema=${posix.relative(folder, schemas)}/${kind}.schema.json\n`;
  return [
    {
      path: "experiments/project.yaml",
      text: `${link("project", "experiments")}name: ${plainScalar(name)}
timezone: UTC
units:
  user:
    id: userId
    # Eligible users a day. Sample sizes become days by it, so put in your own.
    newPerDay: 2000
attributes:
  country:
    type: string
  plan:
    type: string
    values: [free, pro]
  employee:
    type: boolean
# Experiments that share a layer own disjoint ranges of it, so no user is in two of them.
layers:
  checkout:
    unit: user
events:
  purchase:
    source: app
    units: [user]
    properties:
      amount: number
      currency: string
  app-error:
    source: app
    units: [user]
emit:
  imports: ${imports}
# Where \`fairtrial analyze\` reads; \`fairtrial simulate\` writes made-up data there.
warehouse:
  engine: duckdb
  sources:
    exposures:
      from: ${DATA_FOLDER}/exposures/*.parquet
      units:
        user: user_id
      columns:
        experiment: experiment
        iteration: iteration
        variant: variant
        timestamp: ts
    app:
      from: ${DATA_FOLDER}/events/*.parquet
      units:
        user: user_id
      columns:
        event: event
        timestamp: ts
`,
    },
    {
      path: "experiments/metrics/purchase-conversion.yaml",
      text: `${link("metric", "experiments/metrics")}name: Purchase conversion
description: Users who buy at least once within a week of meeting the experiment.
kind: conversion
event: purchase
window: 7d
better: higher
# What it is today. Put in your own.
baseline:
  rate: 10%
`,
    },
    {
      path: "experiments/metrics/revenue-per-user.yaml",
      text: `${link("metric", "experiments/metrics")}name: Revenue per user
description: What a user pays within a week; users who buy nothing count as zero.
kind: sum
event: purchase
value: amount
window: 7d
better: higher
baseline:
  mean: 4.2
  standardDeviation: 16
`,
    },
    {
      path: "experiments/metrics/app-errors.yaml",
      text: `${link("metric", "experiments/metrics")}name: App errors
description: Users who meet an error within a week.
kind: conversion
event: app-error
window: 7d
better: lower
baseline:
  rate: 3%
`,
    },
    {
      path: "experiments/example.yaml",
      text: `${link("experiment", "experiments")}name: Example
description: Shows how an experiment is written. Nobody meets a draft; delete it when you have your own.
owner: ${plainScalar(name)}
hypothesis: A shorter checkout raises conversion, because each step loses some users.
# To run, it needs start, end and removeBy.
status: draft

unit: user
audience:
  plan: free
overrides:
  - variant: short
    when:
      employee: true
variants:
  control:
    weight: 50%
    params:
      steps: 3
  short:
    weight: 50%
    params:
      steps: 1

metrics:
  primary: purchase-conversion
  secondary: [revenue-per-user]
  guardrails:
    - metric: app-errors
      margin:
        absolute: 1%
mde: 10%
`,
    },
  ];
}
