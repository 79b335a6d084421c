/** Sixteen shapes of experiments that teams run, and the project and metrics that they need. */

const PROJECT = `name: acme-shop
timezone: UTC
units:
  user: { id: userId, newPerDay: 180000 }
  org: { id: orgId, newPerDay: 400 }
attributes:
  country: { type: string, values: [US, CA, GB] }
  plan: { type: string, values: [free, pro] }
  flags: { type: list }
  orgSlug: { type: string }
layers:
  checkout: { unit: user }
holdout: { key: holdout-2026-h2, unit: user, share: 2% }
events:
  purchase:
    source: app
    units: [user, org]
    properties: { amount: number, currency: [USD, EUR], refunded: boolean }
  invite-sent: { source: app, units: [user] }
  session-start: { source: app, units: [user] }
  cart-viewed: { source: app, units: [user] }
  checkout-started: { source: app, units: [user] }
  page-load: { source: app, units: [user], properties: { loadMs: number } }
  Checklist Viewed: { source: app, units: [user] }
defaults: { cuped: 14d, breakdowns: [country, plan] }
warehouse:
  engine: duckdb
  sources:
    exposures:
      from: data/exposures/*.parquet
      units: { user: user_id, org: org_id }
      columns: { experiment: experiment, variant: variant, timestamp: ts, specHash: spec }
      attributes: [country, plan]
      exclude: { isBot: true }
      testUnits: { user: [qa-1, qa-2] }
    app:
      from: data/events/*.parquet
      units: { user: user_id, org: org_id }
      columns: { event: event, timestamp: ts }
`;

const METRICS: Readonly<Record<string, string>> = {
  activation:
    "kind: conversion\nname: Activation\nbetter: higher\nevent: session-start\nwindow: 7d\nbaseline: { rate: 30% }\n",
  "checkout-conversion":
    "kind: conversion\nname: Conversion\nbetter: higher\nevent: purchase\nwindow: 7d\nbaseline: { rate: 12% }\n",
  "invites-per-user": `kind: count
name: Invites per user
better: higher
event: invite-sent
per: user
window: 7d
baseline: { mean: 0.42, standardDeviation: 1.3, clusters: { org: { meanSize: 11, intraclassCorrelation: 0.06 } } }
`,
  "revenue-per-user": `kind: sum
name: Revenue per user
event: purchase
value: amount
where: { refunded: false, currency: USD }
window: 7d
winsorize: 99.9%
better: higher
baseline: { mean: 4.31, standardDeviation: 22.8, cuped: { correlation: 0.45 } }
`,
  "day-7": `kind: retention
name: Back on day 7
event: session-start
day: 7
better: higher
baseline: { rate: 19% }
`,
  "week-2": `kind: retention
name: Back in week 2
event: session-start
days: [7, 13]
better: higher
baseline: { rate: 30% }
`,
  stays: `kind: retention
name: Back after a week
event: session-start
day: 7
rolling: true
window: 684h
better: higher
baseline: { rate: 40% }
`,
  "cart-to-purchase": `kind: funnel
name: Cart to purchase
steps:
  - cart-viewed
  - checkout-started
  - { event: purchase, where: { refunded: false } }
window: 24h
better: higher
baseline: { rates: [40%, 22%, 12%] }
`,
  "page-load-p95": `kind: quantile
name: Page load, p95
quantile: 95%
event: page-load
value: loadMs
window: 7d
better: lower
baseline: { value: 1840, spread: 5200 }
`,
};

const draft = (text: string, primary = "activation", mde = "5%") => `name: An experiment
status: draft
unit: user
${text}metrics: { primary: ${primary} }
mde: ${mde}
`;

