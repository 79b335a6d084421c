/** A shop with a trial in every state, in the house form: what a change does to it is a one-line edit. */
export const SHOP = {
  "experiments/project.yaml": `name: shop
timezone: UTC
units:
  user:
    id: userId
    newPerDay: 20000
  org:
    id: orgId
    newPerDay: 4000
attributes:
  country:
    type: string
    values: [US, CA, GB]
  plan:
    type: string
    values: [free, pro]
  employee:
    type: boolean
layers:
  checkout:
    unit: user
holdout:
  key: holdout-2027
  unit: user
  share: 5%
events:
  purchase:
    source: app
    units: [user, org]
    properties:
      amount: number
      refunded: boolean
  error-shown:
    source: app
    units: [user]
defaults:
  alpha: 5%
  power: 80%
  minDays: 14
  maxDays: 56
warehouse:
  engine: duckdb
  sources:
    exposures:
      from: data/exposures/*.parquet
      units:
        user: user_id
        org: org_id
      columns:
        experiment: experiment
        iteration: iteration
        variant: variant
        timestamp: ts
      attributes: [country]
    app:
      from: data/events/*.parquet
      units:
        user: user_id
        org: org_id
      columns:
        event: event
        timestamp: ts
`,
  "experiments/metrics/conversion.yaml": `kind: conversion
name: Conversion
better: higher
event: purchase
where:
  refunded: false
window: 7d
baseline:
  rate: 30%
`,
  "experiments/metrics/errors.yaml": `kind: conversion
name: Errors
better: lower
event: error-shown
window: 7d
baseline:
  rate: 4%
`,
  "experiments/metrics/revenue.yaml": `kind: sum
name: Revenue
better: higher
event: purchase
value: amount
window: 7d
baseline:
  mean: 4.3
  standardDeviation: 20
`,
  "experiments/audiences/buyers.yaml": `name: Buyers
when:
  country: [US, CA]
`,
  "experiments/checkout.yaml": `name: One-page checkout
owner: team-checkout
hypothesis: Fewer steps raise conversion.
status: running
start: 2027-01-04
end: 2027-02-07
removeBy: 2027-05-01
unit: user
layer:
  name: checkout
  from: 0%
  to: 60%
rollout: 50%
audience: buyers
overrides:
  - variant: one-page
    when:
      employee: true
variants:
  control:
    weight: 50%
    params:
      steps: 3
  one-page:
    weight: 50%
    params:
      steps: 1
metrics:
  primary: conversion
  secondary: [revenue]
  guardrails:
    - metric: errors
      margin:
        absolute: 1%
mde: 10%
`,
  "experiments/banner.yaml": `name: Banner
status: draft
start: 2027-03-01
end: 2027-04-04
unit: user
layer:
  name: checkout
  from: 60%
  to: 100%
variants:
  control:
    weight: 50%
  large:
    weight: 25%
  small:
    weight: 25%
metrics:
  primary: conversion
mde: 10%
`,
  "experiments/prices.yaml": `name: Prices with tax
owner: team-pricing
hypothesis: Known totals raise conversion.
status: stopped
start: 2026-09-07
end: 2026-10-04
unit: user
variants:
  control:
    weight: 50%
  with-tax:
    weight: 50%
metrics:
  primary: conversion
mde: 5%
`,
  "experiments/search.yaml": `name: Search
owner: team-search
hypothesis: A faster search is used more.
status: concluded
start: 2026-07-06
end: 2026-08-02
unit: user
variants:
  control:
    weight: 50%
  fast:
    weight: 50%
metrics:
  primary: conversion
mde: 5%
decision:
  ship: fast
  date: 2026-08-20
  by: team-search
  verdict: ship
  evidence:
    iteration: 1
    spec: "8f3c2e1"
    asOf: 2026-08-20T00:00:00Z
`,
} as const;

type ShopFile = keyof typeof SHOP;

/** A file of the shop with each text, which must be in it once, replaced. */
export function edited(
  file: ShopFile,
  ...edits: readonly (readonly [found: string, replacement: string])[]
): string {
  return edits.reduce((text: string, [found, replacement]) => {
    if (text.split(found).length !== 2) throw new Error(`${file} must hold ${JSON.stringify(found)} once`);
    return text.replace(found, () => replacement);
  }, SHOP[file]);
}
