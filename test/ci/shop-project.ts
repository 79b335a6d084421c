/** A project with a running experiment, one that may start, and all that a pull request may touch. */
export const SHOP: Readonly<Record<string, string>> = {
  "package.json": `${JSON.stringify(
    {
      name: "shop",
      private: true,
      scripts: { "fairtrial:data": "fairtrial simulate --seed 3 --units 400" },
      devDependencies: { fairtrial: "*" },
    },
    null,
    2,
  )}\n`,
  "package-lock.json": "{}\n",
  ".gitignore": "node_modules/\ngenerated/manifest.json\ngenerated/plan.json\n/data/\n.fairtrial/\n",
  "experiments/project.yaml": `name: shop
units:
  user:
    id: userId
    newPerDay: 20000
attributes:
  country:
    type: string
    values: [US, CA, GB]
layers:
  checkout:
    unit: user
events:
  purchase:
    source: app
    units: [user]
  checkout-error:
    source: app
    units: [user]
defaults:
  alpha: 5%
warehouse:
  engine: duckdb
  sources:
    exposures:
      from: data/exposures.csv
      units:
        user: user_id
      columns:
        experiment: experiment
        iteration: iteration
        variant: variant
        timestamp: ts
    app:
      from: data/events.csv
      units:
        user: user_id
      columns:
        event: event
        timestamp: ts
`,
  "experiments/metrics/conversion.yaml": metric("Conversion", "purchase", "higher", "20%"),
  "experiments/metrics/errors.yaml": metric("Errors", "checkout-error", "lower", "5%"),
  "experiments/audiences/north-america.yaml": `name: North America
when:
  country: [US, CA]
`,
  "experiments/checkout.yaml": `name: Checkout
owner: team-checkout
hypothesis: One page loses fewer carts.
status: running
iteration: 1
start: 2026-11-02
end: 2026-11-29
removeBy: 2027-03-01
unit: user
layer:
  name: checkout
  from: 0%
  to: 50%
rollout: 60%
audience: north-america
variants:
  control:
    weight: 50%
  one-page:
    weight: 50%
metrics:
  primary: conversion
  guardrails:
    - metric: errors
      margin:
        absolute: 2%
mde: 10%
`,
  "experiments/banner.yaml": `name: Banner
owner: team-growth
hypothesis: A banner sells more.
status: draft
start: 2026-11-02
end: 2026-11-29
removeBy: 2027-03-01
unit: user
layer:
  name: checkout
  from: 60%
  to: 100%
variants:
  control:
    weight: 50%
  shown:
    weight: 50%
metrics:
  primary: conversion
mde: 10%
`,
};

function metric(name: string, event: string, better: string, rate: string): string {
  return `name: ${name}
kind: conversion
event: ${event}
window: 7d
better: ${better}
baseline:
  rate: ${rate}
`;
}
