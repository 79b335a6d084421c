import type { Comparison, MetricEstimate, Note } from "../inference/estimate.ts";
import { decidingComparisons } from "../inference/metric-estimate.ts";
import { plannedContrasts } from "../model/contrasts.ts";
import type { Experiment } from "../model/experiment.ts";
import type { ExperimentPlan } from "../plan/plan.ts";
import type { PlanRecord } from "../plan/registration.ts";
import { runChecks } from "./checks/run-checks.ts";
import type { Check, Health } from "./generated/analysis.ts";
import { assessHealth } from "./health.ts";
import type { TrialRecord } from "./record.ts";

/** How a guardrail stands: shown safe, significantly worse, or not shown safe with or without its planned units. */
type GuardrailState = "safe" | "worse" | "unsafe" | "underpowered";

export interface GuardrailStanding {
  readonly estimate: MetricEstimate;
  readonly comparison: Comparison;
  readonly state: GuardrailState;
}

/** What competes with the control: a variant with a share above 0; of main effects, a parameter's value with its first. */
export interface Treatment {
  readonly variant: string;
  readonly comparison: Comparison;
  /** Superior after correction; not worse, where that is the goal. */
  readonly wins: boolean;
  /** Significantly worse after correction, and not within the margin where the goal is `not-worse`. */
  readonly harmful: boolean;
  /** Why a win would not be believed. */
  readonly bars: readonly Note[];
  /** Lower bound of the benefit; −∞ where it does not exist. */
  readonly lowerBenefit: number;
  readonly guardrails: readonly GuardrailStanding[];
}

/** All that the rules judge. */
export interface Trial {
  readonly experiment: Experiment;
  readonly plan: ExperimentPlan;
  readonly record: TrialRecord;
  readonly health: Health;
  readonly checks: readonly Check[];
  readonly estimates: readonly MetricEstimate[];
  readonly primary: MetricEstimate;
  readonly treatments: readonly Treatment[];
  /** Null where nobody looked for it. */
  readonly registration: PlanRecord | null;
}

export interface TrialInput {
  readonly experiment: Experiment;
  readonly plan: ExperimentPlan;
  readonly observation: TrialRecord;
  readonly estimates: readonly MetricEstimate[];
  /** Default: null, nobody looked for it. */
  readonly registration?: PlanRecord | null;
}

/** Reads each treatment's standing off the estimates, once, for all rules. */
export function openTrial({
  experiment,
  plan,
  observation,
  estimates,
  registration = null,
}: TrialInput): Trial {
  const primary = estimates.find(({ role }) => role === "primary");
  if (primary === undefined) throw new Error(`no estimate of the primary metric of ${experiment.key}`);
  const shares = new Map(experiment.variants.map(({ key, share }) => [key, share]));
  const reached = (metric: string, variant: string) =>
    hasPlannedUnits(experiment, plan, observation, metric, variant);
  return {
    experiment,
    plan,
    record: observation,
    registration,
    health: assessHealth(experiment, observation.enrolment),
    checks: runChecks(experiment, observation, estimates),
    estimates,
    primary,
    treatments: decidingComparisons(primary)
      .filter(({ variant }) => primary.effects.length > 0 || (shares.get(variant) ?? 0) > 0)
      .map((comparison) => ({
        ...standing(experiment, primary, comparison),
        guardrails: estimates.flatMap((estimate) => {
          const found = decidingComparisons(estimate).find(({ variant }) => variant === comparison.variant);
          if (estimate.role !== "guardrail" || found === undefined) return [];
          const state = guardrailState(
            experiment,
            estimate,
            found,
            reached(estimate.metric, comparison.variant),
          );
          return [{ estimate, comparison: found, state }];
        }),
      })),
  };
}

function standing(experiment: Experiment, primary: MetricEstimate, comparison: Comparison) {
  const { alpha } = experiment.analysis;
  const { variant, notes, absolute } = comparison;
  const significant = comparison.adjustedPValue !== null && comparison.adjustedPValue < alpha;
  const benefit = benefitOf(primary, comparison);
  const withinMargin =
    experiment.primary.goal === "not-worse" && comparison.nonInferiority?.established === true;
  const lower = primary.better === "higher" ? absolute.lower : absolute.upper && -absolute.upper;
  return {
    variant,
    comparison,
    wins: experiment.primary.goal === "not-worse" ? withinMargin : significant && benefit > 0,
    harmful: significant && benefit < 0 && !withinMargin,
    bars: notes.filter((note) => note === "small-counts" || note === "severely-skewed"),
    lowerBenefit: lower ?? Number.NEGATIVE_INFINITY,
  };
}

function guardrailState(
  experiment: Experiment,
  estimate: MetricEstimate,
  comparison: Comparison,
  reachedPlannedUnits: boolean,
): GuardrailState {
  if (comparison.nonInferiority?.established) return "safe";
  const significant = comparison.pValue !== null && comparison.pValue < experiment.analysis.alpha;
  if (significant && benefitOf(estimate, comparison) < 0) return "worse";
  return reachedPlannedUnits ? "unsafe" : "underpowered";
}

/** Whether both sides of a comparison have the units that the plan asks for; true where the plan could not say. */
function hasPlannedUnits(
  experiment: Experiment,
  { sizes }: ExperimentPlan,
  { metrics }: TrialRecord,
  metric: string,
  variant: string,
): boolean {
  const planned = sizes.find((size) => size.metric === metric && size.role === "guardrail")?.unitsPerVariant;
  const exposed = metrics.find((found) => found.metric === metric)?.exposed;
  const contrast = plannedContrasts(experiment).find(({ of }) => of.name === variant);
  const sides = contrast ? [contrast.against, contrast.of] : [];
  return sides.every(({ cells }) => {
    const total = (units: readonly number[] | null | undefined) =>
      cells.reduce((sum, cell) => sum + (units?.[cell] ?? 0), 0);
    return total(exposed) >= total(planned);
  });
}

/** The effect turned so that positive is better; 0 where there is none. */
function benefitOf({ better }: MetricEstimate, { absolute }: Comparison): number {
  return (better === "higher" ? 1 : -1) * (absolute.estimate ?? 0);
}
