import { type Compilation, compile } from "../../../src/compile.ts";

/** Changes of the sample project's files: replacements of text that must be there, whole files, or null to remove one. */
export type Edits = Readonly<
  Record<string, readonly (readonly [found: string, replacement: string])[] | string | null>
>;

/** A project without a problem, that uses every part of the language. */
export const SAMPLE: Readonly<Record<string, string>> = {
  "project.yaml": `name: acme-shop
timezone: Europe/Berlin
units:
  user: { id: userId, newPerDay: 18000 }
  org: { id: orgId }
attributes:
  country: { type: string, values: [US, CA, GB] }
  age: { type: number }
  appVersion: { type: version }
  flags: { type: list, values: [beta, "early-access"] }
  employee: { type: boolean }
  email: { type: string, private: true }
layers:
  checkout: { unit: user }
  accounts: { unit: org }
holdout: { key: holdout-2026, unit: user, share: 2% }
events:
  purchase:
    source: app
    units: [user, org]
    properties: { amount: number, currency: [USD, EUR], refunded: boolean, coupon: string }
  error-shown: { source: app, units: [user, org] }
  Checklist Viewed: { source: app, units: [user] }
defaults: { alpha: 5%, power: 80%, minDays: 14, maxDays: 56 }
warehouse:
  engine: duckdb
  sources:
    exposures:
      from: data/exposures/*.parquet
      units: { user: user_id, org: org_id }
      columns: { experiment: experiment, variant: variant, timestamp: ts }
      attributes: [country]
      exclude: { isBot: true }
    app:
      from: data/events/*.parquet
      units: { user: user_id, org: org_id }
      columns: { event: event, timestamp: ts }
`,
  "metrics/conversion.yaml": `kind: conversion
name: Conversion
better: higher
event: purchase
window: 7d
baseline: { rate: 31% }
`,
  "metrics/errors.yaml": `kind: conversion
name: Errors
better: lower
event: error-shown
window: 7d
baseline: { rate: 2% }
`,
  "metrics/revenue.yaml": `kind: sum
name: Revenue
better: higher
event: purchase
value: amount
where: { refunded: false, currency: [USD, EUR] }
window: 7d
baseline: { mean: 4.31, standardDeviation: 22.8 }
`,
  "metrics/orders.yaml": `kind: count
name: Orders
better: higher
event: purchase
window: 7d
`,
  "metrics/order-value.yaml": `kind: ratio
name: Order value
better: higher
numerator: revenue
denominator: orders
baseline: { mean: 30, standardDeviation: 60 }
`,
  "metrics/basket.yaml": `kind: mean
name: Basket
better: higher
event: purchase
value: amount
baseline: { mean: 12, standardDeviation: 20, reporting: 40% }
`,
  "audiences/shoppers.yaml": `name: Shoppers
when:
  country: [US, CA]
  appVersion: { semver: ">=4.2.0" }
`,
  "audiences/insiders.yaml": `when:
  any:
    - employee: true
    - shoppers
`,
  "one-page.yaml": `name: One page
owner: team-checkout
hypothesis: Fewer steps raise conversion.
status: running
start: 2026-11-02
end: 2026-11-29
removeBy: 2027-02-01
unit: user
layer: { name: checkout, from: 0%, to: 40% }
audience: shoppers
overrides:
  - { variant: one-page, when: { employee: true } }
variants:
  control: { weight: 50%, params: { steps: 3 } }
  one-page: { weight: 50%, params: { steps: 1 } }
metrics:
  primary: conversion
  secondary: [order-value, basket]
  guardrails:
    - { metric: errors, margin: { absolute: 0.5% } }
mde: 5%
planning: { newPerDay: 9000 }
`,
  "refactor.yaml": `name: Refactor
status: draft
start: 2026-12-01
end: 2026-12-28
removeBy: 2027-03-01
unit: user
layer: { name: checkout, from: 40%, to: 100% }
exposure: { event: Checklist Viewed }
audience: { flags: { contains: beta }, age: [30, 40], not: { country: GB } }
variants: { control: {}, fast: {}, faster: {} }
metrics:
  primary: { metric: conversion, goal: not-worse, margin: 5% }
`,
  "archive/old.yaml": `name: Old
status: concluded
start: 2026-01-05
end: 2026-02-01
unit: user
variants: { control: {}, new: {} }
metrics: { primary: conversion }
mde: 5%
decision:
  ship: new
  date: 2026-02-10
  by: team-checkout
  verdict: ship
  evidence: { iteration: 1, spec: abc123, asOf: 2026-02-10T00:00:00Z }
`,
};

/** The sample project, changed, through the whole pipeline. */
export function compileSample(edits: Edits = {}): Compilation {
  const files = new Map(Object.entries(SAMPLE));
  for (const [name, edit] of Object.entries(edits)) {
    if (edit === null) files.delete(name);
    else if (typeof edit === "string") files.set(name, edit);
    else
      files.set(
        name,
        edit.reduce((text, change) => replaceOnce(name, text, change), files.get(name) ?? ""),
      );
  }
  return compile([...files].map(([name, text]) => ({ path: `experiments/${name}`, text })));
}

/** The diagnostics as `code @ file: marked text`. */
export function summaries({ diagnostics, texts }: Compilation): readonly string[] {
  return diagnostics.map(({ code, place }) => {
    const { start, end } = place.span;
    return `${code} @ ${place.file.replace("experiments/", "")}: ${texts.get(place.file)?.slice(start, end)}`;
  });
}

function replaceOnce(name: string, text: string, [found, replacement]: readonly [string, string]): string {
  if (text.split(found).length !== 2) throw new Error(`${name} must hold ${JSON.stringify(found)} once`);
  return text.replace(found, () => replacement);
}
