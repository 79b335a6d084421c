import type { Experiment } from "../../../src/model/experiment.ts";
import type { Metric } from "../../../src/model/metric.ts";
import type { Project } from "../../../src/model/project.ts";
import type { ExperimentPlan, Plan } from "../../../src/plan/plan.ts";
import type { Analysis } from "../../../src/verdict/generated/analysis.ts";

const user = { key: "user", id: "userId", newPerDay: 18000 };

const conversion: Metric = {
  kind: "conversion",
  key: "checkout-conversion",
  file: "experiments/metrics/checkout-conversion.yaml",
  name: "Checkout conversion",
  description: null,
  better: "higher",
  window: 7 * 86_400_000,
  per: null,
  baseline: { kind: "rate", rate: 0.049 },
  input: { kind: "event", event: "purchase", value: null, where: [] },
};

/** A draft; override what a test is about. */
export function experiment(key: string, rest: Partial<Experiment> = {}): Experiment {
  return {
    kind: "experiment",
    key,
    file: `experiments/${key}.yaml`,
    archived: false,
    name: key,
    description: "All steps of the checkout on one page.",
    tags: ["checkout", "growth"],
    owner: "team-checkout",
    hypothesis:
      "Seeing every step at once raises checkout conversion, because the length is no longer a surprise.",
    status: "draft",
    iteration: 1,
    start: "2026-11-02",
    end: "2026-11-29",
    removeBy: "2027-02-01",
    runsOn: "browser",
    unit: user,
    layer: { layer: { key: "checkout", unit: user }, from: 0, to: 400_000 },
    rollout: 1_000_000,
    audience: {
      kind: "all",
      conditions: [
        { kind: "one-of", attribute: "country", values: ["US", "CA"] },
        { kind: "not", condition: { kind: "one-of", attribute: "plan", values: ["free"] } },
        { kind: "semver", attribute: "appVersion", range: ">=4.2.0" },
      ],
    },
    overrides: [],
    exposure: { kind: "assignment" },
    draw: { kind: "variants", operator: "weightedChoice", planout: null },
    control: "control",
    default: "control",
    variants: [
      { key: "control", share: 500_000, params: { steps: 3, headline: "Checkout" } },
      { key: "one-page", share: 500_000, params: { steps: 1, headline: "Almost yours" } },
    ],
    primary: { metric: conversion, goal: "better", margin: null },
    secondary: [],
    guardrails: [],
    mde: { kind: "relative", value: 0.04 },
    planning: { newPerDay: 9000, baseline: null },
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
    ...rest,
  };
}

/** The plan of a sample experiment, with numbers that fit a page rather than a formula. */
function planOf({ key, variants, control }: Experiment): ExperimentPlan {
  return {
    experiment: key,
    iteration: 1,
    specHash: "8f3c2e1d",
    variants: variants.map((variant) => ({ key: variant.key, share: variant.share })),
    control,
    unitsPerDay: 3528,
    sizes: [
      {
        metric: "checkout-conversion",
        role: "primary",
        claim: "superiority",
        alpha: 0.05,
        power: 0.8,
        baseline: 0.31,
        measured: null,
        effect: 0.0124,
        formula: "two proportions, normal approximation",
        unitsPerVariant: variants.map(() => 22042),
        windowDays: 7,
        days: 21,
      },
    ],
    binding: "checkout-conversion",
    days: 21,
    enrolmentDays: 14,
    mdeByWeek: [2, 3, 4].map((week) => ({
      week,
      unitsPerVariant: variants.map(() => 12348 * (week - 1)),
      absolute: 0.0165 / Math.sqrt(week - 1),
      relative: 0.0533 / Math.sqrt(week - 1),
    })),
    completeOn: "2026-12-06",
    scheduledDays: 34,
  };
}

/** The experiment that an Analysis is of. */
export function experimentOf(analysis: Analysis, rest: Partial<Experiment> = {}): Experiment {
  return experiment(analysis.experiment, {
    name: analysis.name,
    status: analysis.status,
    start: analysis.design.start,
    end: analysis.design.end,
    control: analysis.design.control,
    variants: analysis.design.variants.map(({ variant, share }) => ({
      key: variant,
      share: Math.round(share * 1e6),
      params: {},
    })),
    ...rest,
  });
}

export function projectOf(experiments: readonly Experiment[]): { project: Project; plan: Plan } {
  const project: Project = {
    kind: "project",
    file: "experiments/project.yaml",
    name: "acme-shop",
    timezone: "UTC",
    units: [user],
    attributes: [],
    layers: [],
    holdout: null,
    events: [],
    metrics: [conversion],
    audiences: [],
    experiments,
    warehouse: null,
    emit: { imports: "js", integrations: [], openfeature: false },
  };
  return {
    project,
    plan: { kind: "plan", project: "acme-shop", experiments: experiments.map(planOf), layers: [] },
  };
}
