import { estimate } from "../inference/estimate.ts";
import type { Comparison, MetricEstimate } from "../inference/metric-estimate.ts";
import type { Effect } from "../model/effect.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Baseline, Metric, MetricInput, RatioMetric, RatioPart, RowMetric } from "../model/metric.ts";
import type { Project } from "../model/project.ts";
import { WHOLE } from "../model/share.ts";
import { planExperiment } from "../plan/make-plan.ts";
import type { ExperimentPlan } from "../plan/plan.ts";
import type { Moments } from "../statistics/moments.ts";
import { decide } from "../verdict/decide.ts";
import type { Verdict } from "../verdict/generated/analysis.ts";

/** What an experiment asks. Without a baseline nothing can be planned, and harm is not looked for. */
export interface Design {
  readonly kind: TrialKind;
  readonly better?: Metric["better"];
  readonly baseline?: Baseline;
  /** Weights, control first; default two equal ones. */
  readonly split?: readonly number[];
  readonly mde?: Effect;
  /** Makes `not-worse` of the primary's goal. */
  readonly margin?: Effect;
  readonly guardrail?: { readonly kind: TrialKind; readonly baseline: Baseline; readonly margin: Effect };
}

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

/** By metric, primary first, and by arm, control first: what `analyze` makes of these moments. */
export function estimateTrial(
  { experiment, plan }: Trial,
  moments: readonly (readonly Moments[])[],
): readonly MetricEstimate[] {
  const observation = { metrics: evidenceOf(experiment, moments) };
  return estimate({ experiment, plan, observation });
}

/** The comparisons of the primary. */
export function comparePrimary(trial: Trial, arms: readonly Moments[]): readonly Comparison[] {
  return estimateTrial(trial, [arms])[0]!.comparisons;
}

/** The verdict on these data, which are final. */
export function judgeTrial(trial: Trial, moments: readonly (readonly Moments[])[]): Verdict["decision"] {
  const { experiment, plan } = trial;
  const estimates = estimateTrial(trial, moments);
  const observation = {
    asOf: null,
    cutoff: null,
    horizon: { reached: true, day: null, by: "final-data" },
    enrolment: {
      units: experiment.variants.map(({ share }) => share),
      crossovers: 0,
      excluded: {},
      unknownVariants: [],
    },
    metrics: evidenceOf(experiment, moments),
    sources: [],
  } as const;
  return decide({ experiment, plan, observation, estimates }).decision;
}

function evidenceOf({ primary, guardrails }: Experiment, moments: readonly (readonly Moments[])[]) {
  const metrics = [primary.metric, ...guardrails.map(({ metric }) => metric)];
  return metrics.map(({ key }, index) => ({
    metric: key,
    arms: moments[index]!,
    exposed: moments[index]!.map(({ units }) => units),
  }));
}

function experimentOf(design: Design): Experiment {
  const { kind, better = "higher", baseline = null, split = [1, 1], mde, margin, guardrail } = design;
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
    start: null,
    end: null,
    removeBy: null,
    runsOn: "server",
    unit: { key: "user", id: "userId", newPerDay: null },
    layer: null,
    rollout: WHOLE,
    audience: null,
    overrides: [],
    exposure: { kind: "assignment" },
    draw: { kind: "variants", operator: "weightedChoice", planout: null },
    control: "control",
    default: "control",
    variants: variantsOf(split),
    primary: {
      metric: metricOf("primary", kind, better, baseline),
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
      method: "fixed",
      minDays: 14,
      maxDays: 56,
      cuped: null,
      breakdowns: [],
      trigger: null,
    },
    decision: null,
  };
}

/** The kinds whose moments can be drawn. */
type TrialKind = RowMetric["kind"] | RatioMetric["kind"];

export const ALPHA = 0.05;
export const POWER = 0.8;

function variantsOf(split: readonly number[]): Experiment["variants"] {
  const total = split.reduce((sum, weight) => sum + weight, 0);
  const shares = split.map((weight) => Math.round((weight / total) * WHOLE));
  const rest = WHOLE - shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share, index) => ({
    key: index === 0 ? "control" : `variant-${index}`,
    share: index === 0 ? share + rest : share,
    params: {},
  }));
}

function metricOf(key: string, kind: TrialKind, better: Metric["better"], baseline: Baseline | null): Metric {
  const known = { key, file: "", name: key, description: null, better, window: null, per: null, baseline };
  const input: MetricInput = { kind: "column", column: key };
  if (kind === "conversion") return { ...known, kind, input };
  if (kind !== "ratio") return { ...known, kind, input, winsorize: null };
  const part = (name: string) => metricOf(name, "sum", better, null) as RatioPart;
  return { ...known, kind, numerator: part("numerator"), denominator: part("denominator") };
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
