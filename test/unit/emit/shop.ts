import type { Experiment } from "../../../src/model/experiment.ts";
import type { ConversionMetric } from "../../../src/model/metric.ts";
import type { Attribute, Unit } from "../../../src/model/population.ts";
import type { Project } from "../../../src/model/project.ts";
import type { ExperimentPlan, Plan } from "../../../src/plan/plan.ts";

export const USER: Unit = { key: "user", id: "userId", newPerDay: 18_000 };
export const ORG: Unit = { key: "org", id: "orgId", newPerDay: 400 };

const CONVERSION: ConversionMetric = {
  kind: "conversion",
  key: "checkout-conversion",
  file: "experiments/metrics/checkout-conversion.yaml",
  name: "Checkout conversion",
  description: null,
  better: "higher",
  window: 604_800_000,
  per: null,
  baseline: { kind: "rate", rate: 0.3 },
  input: { kind: "event", event: "purchase", value: null, where: [] },
};

export function attribute(key: string, changes: Partial<Attribute> = {}): Attribute {
  return { key, type: "string", values: null, private: false, ...changes };
}

/** A running 50/50 experiment over all users, changed where a test says so. */
export function experiment(key: string, changes: Partial<Experiment> = {}): Experiment {
  return {
    kind: "experiment",
    key,
    file: `experiments/${key}.yaml`,
    archived: false,
    name: key,
    description: null,
    tags: [],
    owner: "team-checkout",
    hypothesis: null,
    status: "running",
    iteration: 1,
    start: "2026-11-02",
    end: "2026-11-29",
    removeBy: "2027-02-01",
    runsOn: "browser",
    unit: USER,
    layer: null,
    rollout: 1_000_000,
    audience: null,
    overrides: [],
    exposure: { kind: "assignment" },
    draw: { kind: "variants", operator: "weightedChoice", planout: null },
    control: "control",
    default: "control",
    variants: [
      { key: "control", share: 500_000, params: {} },
      { key: "treatment", share: 500_000, params: {} },
    ],
    primary: { metric: CONVERSION, goal: "better", margin: null },
    secondary: [],
    guardrails: [],
    mde: { kind: "relative", value: 0.05 },
    planning: { newPerDay: null, baseline: null },
    analysis: {
      alpha: 0.05,
      power: 0.8,
      method: "fixed",
      minDays: 14,
      maxDays: 56,
      cuped: null,
      breakdowns: [],
      trigger: null,
    },
    decision: null,
    ...changes,
  };
}

/** A shop with a unit, attributes and events of every kind, and the experiments a test gives it. */
export function shop(experiments: readonly Experiment[], changes: Partial<Project> = {}): Project {
  return {
    kind: "project",
    file: "experiments/project.yaml",
    name: "acme-shop",
    timezone: "UTC",
    units: [USER, ORG],
    attributes: [
      attribute("country", { values: ["US", "CA", "GB"] }),
      attribute("plan", { values: ["free", "pro"] }),
      attribute("appVersion", { type: "version" }),
      attribute("flags", { type: "list" }),
      attribute("employee", { type: "boolean" }),
      attribute("age", { type: "number" }),
      attribute("email", { private: true }),
    ],
    layers: [],
    holdout: null,
    events: [
      {
        key: "purchase",
        source: "app",
        units: ["user", "org"],
        properties: [
          { key: "amount", type: { kind: "number" } },
          { key: "currency", type: { kind: "enum", values: ["USD", "EUR"] } },
          { key: "refunded", type: { kind: "boolean" } },
        ],
      },
      { key: "Checklist Viewed", source: "app", units: ["user"], properties: [] },
    ],
    metrics: [CONVERSION],
    audiences: [],
    experiments,
    warehouse: null,
    emit: { imports: "js", integrations: [], openfeature: false },
    ...changes,
  };
}

/** The design's own example: layer, holdout, audience, override, params. */
export const ONE_PAGE_CHECKOUT = experiment("one-page-checkout", {
  name: "One-page checkout",
  description: "All steps of the checkout on one page.",
  layer: { layer: { key: "checkout", unit: USER }, from: 100_000, to: 500_000 },
  rollout: 500_000,
  audience: {
    kind: "all",
    conditions: [
      { kind: "one-of", attribute: "country", values: ["US", "CA"] },
      { kind: "not", condition: { kind: "one-of", attribute: "plan", values: ["free"] } },
      { kind: "semver", attribute: "appVersion", range: ">=4.2.0" },
    ],
  },
  overrides: [{ variant: "one-page", when: { kind: "one-of", attribute: "employee", values: [true] } }],
  variants: [
    { key: "control", share: 500_000, params: { steps: 3, headline: "Checkout" } },
    { key: "one-page", share: 500_000, params: { steps: 1, headline: "Almost yours" } },
  ],
});

/** Concluded: everybody gets the treatment. */
export const GREEN_BUTTON = experiment("green-button", {
  status: "concluded",
  variants: [
    { key: "control", share: 500_000, params: { colour: "red" } },
    { key: "green", share: 500_000, params: { colour: "green" } },
  ],
  decision: {
    ship: "green",
    date: "2026-12-08",
    by: "team-checkout",
    verdict: "ship",
    why: null,
    evidence: { iteration: 1, spec: "8f3c2e1", asOf: "2026-12-08T00:00:00Z" },
  },
});

/** A plan for every experiment of a project. */
export function planned(project: Project): Plan {
  const experiments = project.experiments.map(
    ({ key, iteration, variants, control }): ExperimentPlan => ({
      experiment: key,
      iteration,
      specHash: "0".repeat(64),
      variants: variants.map((variant) => ({ key: variant.key, share: variant.share })),
      control,
      unitsPerDay: 3_528,
      sizes: [
        {
          metric: CONVERSION.key,
          role: "primary",
          claim: "superiority",
          alpha: 0.05,
          power: 0.8,
          baseline: 0.3,
          measured: null,
          effect: 0.015,
          formula: "power.prop.test",
          unitsPerVariant: variants.map(() => 29_929),
          windowDays: 7,
          days: 21,
        },
      ],
      binding: CONVERSION.key,
      days: 21,
      enrolmentDays: 14,
      mdeByWeek: [],
      completeOn: "2026-12-07",
      scheduledDays: 28,
    }),
  );
  return { kind: "plan", project: project.name, experiments, layers: [] };
}
