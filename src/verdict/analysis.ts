import type { MetricEstimate } from "../inference/estimate.ts";
import type { Experiment } from "../model/experiment.ts";
import { WHOLE } from "../model/share.ts";
import type { ExperimentPlan } from "../plan/plan.ts";
import type { PlanRecord } from "../plan/registration.ts";
import type { Analysis, Counts, Metric, Registration, Verdict } from "./generated/analysis.ts";
import { assessHealth } from "./health.ts";
import type { TrialRecord } from "./record.ts";

export type { Analysis } from "./generated/analysis.ts";

/** Everything that is published about one analysis, in the form of `schema/analysis.schema.json`. */
export function assemble(input: {
  readonly experiment: Experiment;
  readonly plan: ExperimentPlan;
  readonly observation: TrialRecord;
  readonly estimates: readonly MetricEstimate[];
  readonly verdict: Verdict;
  /** Default: null, nobody looked for it. */
  readonly registration?: PlanRecord | null;
  /** Git commit of the files, null outside a repository; version of Fairtrial. */
  readonly meta: { readonly commit: string | null; readonly toolVersion: string };
}): Analysis {
  const { experiment, plan, observation, estimates, verdict, registration = null, meta } = input;
  return {
    formatVersion: 1,
    experiment: experiment.key,
    name: experiment.name,
    iteration: experiment.iteration,
    status: experiment.status,
    asOf: observation.asOf,
    specHash: plan.specHash,
    commit: meta.commit,
    toolVersion: meta.toolVersion,
    registration: publishedRecord(registration),
    design: {
      start: experiment.start,
      end: experiment.end,
      control: experiment.control,
      variants: experiment.variants.map(({ key, share }) => ({ variant: key, share: share / WHOLE })),
      alpha: experiment.analysis.alpha,
      power: experiment.analysis.power,
      mde: experiment.mde,
      plannedUnits: plannedUnitsOf(plan),
      plannedDays: plan.days,
      horizon: observation.horizon,
      cutoff: observation.cutoff,
      method: experiment.analysis.method,
    },
    health: assessHealth(experiment, observation.enrolment),
    metrics: estimates.map((estimate) => published(experiment, estimate)),
    verdict,
    sources: observation.sources.map((source) => ({ ...source, files: [...source.files], simulated: false })),
  };
}

function publishedRecord(record: PlanRecord | null): Registration | null {
  if (record === null || typeof record === "string") return null;
  const changes = record.changes.map((change) => ({ ...change, fields: [...change.fields] }));
  return { ...record, changes, unreadable: [...record.unreadable] };
}

/** Of the metric that binds. */
function plannedUnitsOf({ sizes, binding, variants }: ExperimentPlan): Counts | null {
  const units = sizes.find(
    ({ metric, unitsPerVariant }) => metric === binding && unitsPerVariant !== null,
  )?.unitsPerVariant;
  return units ? Object.fromEntries(variants.map(({ key }, index) => [key, units[index] ?? 0])) : null;
}

function published({ variants }: Experiment, estimate: MetricEstimate): Metric {
  return {
    ...estimate,
    variants: [...estimate.variants],
    comparisons: estimate.comparisons.map((comparison) => ({ ...comparison, notes: [...comparison.notes] })),
    series: estimate.series.map(({ day, units, comparisons }) => ({
      day,
      units: Object.fromEntries(variants.map(({ key }, index) => [key, units[index] ?? 0])),
      comparisons: [...comparisons],
    })),
    breakdowns: [],
  };
}
