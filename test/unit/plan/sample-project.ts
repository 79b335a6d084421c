import type { Experiment } from "../../../src/model/experiment.ts";
import type {
  Baseline,
  ConversionMetric,
  EventDeclaration,
  Filter,
  RowMetric,
} from "../../../src/model/metric.ts";
import type { Attribute, Unit } from "../../../src/model/population.ts";
import type { Project } from "../../../src/model/project.ts";
import type { Warehouse } from "../../../src/model/warehouse.ts";

export const DAY = 86_400_000;

export const USER: Unit = { key: "user", id: "userId", newPerDay: 1800 };
export const ORG: Unit = { key: "org", id: "orgId", newPerDay: 100 };

/** A metric over the rows of an event. */
export function eventMetric<Kind extends RowMetric["kind"]>(
  key: string,
  kind: Kind,
  read: {
    event: string;
    value?: string;
    where?: readonly Filter[];
    window?: number | null;
    better?: "higher" | "lower";
  },
  baseline: Baseline | null,
): Extract<RowMetric, { kind: Kind }> {
  return {
    key,
    kind,
    file: `experiments/metrics/${key}.yaml`,
    name: key,
    description: null,
    better: read.better ?? "higher",
    window: read.window === undefined ? 7 * DAY : read.window,
    per: null,
    ...(kind !== "conversion" && { winsorize: null }),
    baseline,
    input: { kind: "event", event: read.event, value: read.value ?? null, where: read.where ?? [] },
  } as unknown as Extract<RowMetric, { kind: Kind }>;
}

export function rate(value: number): Baseline {
  return { kind: "rate", rate: value };
}

export function mean(value: number, standardDeviation: number, reporting = 1): Baseline {
  return { kind: "mean", mean: value, standardDeviation, reporting };
}

export const CONVERSION: ConversionMetric = eventMetric(
  "checkout-conversion",
  "conversion",
  { event: "purchase" },
  rate(0.049),
);

/** A running two-arm experiment on users with one conversion to improve by 18%. */
export function experimentOf(parts: Partial<Experiment> = {}): Experiment {
  const key = parts.key ?? "checkout-v2";
  return {
    kind: "experiment",
    key,
    file: `experiments/${key}.yaml`,
    archived: false,
    name: key,
    description: null,
    tags: [],
    owner: "team-checkout",
    hypothesis: "It helps.",
    status: "running",
    iteration: 1,
    start: "2026-11-02",
    end: "2026-11-22",
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
    ...parts,
  };
}

const EVENTS: readonly EventDeclaration[] = [
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
  {
    key: "page-load",
    source: "app",
    units: ["user"],
    properties: [{ key: "loadMs", type: { kind: "number" } }],
  },
  { key: "error", source: "app", units: ["user"], properties: [] },
];

const ATTRIBUTES: readonly Attribute[] = [
  { key: "country", type: "string", values: ["US", "CA", "GB"], private: false },
  { key: "plan", type: "string", values: ["free", "pro"], private: false },
  { key: "appVersion", type: "version", values: null, private: false },
  { key: "flags", type: "list", values: null, private: false },
  { key: "employee", type: "boolean", values: null, private: false },
  { key: "age", type: "number", values: null, private: false },
];

const WAREHOUSE: Warehouse = {
  engine: "duckdb",
  database: null,
  layout: {
    kind: "events",
    exposures: {
      from: { kind: "files", patterns: ["data/exposures/*.parquet"] },
      units: { user: "user_id", org: "org_id" },
      columns: {
        experiment: "experiment",
        iteration: "iteration",
        variant: "variant",
        timestamp: "ts",
        forced: "is_forced",
        specHash: null,
      },
      epoch: null,
      attributes: ["country", "plan", "flags"],
      exclude: [{ column: "isBot", values: [true] }],
      testUnits: {},
    },
    events: [
      {
        key: "app",
        from: { kind: "files", patterns: ["data/events/*.parquet"] },
        units: { user: "user_id", org: "org_id" },
        columns: { event: "event", timestamp: "ts" },
        epoch: null,
      },
    ],
  },
};

export function projectOf(experiments: readonly Experiment[], parts: Partial<Project> = {}): Project {
  return {
    kind: "project",
    file: "experiments/project.yaml",
    name: "shop",
    timezone: "UTC",
    units: [USER, ORG],
    attributes: ATTRIBUTES,
    layers: [{ key: "checkout", unit: USER }],
    holdout: null,
    events: EVENTS,
    metrics: [],
    audiences: [],
    experiments,
    warehouse: WAREHOUSE,
    emit: { imports: "js", integrations: [], openfeature: false },
    ...parts,
  };
}
