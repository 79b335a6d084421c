import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { estimate } from "./inference/estimate.ts";
import { formatInstant } from "./model/calendar.ts";
import type { Experiment } from "./model/experiment.ts";
import { withoutOwnClusters } from "./model/experiment-metrics.ts";
import type { Project } from "./model/project.ts";
import { assignmentAuditor } from "./plan/audit-assignment.ts";
import type { ExperimentPlan, Plan } from "./plan/plan.ts";
import type { PlanRecord } from "./plan/registration.ts";
import { countMature } from "./query/count-mature.ts";
import { dataEnd } from "./query/data-end.ts";
import { type Engine, reportFailure } from "./query/engine.ts";
import { discard, enrol } from "./query/enrol.ts";
import type { FollowedExperiment } from "./query/followed-experiment.ts";
import { type ExperimentMoments, momentsOfExperiments } from "./query/moments-of-metrics.ts";
import { notEstimated } from "./query/not-estimated.ts";
import type { ExposureDays, MetricMoments, Observation } from "./query/observation.ts";
import { prepareSources, type Sources } from "./query/prepare-sources.ts";
import type { QuantileRanks } from "./query/quantile-moments.ts";
import { readingOf } from "./query/reading.ts";
import { quantileRanks } from "./statistics/quantile-interval.ts";
import { type Analysis, assemble } from "./verdict/analysis.ts";
import { decide } from "./verdict/decide.ts";
import {
  decisionWindows,
  endsOfDays,
  findHorizon,
  type Horizon,
  horizonCandidates,
} from "./verdict/horizon.ts";

export interface AnalysisRequest {
  readonly project: Project;
  readonly plan: Plan;
  readonly experiments: readonly Experiment[];
  /** The files that each source's patterns name, by source key; `perUnit` for the one-row-per-unit table. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly engine: Engine;
  /** Milliseconds since 1970: data after it have not happened yet. Null: up to the last row. */
  readonly asOf: number | null;
  /** ISO days in the project's timezone: only units first exposed between them are counted; null: no bound. */
  readonly exposedOn?: ExposureDays | null;
  readonly meta: { readonly commit: string | null; readonly toolVersion: string };
  /** What git knows of each experiment's plan, by key. Default: nobody looked. */
  readonly registrations?: ReadonlyMap<string, PlanRecord>;
  /** Told what is being done, before it is done. */
  readonly onStage?: (stage: string) => void;
  /** Told all that was seen of an experiment, before it is judged. */
  readonly onObservation?: (observation: Observation) => void;
}

