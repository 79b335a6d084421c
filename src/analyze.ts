import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { estimate } from "./inference/estimate.ts";
import { formatInstant } from "./model/calendar.ts";
import type { Experiment } from "./model/experiment.ts";
import type { Project } from "./model/project.ts";
import type { ExperimentPlan, Plan } from "./plan/plan.ts";
import type { PlanRecord } from "./plan/registration.ts";
import { countMature } from "./query/count-mature.ts";
import type { Engine } from "./query/engine.ts";
import { discard, enrol } from "./query/enrol.ts";
import { momentsOfMetrics } from "./query/moments-of-metrics.ts";
import { notEstimated } from "./query/not-estimated.ts";
import type { Observation } from "./query/observation.ts";
import { prepareSources, type Sources } from "./query/prepare-sources.ts";
import { readingOf } from "./query/reading.ts";
import { type Analysis, assemble } from "./verdict/analysis.ts";
import { decide } from "./verdict/decide.ts";
import { decisionWindows, endsOfDays, findHorizon, horizonCandidates } from "./verdict/horizon.ts";

export interface AnalysisRequest {
  readonly project: Project;
  readonly plan: Plan;
  readonly experiments: readonly Experiment[];
  /** The files that each source's patterns name, by source key; `perUnit` for the one-row-per-unit table. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly engine: Engine;
  /** Milliseconds since 1970: data after it have not happened yet. Null: up to the last row. */
  readonly asOf: number | null;
  readonly meta: { readonly commit: string | null; readonly toolVersion: string };
  /** What git knows of each experiment's plan, by key. Default: nobody looked. */
  readonly registrations?: ReadonlyMap<string, PlanRecord>;
  /** Told what is being done, before it is done. */
  readonly onStage?: (stage: string) => void;
}

export interface AnalysisResult {
  /** One per experiment whose data could be read, in the order asked for. */
  readonly analyses: readonly Analysis[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The second flow: data → moments → estimates → verdict. Everything up to the moments happens in the engine. */
export async function analyze(request: AnalysisRequest): Promise<AnalysisResult> {
  const { project, experiments, files, engine, onStage } = request;
  onStage?.(`reading ${[...files.values()].flat().length} files`);
  const prepared = await prepareSources(project, files, engine, experiments.map(readingOf));
  const diagnostics: Diagnostic[] = [...prepared.diagnostics];
  const analyses: Analysis[] = [];
  if (!prepared.sources) return { analyses, diagnostics };
  for (const [index, experiment] of experiments.entries()) {
    onStage?.(`analysing ${experiment.key} (${index + 1} of ${experiments.length})`);
    const result = await analyzeExperiment(request, prepared.sources, experiment);
    diagnostics.push(...result.diagnostics);
    if (result.analysis) analyses.push(result.analysis);
  }
  return { analyses, diagnostics };
}

async function analyzeExperiment(
  request: AnalysisRequest,
  sources: Sources,
  experiment: Experiment,
): Promise<{ readonly analysis: Analysis | null; readonly diagnostics: readonly Diagnostic[] }> {
  const { project, engine } = request;
  const plan = request.plan.experiments.find((planned) => planned.experiment === experiment.key)!;
  const unestimated = notEstimated(experiment);
  if (experiment.variants.length === 0) return { analysis: null, diagnostics: unestimated };
  const asOf = sources.timed ? (request.asOf ?? sources.lastInstant) : null;
  const { enrolled, diagnostics } = await enrol({ project, experiment, sources, engine, asOf });
  if (!enrolled) return { analysis: null, diagnostics: [...unestimated, ...diagnostics] };
  const schedule = { experiment, timezone: project.timezone, asOf };
  const candidates = horizonCandidates(schedule);
  const maturity = await countMature(engine, experiment, enrolled, candidates, decisionWindows(experiment));
  const horizon = findHorizon({ ...schedule, plan, maturity });
  const cutoff = horizon.cutoff;
  const looks = endsOfDays(schedule, cutoff);
  const moments = await momentsOfMetrics({ project, experiment, sources, enrolled, engine, cutoff, looks });
  await discard(engine, enrolled);
  const told = [...unestimated, ...diagnostics, ...moments.diagnostics];
  if (!moments.metrics) return { analysis: null, diagnostics: told };
  const observation: Observation = {
    experiment: experiment.key,
    asOf: asOf === null ? null : formatInstant(asOf),
    cutoff: cutoff === null ? null : formatInstant(cutoff),
    horizon: { reached: horizon.reached, day: horizon.day, by: horizon.by },
    enrolment: enrolled.enrolment,
    metrics: moments.metrics,
    sources: sources.facts,
  };
  return { analysis: conclude(experiment, plan, observation, request), diagnostics: told };
}

function conclude(
  experiment: Experiment,
  plan: ExperimentPlan,
  observation: Observation,
  { meta, registrations }: AnalysisRequest,
): Analysis {
  const estimates = estimate({ experiment, plan, observation });
  const registration = registrations?.get(experiment.key) ?? null;
  const verdict = decide({ experiment, plan, observation, estimates, registration });
  return assemble({ experiment, plan, observation, estimates, verdict, registration, meta });
}

export type { Analysis };
