import { mainContrasts } from "../model/contrasts.ts";
import type { Effect } from "../model/effect.ts";
import type { Experiment, LookMethod } from "../model/experiment.ts";
import type { Metric } from "../model/metric.ts";
import type { ExperimentPlan } from "../plan/plan.ts";
import type { MetricEstimate } from "./metric-estimate.ts";

/** What an experiment asks of one metric. */
export interface Question {
  readonly metric: Metric;
  readonly role: MetricEstimate["role"];
  /** +1 where higher is better, −1 where lower is. */
  readonly sign: 1 | -1;
  /** Two-sided. */
  readonly alpha: number;
  readonly power: number;
  /** The effect sought. A secondary metric is held against the primary's MDE where that is relative. */
  readonly mde: Effect | null;
  /** How much worse it may be: guardrails, and a primary that is to be not worse. */
  readonly margin: Effect | null;
  /** Null where harm is not watched: secondary metrics. */
  readonly harm: HarmDesign | null;
  readonly looks: LookPlan;
  /** Whether values before exposure are taken out. */
  readonly isAdjusted: boolean;
}

/** How the run is looked at. */
interface LookPlan {
  readonly method: LookMethod;
  /** First day of the run; null without one. */
  readonly start: string | null;
  /** Exposed units of the run, in the experiment's order of variants; null where the plan could not say. */
  readonly plannedUnits: readonly number[] | null;
  /** How many times the units of a fixed design the primary was planned with. */
  readonly inflation: number;
}

interface HarmDesign {
  /** One-sided, α split over the primary and the guardrails and over the comparisons. */
  readonly alpha: number;
  /** In the experiment's order of variants; null where the plan could not say. */
  readonly plannedUnits: readonly number[] | null;
}

/** The questions in the order of a report: primary, secondary, guardrails. */
export function questionsOf(experiment: Experiment, plan: ExperimentPlan): readonly Question[] {
  const { primary, secondary, guardrails, mde } = experiment;
  const { alpha, power } = experiment.analysis;
  const looks = lookPlan(experiment, plan);
  const ask = (
    metric: Metric,
    role: Question["role"],
    effects: Pick<Question, "mde" | "margin">,
  ): Question => ({
    metric,
    role,
    sign: metric.better === "higher" ? 1 : -1,
    alpha,
    power,
    ...effects,
    harm: role === "secondary" ? null : harmDesign(experiment, plan, metric.key, role),
    looks,
    isAdjusted: experiment.analysis.cuped !== null,
  });
  const scaleFree = mde?.kind === "relative" ? mde : null;
  return [
    ask(primary.metric, "primary", { mde, margin: primary.goal === "not-worse" ? primary.margin : null }),
    ...secondary.map((metric) => ask(metric, "secondary", { mde: scaleFree, margin: null })),
    ...guardrails.map(({ metric, margin }) => ask(metric, "guardrail", { mde: null, margin })),
  ];
}

/** A metric that the plan could not size is watched by the size of the metric that binds. */
function harmDesign(
  experiment: Experiment,
  plan: ExperimentPlan,
  metric: string,
  role: "primary" | "guardrail",
): HarmDesign {
  const own = plan.sizes.find((size) => size.metric === metric && size.role === role);
  return {
    alpha:
      experiment.analysis.alpha /
      ((experiment.guardrails.length + 1) *
        (mainContrasts(experiment).length || experiment.variants.length - 1)),
    plannedUnits: own?.unitsPerVariant ?? unitsOfRun(plan),
  };
}

function lookPlan({ analysis, start }: Experiment, plan: ExperimentPlan): LookPlan {
  const primary = plan.sizes.find(({ role }) => role === "primary");
  return {
    method: analysis.method,
    start,
    plannedUnits: unitsOfRun(plan),
    inflation: primary?.inflation ?? 1,
  };
}

/** Those of the metric that binds. */
function unitsOfRun({ sizes, binding }: ExperimentPlan): readonly number[] | null {
  const size = sizes.find(({ metric, unitsPerVariant }) => metric === binding && unitsPerVariant !== null);
  return size?.unitsPerVariant ?? null;
}
