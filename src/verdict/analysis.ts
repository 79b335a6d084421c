import type { Comparison, MetricEstimate } from "../inference/estimate.ts";
import type { ExploredComparison } from "../inference/metric-estimate.ts";
import type { Experiment } from "../model/experiment.ts";
import { WHOLE } from "../model/share.ts";
import type { ExperimentPlan } from "../plan/plan.ts";
import type { PlanRecord } from "../plan/registration.ts";
import { runChecks } from "./checks/run-checks.ts";
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
      ...(observation.exposedOn && { exposedOn: observation.exposedOn }),
      method: experiment.analysis.method,
      effects: experiment.draw.kind === "parameters" ? (experiment.analysis.effects ?? "cells") : null,
      cuped: experiment.analysis.cuped === null ? null : experiment.analysis.cuped / DAY,
    },
    health: {
      ...assessHealth(experiment, observation.enrolment),
      checks: runChecks(experiment, observation, estimates),
    },
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

const DAY = 86_400_000;

/** Of the metric that binds. */
function plannedUnitsOf({ sizes, binding, variants }: ExperimentPlan): Counts | null {
  const units = sizes.find(
    ({ metric, unitsPerVariant }) => metric === binding && unitsPerVariant !== null,
  )?.unitsPerVariant;
  return units ? Object.fromEntries(variants.map(({ key }, index) => [key, units[index] ?? 0])) : null;
}

function published({ variants }: Experiment, estimate: MetricEstimate): Metric {
  const byVariant = (counts: readonly number[]): Counts =>
    Object.fromEntries(variants.map(({ key }, index) => [key, counts[index] ?? 0]));
  const { breakdowns, byAge, clusters, effects, series, winsorized } = estimate;
  return {
    ...estimate,
    variants: [...estimate.variants],
    comparisons: estimate.comparisons.map(publishedComparison),
    series: series.map((point) => ({ ...point, comparisons: [...point.comparisons] })),
    winsorized: winsorized && { cap: winsorized.cap, capped: byVariant(winsorized.capped) },
    clusters: clusters && byVariant(clusters),
    breakdowns: breakdowns.map(({ attribute, interactions, values }) => ({
      attribute,
      interactions: [...interactions],
      values: values.map((value) => ({ ...value, comparisons: value.comparisons.map(publishedExplored) })),
    })),
    byAge: byAge.map((stretch) => ({ ...stretch, comparisons: stretch.comparisons.map(publishedExplored) })),
    effects: effects.map((effect) => ({
      ...effect,
      variants: [...effect.variants],
      comparison: publishedComparison(effect.comparison),
    })),
    dose: estimate.dose && { ...estimate.dose, levels: [...estimate.dose.levels] },
  };
}

function publishedComparison(comparison: Comparison): Metric["comparisons"][number] {
  const { cuped, notes } = comparison;
  return { ...comparison, cuped: cuped && { ...cuped, theta: [...cuped.theta] }, notes: [...notes] };
}

function publishedExplored(comparison: ExploredComparison) {
  return { ...comparison, notes: [...comparison.notes] };
}
