import type { Experiment } from "../../../src/model/experiment.ts";
import type {
  ConversionMetric,
  Metric,
  RatioMetric,
  RatioPart,
  RowMetric,
} from "../../../src/model/metric.ts";
import type { ExperimentPlan } from "../../../src/plan/plan.ts";
import type { Observation } from "../../../src/query/observation.ts";
import type { Moments } from "../../../src/statistics/moments.ts";

const WEEK = 7 * 86_400_000;

export function metricOf(
  key: string,
  kind: RowMetric["kind"] | RatioMetric["kind"] = "conversion",
  better: Metric["better"] = "higher",
): Metric {
  const common = {
    key,
    file: `experiments/metrics/${key}.yaml`,
    name: key.replaceAll("-", " "),
    description: null,
    better,
    window: WEEK,
    per: null,
    baseline: null,
  };
  if (kind === "ratio") {
    const part = (name: string) => metricOf(name, "sum") as RatioPart;
    return { ...common, kind, numerator: part("revenue"), denominator: part("orders") };
  }
  const input: ConversionMetric["input"] = { kind: "event", event: "purchase", value: null, where: [] };
  return kind === "conversion" ? { ...common, kind, input } : { ...common, kind, input, winsorize: null };
}

/** Two equal arms, a conversion that is to be better, no guardrails. */
export function experimentOf(change: Partial<Experiment> = {}): Experiment {
  return {
    kind: "experiment",
    key: "checkout-v2",
    file: "experiments/checkout-v2.yaml",
    archived: false,
    name: "Checkout v2",
    description: null,
    tags: [],
    owner: "team-checkout",
    hypothesis: "Fewer steps convert better.",
    status: "running",
    iteration: 1,
    start: "2026-11-02",
    end: "2026-11-29",
    removeBy: "2027-02-01",
    runsOn: "browser",
    unit: { key: "user", id: "userId", newPerDay: null },
    layer: null,
    rollout: 1_000_000,
    audience: null,
    overrides: [],
    exposure: { kind: "assignment" },
    draw: { kind: "variants", operator: "weightedChoice", planout: null },
    control: "control",
    default: "control",
    variants: variantsOf("control", "one-page"),
    primary: { metric: metricOf("checkout-conversion"), goal: "better", margin: null },
    secondary: [],
    guardrails: [],
    mde: { kind: "relative", value: 0.18 },
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
    ...change,
  };
}

/** With shares as equal as parts per million allow. */
export function variantsOf(...keys: readonly string[]): Experiment["variants"] {
  const share = Math.floor(1_000_000 / keys.length);
  return keys.map((key, index) => ({
    key,
    share: index === 0 ? 1_000_000 - share * (keys.length - 1) : share,
    params: {},
  }));
}

/** Asks for the same number of units of every variant, for the primary and each guardrail; null: it cannot say. */
export function planOf(experiment: Experiment, units: number | null): ExperimentPlan {
  const { primary, guardrails, variants } = experiment;
  const sizeOf = (metric: Metric, role: "primary" | "guardrail") => ({
    metric: metric.key,
    role,
    claim: role === "primary" ? ("superiority" as const) : ("non-inferiority" as const),
    alpha: 0.05,
    power: 0.8,
    baseline: null,
    measured: null,
    effect: null,
    formula: "given",
    unitsPerVariant: units === null ? null : variants.map(() => units),
    windowDays: 7,
    days: 28,
  });
  return {
    experiment: experiment.key,
    iteration: experiment.iteration,
    specHash: "5e0d".repeat(16),
    variants: variants.map(({ key, share }) => ({ key, share })),
    control: experiment.control,
    unitsPerDay: 1000,
    sizes: [
      sizeOf(primary.metric, "primary"),
      ...guardrails.map(({ metric }) => sizeOf(metric, "guardrail")),
    ],
    binding: units === null ? null : primary.metric.key,
    days: 28,
    enrolmentDays: 21,
    mdeByWeek: [],
    completeOn: "2026-12-07",
    scheduledDays: 35,
  };
}

/** Moments of `successes` ones among `units`. */
export function rateMoments(successes: number, units: number): Moments {
  const rate = units > 0 ? successes / units : 0;
  return {
    units,
    means: [rate],
    second: [units * rate * (1 - rate)],
    third: [units * rate * (1 - rate) * (1 - 2 * rate)],
  };
}

/** Moments of a symmetric variable. */
export function meanMoments(mean: number, standardDeviation: number, units: number): Moments {
  return { units, means: [mean], second: [standardDeviation ** 2 * (units - 1)], third: [0] };
}

interface Arms {
  readonly [metric: string]: readonly Moments[];
}

/** Final data with these moments; the units of the first metric are all that were exposed. */
export function observationOf(arms: Arms, change: Partial<Observation> = {}): Observation {
  const metrics = Object.entries(arms).map(([metric, moments]) => ({
    metric,
    arms: moments,
    exposed: moments.map(({ units }) => units),
  }));
  return {
    experiment: "checkout-v2",
    asOf: null,
    cutoff: null,
    horizon: { reached: true, day: null, by: "final-data" },
    enrolment: { units: metrics[0]?.exposed ?? [], crossovers: 0, excluded: {}, unknownVariants: [] },
    metrics,
    sources: [],
    ...change,
  };
}

/** Before the horizon. */
export const running: Partial<Observation> = {
  asOf: "2026-11-20T00:00:00Z",
  cutoff: "2026-11-20T00:00:00Z",
  horizon: { reached: false, day: "2026-12-06", by: "end" },
};

/** 245 of 5,000 against 290 of 5,000. */
export const checkout: Arms = { "checkout-conversion": [rateMoments(245, 5000), rateMoments(290, 5000)] };
