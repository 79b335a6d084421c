import type { Experiment } from "../../src/model/experiment.ts";
import type {
  EventDeclaration,
  Metric,
  MetricInput,
  RatioPart,
  RowMetric,
  SumMetric,
} from "../../src/model/metric.ts";
import type { Project } from "../../src/model/project.ts";
import type { EventLayout, PerUnitLayout } from "../../src/model/warehouse.ts";

export const DAY = 86_400_000;

const UNIT = { key: "user", id: "userId", newPerDay: null };

export function sampleMetric(
  key: string,
  kind: RowMetric["kind"],
  input: MetricInput,
  window: number | null = null,
): RowMetric {
  const common = {
    key,
    input,
    window,
    file: `experiments/metrics/${key}.yaml`,
    name: key,
    description: null,
    better: "higher" as const,
    per: null,
    baseline: null,
  };
  return kind === "conversion" ? { ...common, kind } : { ...common, kind, winsorize: null };
}

export function ratioMetric(
  key: string,
  numerator: RowMetric,
  denominator: RowMetric,
  window: number | null = null,
): Metric {
  const { input, winsorize, ...common } = sampleMetric(key, "sum", numerator.input, window) as SumMetric;
  const parts = { numerator: numerator as RatioPart, denominator: denominator as RatioPart };
  return { ...common, kind: "ratio", ...parts };
}

export function onEvent(
  event: string,
  value: string | null = null,
  where: { column: string; values: (string | number | boolean)[] }[] = [],
): MetricInput {
  return { kind: "event", event, value, where };
}

export function onColumn(column: string): MetricInput {
  return { kind: "column", column };
}

export function sampleExperiment(
  variants: readonly string[],
  metrics: readonly Metric[],
  overrides: Partial<Experiment> = {},
): Experiment {
  const [primary, ...secondary] = metrics;
  return {
    kind: "experiment",
    key: "checkout",
    file: "experiments/checkout.yaml",
    archived: false,
    name: "Checkout",
    description: null,
    tags: [],
    owner: null,
    hypothesis: null,
    status: "running",
    iteration: 1,
    start: null,
    end: null,
    removeBy: null,
    runsOn: "browser",
    unit: UNIT,
    layer: null,
    rollout: 1_000_000,
    audience: null,
    overrides: [],
    exposure: { kind: "assignment" },
    draw: { kind: "variants", operator: "uniformChoice", planout: null },
    control: variants[0]!,
    default: variants[0]!,
    variants: variants.map((key) => ({ key, share: Math.floor(1_000_000 / variants.length), params: {} })),
    primary: { metric: primary!, goal: "better", margin: null },
    secondary,
    guardrails: [],
    mde: { kind: "relative", value: 0.05 },
    planning: { newPerDay: null, baseline: null },
    analysis: {
      alpha: 0.05,
      power: 0.8,
      method: "fixed",
      minDays: 7,
      maxDays: 28,
      cuped: null,
      breakdowns: [],
      trigger: null,
    },
    decision: null,
    ...overrides,
  };
}

export function sampleProject(
  layout: EventLayout | PerUnitLayout,
  experiments: readonly Experiment[],
  events: readonly EventDeclaration[] = [],
  timezone = "UTC",
): Project {
  return {
    kind: "project",
    file: "experiments/project.yaml",
    name: "sample",
    timezone,
    units: [UNIT],
    attributes: [],
    layers: [],
    holdout: null,
    events,
    metrics: [],
    audiences: [],
    experiments,
    warehouse: { engine: "duckdb", database: null, layout },
    emit: { imports: "js", integrations: [], openfeature: false },
  };
}

export function sampleLayout(overrides: Partial<EventLayout["exposures"]> = {}): EventLayout {
  return {
    kind: "events",
    exposures: {
      from: { kind: "files", patterns: ["exposures.csv"] },
      units: { user: "user" },
      columns: {
        experiment: "experiment",
        variant: "variant",
        iteration: null,
        timestamp: "time",
        forced: null,
        specHash: null,
      },
      epoch: null,
      attributes: [],
      exclude: [],
      testUnits: {},
      ...overrides,
    },
    events: [
      {
        key: "app",
        from: { kind: "files", patterns: ["events.csv"] },
        units: { user: "user" },
        columns: { event: "event", timestamp: "time" },
        epoch: null,
      },
    ],
  };
}

export function sampleEvent(key: string, source = "app"): EventDeclaration {
  return { key, source, units: ["user"], properties: [] };
}
