export { type AnalysisRequest, type AnalysisResult, analyze } from "./analyze.ts";
export {
  type BaselineReport,
  type BaselineRequest,
  type BaselineResult,
  measureBaselines,
  writeBaselines,
} from "./baseline.ts";
export { type Compilation, compile } from "./compile.ts";
export { type ChangeCompilation, type ChangeFiles, compileChange } from "./compile-change.ts";
export type { Diagnostic, LocatedDiagnostic } from "./diagnostics/diagnostic.ts";
export { renderJson } from "./diagnostics/json.ts";
export { renderPretty } from "./diagnostics/pretty.ts";
export { emit } from "./emit/emit.ts";
export type { Experiment } from "./model/experiment.ts";
export type { Project } from "./model/project.ts";
export type { ChangePlan, ExperimentChange, Movement, Population } from "./plan/change-plan.ts";
export { compareExperiments, type FieldChange } from "./plan/compare-experiments.ts";
export type { ExperimentPlan, Plan } from "./plan/plan.ts";
export { findRegistrations, type History, type PlanRecord } from "./registration.ts";
export { renderBaselinesMarkdown } from "./report/baseline-markdown.ts";
export { renderBaselines } from "./report/baseline-text.ts";
export { renderMarkdown } from "./report/markdown.ts";
export { renderPlan } from "./report/plan-text.ts";
export { renderSite, type SiteFile } from "./report/site.ts";
export { renderText } from "./report/text.ts";
export { parseEffect, type SimulatedEffect } from "./simulate/options.ts";
export { type Simulation, simulate } from "./simulate/simulate.ts";
export type { SourceFile } from "./syntax/source-file.ts";
export type { Analysis } from "./verdict/analysis.ts";
export { openDuckdb } from "./warehouse/duckdb.ts";