const EXPERIMENTS: Readonly<Record<string, string>> = {
  "show-plugins": `name: Show plugins in the Integration Directory
status: draft
unit: org
control: "0"
default: "0"
hash: { planout: { experiment: ShowPluginsExperiment, parameter: variant } }
audience: { flags: { contains: integration-directory } }
overrides:
  - { variant: "1", when: { orgSlug: sentry } }
assign: weightedChoice
variants:
  "0": { weight: 50%, params: { exposed: false } }
  "1": { weight: 50%, params: { exposed: true } }
exposure: explicit
metrics: { primary: checkout-conversion }
mde: 20%
`,
  "compact-nav": draft(
    "assign: bernoulliTrial\nvariants:\n  control: { weight: 90% }\n  compact-nav: { weight: 10% }\n",
  ),
  colours: draft("assign: uniformChoice\nvariants: { control: {}, blue: {}, green: {}, red: {} }\n"),
  factorial: draft(
    "parameters:\n  headline: { uniformChoice: [plain, bold] }\n  steps: { uniformChoice: [3, 2, 1] }\nanalysis: { effects: main }\n",
  ),
  price: draft(
    `variants:
  control: { weight: 34%, params: { price: 9.99 } }
  low: { weight: 33%, params: { price: 7.99 } }
  high: { weight: 33%, params: { price: 11.99 } }
analysis: { dose: price }
`,
    "revenue-per-user",
    "10%",
  ),
  checklist: `name: Onboarding checklist
description: Three versions of the first-run checklist.
tags: [onboarding, growth]
status: draft
unit: user
audience: new-mobile-users
rollout: 20%
exposure: { event: Checklist Viewed }
variants:
  control: { weight: 34% }
  short: { weight: 33% }
  long: { weight: 33% }
metrics: { primary: activation }
mde: 5%
`,
  "layer-a": draft("layer: { name: checkout, from: 0%, to: 40% }\nvariants: { control: {}, new: {} }\n"),
  "layer-b": draft("layer: { name: checkout, from: 40%, to: 70% }\nvariants: { control: {}, new: {} }\n"),
  "layer-c": draft("layer: { name: checkout, from: 70%, to: 100% }\nvariants: { control: {}, new: {} }\n"),
  "seat-invites": `name: Seat invites
status: draft
unit: org
variants: { control: {}, new: {} }
metrics: { primary: invites-per-user }
mde: 20%
`,
  revenue: draft("variants: { control: {}, new: {} }\n", "revenue-per-user", "4%"),
  "keeps-users": `name: Keeps users
status: draft
unit: user
variants: { control: {}, new: {} }
metrics: { primary: day-7, secondary: [week-2, stays] }
mde: 5%
analysis: { cuped: off, breakdowns: [], trigger: { event: cart-viewed } }
`,
  buyers: draft("variants: { control: {}, new: {} }\n", "cart-to-purchase"),
  faster: `name: Faster pages
status: draft
unit: user
variants: { control: {}, fast: {} }
metrics:
  primary: { metric: checkout-conversion, goal: not-worse, margin: 1% }
  guardrails: [{ metric: page-load-p95, margin: { absolute: 50 } }]
`,
  shades: draft(
    "variants:\n  control: { weight: 34% }\n  red: { weight: 33%, dropped: 2026-11-12 }\n  blue: { weight: 33% }\n",
  ),
  "one-page": `name: One page
status: concluded
unit: user
variants: { control: {}, one-page: {} }
metrics: { primary: checkout-conversion }
mde: 5%
decision:
  ship: one-page
  date: 2026-12-08
  by: team-checkout
  verdict: ship
  why: Conversion +6.1% [+2.2%, +10.1%]; errors within the 5% margin.
  evidence: { iteration: 1, spec: "8f3c2e1", asOf: 2026-12-08T00:00:00Z }
removeBy: 2027-02-01
`,
};

const named = (folder: string, texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([key, text]) => [`experiments/${folder}${key}.yaml`, text] as const);

/** By path. */
export const SIXTEEN: Readonly<Record<string, string>> = Object.fromEntries([
  ["experiments/project.yaml", PROJECT],
  ["experiments/audiences/new-mobile-users.yaml", "when: { plan: free }\n"],
  ...named("metrics/", METRICS),
  ...named("", EXPERIMENTS),
]);