export interface AnalysisResult {
  /** One per experiment whose data could be read, in the order asked for. */
  readonly analyses: readonly Analysis[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The second flow: data → moments → estimates → verdict. Everything up to the moments happens in the engine. */
export async function analyze(request: AnalysisRequest): Promise<AnalysisResult> {
  const place = { file: request.project.file, path: ["warehouse"] };
  const result = await reportFailure(place, () => analyzeTogether(request));
  return "failure" in result ? { analyses: [], diagnostics: [result.failure] } : result;
}

/** One read of the events for all experiments. */
async function analyzeTogether(request: AnalysisRequest): Promise<AnalysisResult> {
  const { project, files, engine, onStage } = request;
  const experiments = request.experiments.map(withoutOwnClusters);
  onStage?.(`reading ${[...files.values()].flat().length} files`);
  const prepared = await prepareSources(project, files, engine, experiments.map(readingOf), request.asOf);
  const diagnostics: Diagnostic[] = [...prepared.diagnostics];
  const analyses: Analysis[] = [];
  if (!prepared.sources) return { analyses, diagnostics };
  const end = dataEnd(project, prepared.sources, request.asOf);
  diagnostics.push(...end.diagnostics);
  const found: Found[] = [];
  for (const [index, experiment] of experiments.entries()) {
    onStage?.(`enrolling ${experiment.key} (${index + 1} of ${experiments.length})`);
    found.push(await enrolExperiment(request, prepared.sources, experiment, end.asOf, index));
  }
  const followed = found.flatMap((each) => each.followed ?? []);
  onStage?.(`reading the events of ${followed.length} experiments`);
  const moments = new Map<Followed, ExperimentMoments>();
  const scope = {
    project,
    sources: prepared.sources,
    engine,
    quantileRanks: ranksOf,
    ...(onStage && { onStage }),
  };
  for (const [index, each] of (await momentsOfExperiments(scope, followed)).entries()) {
    moments.set(followed[index]!, each);
  }
  for (const each of followed) await discard(engine, each.enrolled);
  for (const { followed: experiment, diagnostics: told } of found) {
    const result = experiment ? moments.get(experiment)! : null;
    diagnostics.push(...told, ...(result?.diagnostics ?? []));
    if (!experiment || !result?.metrics) continue;
    const observation = observe(request, prepared.sources, experiment, {
      metrics: result.metrics,
      health: { ...experiment.enrolled.health, ...result.health },
    });
    analyses.push(conclude(experiment.experiment, experiment.plan, observation, request));
  }
  return { analyses, diagnostics };
}

/** An experiment whose units are known, and whose horizon is. */
interface Followed extends FollowedExperiment {
  readonly plan: ExperimentPlan;
  readonly asOf: number | null;
  readonly horizon: Horizon;
}

interface Found {
  readonly followed: Followed | null;
  readonly diagnostics: readonly Diagnostic[];
}

async function enrolExperiment(
  request: AnalysisRequest,
  sources: Sources,
  experiment: Experiment,
  asOf: number | null,
  owner: number,
): Promise<Found> {
  const { project, engine, exposedOn = null } = request;
  const plan = request.plan.experiments.find((planned) => planned.experiment === experiment.key)!;
  const unestimated = notEstimated(experiment);
  if (experiment.variants.length === 0) return { followed: null, diagnostics: unestimated };
  const { specHash } = plan;
  const auditorOf = (logged: readonly string[]) => assignmentAuditor(experiment, project, logged);
  const enrolment = { project, experiment, sources, engine, asOf, owner, exposedOn, specHash, auditorOf };
  const { enrolled, diagnostics } = await enrol(enrolment);
  const told = [...unestimated, ...diagnostics];
  if (!enrolled) return { followed: null, diagnostics: told };
  const schedule = { experiment, timezone: project.timezone, asOf };
  const candidates = horizonCandidates(schedule);
  const maturity = await countMature(engine, experiment, enrolled, candidates, decisionWindows(experiment));
  const horizon = findHorizon({ ...schedule, plan, maturity });
  const { cutoff } = horizon;
  const looks = endsOfDays(schedule, cutoff);
  return {
    followed: { experiment, enrolled, cutoff, looks, plan, asOf, horizon },
    diagnostics: told,
  };
}

function ranksOf({ analysis: { alpha } }: Experiment): QuantileRanks {
  return (values, quantile, inflation) => quantileRanks(values, quantile, 1 - alpha, inflation);
}

function observe(
  { exposedOn = null }: AnalysisRequest,
  sources: Sources,
  { experiment, enrolled, asOf, horizon }: Followed,
  seen: Pick<Observation, "health"> & { readonly metrics: readonly MetricMoments[] },
): Observation {
  const { cutoff } = horizon;
  return {
    experiment: experiment.key,
    asOf: asOf === null ? null : formatInstant(asOf),
    cutoff: cutoff === null ? null : formatInstant(cutoff),
    horizon: { reached: horizon.reached, day: horizon.day, by: horizon.by },
    exposedOn,
    enrolment: enrolled.enrolment,
    ...seen,
    ...(enrolled.trigger && { trigger: enrolled.trigger }),
    sources: sources.facts,
  };
}

function conclude(
  experiment: Experiment,
  plan: ExperimentPlan,
  observation: Observation,
  { meta, registrations, onObservation }: AnalysisRequest,
): Analysis {
  onObservation?.(observation);
  const estimates = estimate({ experiment, plan, observation });
  const registration = registrations?.get(experiment.key) ?? null;
  const verdict = decide({ experiment, plan, observation, estimates, registration });
  return assemble({ experiment, plan, observation, estimates, verdict, registration, meta });
}

export type { Analysis };
