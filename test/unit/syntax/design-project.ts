import type { SourceFile } from "../../../src/syntax/source-file.ts";

/** A project that uses every key of the language once. */
export const PROJECT = `# yaml-language-server: $schema=../schema/project.schema.json
name: acme-shop
timezone: Europe/Berlin
units:
  user: { id: userId, newPerDay: 18000 }
  org:  { id: orgId, newPerDay: 400 }
attributes:
  country:    { type: string, values: [US, CA, NO] }
  appVersion: { type: version }
  flags:      { type: list }
  employee:   { type: boolean }
  age:        { type: number }
  email:      { type: string, private: true }
layers:   { checkout: { unit: user } }
holdout:  { key: holdout-2026-h2, unit: user, share: 2% }
events:
  purchase:            { source: app, units: [user, org], properties: { amount: number, currency: [USD, EUR], refunded: boolean } }
  "Checklist Viewed":  { source: app, units: [user] }
defaults: { alpha: 5%, power: 80%, minDays: 14, maxDays: 56, mde: 5% }
emit: { imports: none }
warehouse:
  engine: duckdb
  sources:
    exposures:
      from: "data/exposures/*.parquet"
      units: { user: user_id, org: org_id }
      columns: { experiment: experiment, iteration: iteration, variant: variant, timestamp: ts, forced: is_forced }
      attributes: [country]
      exclude: { isBot: true }
    app:
      from: [data/2026/*.parquet, data/2027/*.parquet]
      units: { user: user_id, org: org_id }
      columns: { event: event, timestamp: ts }
`;

export const EXPERIMENT = `name: One-page checkout
description: All steps of the checkout on one page.
tags: [checkout, growth]
owner: team-checkout
hypothesis: >-
  Seeing every step at once raises checkout conversion,
  because the length is no longer a surprise.
status: running
iteration: 1
start: 2026-11-02
end: 2026-11-29
removeBy: 2027-02-01
runsOn: server
unit: user
layer: { name: checkout, from: 0%, to: 40% }
rollout: 12.5%
audience:
  country: [US, CA]
  plan: { not: free }
  appVersion: { semver: ">=4.2.0" }
  flags: { contains: beta }
  age: 30
  any:
    - power-users
    - all: [{ employee: true }, { not: { country: NO } }]
overrides:
  - { variant: one-page, when: { employee: true } }
exposure: { event: "Checklist Viewed" }
assign: weightedChoice
control: control
default: control
variants:
  control:  { weight: 50%, params: { steps: 3, headline: "Checkout", nested: { list: [1, null, true], "5%": 5% } } }
  one-page: { weight: 50%, params: { steps: 1, headline: "Almost yours", nested: {} } }
metrics:
  primary: { metric: checkout-conversion, goal: not-worse, margin: 1% }
  secondary: [revenue-per-user, orders-per-user]
  guardrails:
    - { metric: checkout-errors, margin: { absolute: 0.3% } }
    - { metric: page-load, margin: { absolute: 50 } }
mde: { absolute: 0.5 }
planning: { newPerDay: 9000, baseline: { rate: 31% } }
analysis: { alpha: 5%, power: 80%, method: fixed, minDays: 14, maxDays: 42 }
`;

export const CONCLUDED = `name: Old checkout
status: concluded
unit: user
exposure: explicit
variants: { "0": {}, "1": {} }
control: "0"
metrics: { primary: checkout-conversion }
decision:
  ship: "1"
  date: 2026-12-08
  by: team-checkout
  verdict: ship
  why: Conversion +6.1% [+2.2%, +10.1%]; errors within the 5% margin.
  evidence: { iteration: 1, spec: "8f3c2e1", asOf: 2026-12-08T00:00:00Z }
`;

export const METRICS = {
  conversion:
    "kind: conversion\nname: Converted\nbetter: higher\nevent: purchase\nwindow: 7d\nbaseline: { rate: 12% }\n",
  count:
    "kind: count\nname: Orders\nbetter: higher\nevent: purchase\nbaseline: { mean: 0.42, standardDeviation: 1.3 }\n",
  sum: "kind: sum\nname: Revenue\ndescription: In euro.\nbetter: higher\nevent: purchase\nvalue: amount\nwhere: { refunded: false, currency: [USD, EUR] }\nwindow: 12h\n",
  mean: "kind: mean\nname: Load time\nbetter: lower\nevent: page-load\nvalue: loadMs\nbaseline: { mean: 900, standardDeviation: 300, reporting: 80% }\n",
  ratio: "kind: ratio\nname: Order value\nbetter: higher\nnumerator: sum\ndenominator: count\n",
  column: "kind: mean\nname: Rounds\nbetter: higher\ncolumn: sum_gamerounds\n",
};

export const AUDIENCE =
  "name: Power users\ndescription: Those who stay.\nwhen: { visits: [10, 11], country: US }\n";

/** All of it as files, with others in place of some. */
export function projectFiles(replaced: Readonly<Record<string, string>> = {}): readonly SourceFile[] {
  const texts = {
    "experiments/project.yaml": PROJECT,
    "experiments/one-page-checkout.yaml": EXPERIMENT,
    "experiments/archive/old-checkout.yaml": CONCLUDED,
    "experiments/audiences/power-users.yaml": AUDIENCE,
    ...Object.fromEntries(
      Object.entries(METRICS).map(([kind, text]) => [`experiments/metrics/${kind}.yaml`, text]),
    ),
    ...replaced,
  };
  return Object.entries(texts).map(([path, text]) => ({ path, text }));
}
