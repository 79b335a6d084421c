import { DAY_MS } from "../model/calendar.ts";
import type { Effect } from "../model/effect.ts";
import type { Draw, Experiment, LookMethod, Variant } from "../model/experiment.ts";
import type { Baseline, Metric, MetricInput, RatioPart } from "../model/metric.ts";
import type { Project } from "../model/project.ts";
import { WHOLE } from "../model/share.ts";
import { planExperiment } from "../plan/make-plan.ts";
import type { ExperimentPlan } from "../plan/plan.ts";

/** What an experiment asks. Without a baseline nothing can be planned, and harm is not looked for. */
export interface Design {
  readonly kind: TrialKind;
  readonly better?: Metric["better"];
  readonly baseline?: Baseline;
  /** Weights, control first; default two equal ones. */
  readonly split?: readonly number[];
  /** Values that chance gives each by itself, in place of a split: analysed by their main effects. */
  readonly parameters?: Readonly<Record<string, readonly number[]>>;
  /** A number of each arm of the split: the dose of a linear trend. */
  readonly doses?: readonly number[];
  readonly mde?: Effect;
  /** Makes `not-worse` of the primary's goal. */
  readonly margin?: Effect;
  readonly guardrail?: { readonly kind: TrialKind; readonly baseline: Baseline; readonly margin: Effect };
  readonly method?: LookMethod;
  /** Takes out values before exposure. */
  readonly cuped?: boolean;
  /** Randomises organisations and measures their users. */
  readonly clustered?: boolean;
  /** Units that come a day: what a plan makes days of. */
  readonly newPerDay?: number;
}

/** The kinds whose moments, or order statistics, can be drawn. */
export type TrialKind = "conversion" | "count" | "sum" | "mean" | "ratio" | "quantile";

/** An experiment and its plan, both as the files would give them. */
export interface Trial {
  readonly experiment: Experiment;
  readonly plan: ExperimentPlan;
}

export function openTrial(design: Design): Trial {
  const experiment = experimentOf(design);
  return { experiment, plan: planExperiment(experiment, PROJECT) };
}

/** The planned units of each arm. */
export function plannedUnits({ plan }: Trial): readonly number[] {
  const units = plan.sizes.map(({ unitsPerVariant }) => unitsPerVariant);
  return plan.variants.map((_, arm) => Math.max(...units.map((planned) => planned?.[arm] ?? Number.NaN)));
}

export const ALPHA = 0.05;
export const POWER = 0.8;

/** First day of every run. */
export const START = "2026-11-02";

/** Of the metric whose units are of organisations. */
export const RANDOMISED = "org";

/** Of a metric whose quantile is compared. */
export const QUANTILE = 0.9;

function experimentOf(design: Design): Experiment {
  const { kind, better = "higher", baseline = null, mde, margin, guardrail } = design;
  const { method = "fixed", cuped = false, clustered = false, newPerDay = null } = design;
  const primary = metricOf("primary", kind, better, baseline);
  return {
    kind: "experiment",
    key: "calibration",
    file: "",
    archived: false,
    name: "Calibration",
    description: null,
    tags: [],
    owner: null,
    hypothesis: null,
    status: "running",
    iteration: 1,
    start: START,
    end: null,
    removeBy: null,
    runsOn: "server",
    unit: clustered ? { key: RANDOMISED, id: "orgId", newPerDay } : { key: "user", id: "userId", newPerDay },
    layer: null,
    rollout: WHOLE,
    audience: null,
    overrides: [],
    exposure: { kind: "assignment" },
    ...armsOf(design),
    primary: {
      metric: clustered ? { ...primary, per: "user" } : primary,
      goal: margin === undefined ? "better" : "not-worse",
      margin: margin ?? null,
    },
    secondary: [],
    guardrails:
      guardrail === undefined
        ? []
        : [
            {
              metric: metricOf("guardrail", guardrail.kind, "lower", guardrail.baseline),
              margin: guardrail.margin,
            },
          ],
    mde: mde ?? null,
    planning: { newPerDay: null, baseline: null },
    analysis: {
      alpha: ALPHA,
      power: POWER,
      method,
      minDays: 14,
      maxDays: 56,
      cuped: cuped ? 14 * DAY_MS : null,
      breakdowns: [],
      trigger: null,
      ...(design.parameters && { effects: "main" }),
      ...(design.doses && { dose: DOSE }),
    },
    decision: null,
  };
}

const DOSE = "dose";

type Arms = Pick<Experiment, "draw" | "control" | "default" | "variants">;

function armsOf({ split = [1, 1], parameters, doses }: Design): Arms {
  const cells = parameters && combinationsOf(parameters);
  const params = cells ?? split.map((_, arm) => (doses ? { [DOSE]: doses[arm]! } : {}));
  const variants = variantsOf(cells ? cells.map(() => 1) : split, params);
  const control = variants[0]!.key;
  const draw: Draw = parameters
    ? {
        kind: "parameters",
        parameters: Object.keys(parameters).map((name) => ({
          name,
          operator: { kind: "uniformChoice", choices: parameters[name]! },
          planout: null,
        })),
      }
    : { kind: "variants", operator: "weightedChoice", planout: null };
  return { draw, control, default: control, variants };
}

/** Every combination, that of the first values first. */
function combinationsOf(
  parameters: Readonly<Record<string, readonly number[]>>,
): readonly Readonly<Record<string, number>>[] {
  return Object.entries(parameters).reduce<readonly Readonly<Record<string, number>>[]>(
    (cells, [name, values]) => cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: value }))),
    [{}],
  );
}

function variantsOf(split: readonly number[], params: readonly Variant["params"][]): readonly Variant[] {
  const total = split.reduce((sum, weight) => sum + weight, 0);
  const shares = split.map((weight) => Math.round((weight / total) * WHOLE));
  const rest = WHOLE - shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share, index) => ({
    key: index === 0 ? "control" : `variant-${index}`,
    share: index === 0 ? share + rest : share,
    params: params[index]!,
  }));
}

function metricOf(key: string, kind: TrialKind, better: Metric["better"], baseline: Baseline | null): Metric {
  // A unit is mature at once: what looks need is that nothing which was counted changes.
  const known = { key, file: "", name: key, description: null, better, window: 0, per: null, baseline };
  const input: MetricInput = { kind: "event", event: key, value: null, where: [] };
  switch (kind) {
    case "conversion":
      return { ...known, kind, input };
    case "quantile":
      return { ...known, kind, input, quantile: QUANTILE };
    case "ratio": {
      const part = (name: string) => metricOf(name, "sum", better, null) as RatioPart;
      return { ...known, kind, numerator: part("numerator"), denominator: part("denominator") };
    }
    default:
      return { ...known, kind, input, winsorize: null };
  }
}

const PROJECT: Project = {
  kind: "project",
  file: "",
  name: "calibration",
  timezone: "UTC",
  units: [],
  attributes: [],
  layers: [],
  holdout: null,
  events: [],
  metrics: [],
  audiences: [],
  experiments: [],
  warehouse: null,
  emit: { imports: "js", integrations: [], openfeature: false },
};
