import { compile, eventsOf, type Metric, type Project, type SourceFile } from "../../compile.ts";
import { UsageError } from "../exit.ts";
import { chooseRange } from "./choose-range.ts";
import { type ExperimentChoices, experimentText } from "./experiment-text.ts";

/** What a person chose; what is null is chosen for them. */
export interface DraftRequest extends Pick<ExperimentChoices, "name" | "owner" | "hypothesis" | "template"> {
  readonly key: string;
  readonly unit: string | null;
  readonly metric: string | null;
  readonly layer: string | null;
  /** Of the layer, in parts per million. */
  readonly share: number | null;
  readonly effect: string | null;
}

export interface Draft {
  readonly file: SourceFile & { readonly text: string };
  readonly unit: string;
  readonly metric: string;
  readonly layer: ExperimentChoices["layer"];
}

/** Effects to try, least first: the first that the project's volume can find is the draft's. */
const EFFECTS = ["5%", "10%", "15%", "20%", "30%", "50%"];

/** A draft that fits the project: its unit, its metric, a free range, and an effect that can be found in time. */
export function draftExperiment(
  request: DraftRequest,
  project: Project,
  files: readonly SourceFile[],
): Draft {
  const unit = unitOf(request, project);
  const metric = metricOf(request, unit, project);
  const range =
    request.layer === null ? null : chooseRange(request.layer, request.share, project.experiments);
  const layer = range && {
    name: request.layer as string,
    from: percentage(range.from),
    to: percentage(range.to),
  };
  const path = `experiments/${request.key}.yaml`;
  const schemas = schemaFolder(files);
  const write = (effect: string | null) => ({
    path,
    text: experimentText({ ...request, unit, metric, layer, effect, schemas }),
  });
  const others = files.filter(
    (file) => !/^experiments\/(?:archive\/)?[^/]+$/.test(file.path) || isProject(file),
  );
  const effect = request.effect ?? effectOf((tried) => compile([...others, write(tried)]), path, request);
  return { file: write(effect), unit, metric, layer };
}

function unitOf({ unit, layer }: DraftRequest, { layers, units }: Project): string {
  const divided = layers.find(({ key }) => key === layer);
  if (layer !== null && !divided) throw unknown("layer", layer, layers);
  if (unit !== null && !units.some(({ key }) => key === unit)) throw unknown("unit", unit, units);
  if (unit !== null && divided && divided.unit.key !== unit)
    throw new UsageError(`layer ${layer} divides ${divided.unit.key}, not ${unit}`);
  return unit ?? divided?.unit.key ?? (units[0] as (typeof units)[0]).key;
}

/** The metrics that a unit can have: first what decides most of its experiments, then conversions that should rise. */
export function metricsFor(unit: string, project: Project): readonly string[] {
  const uses = (key: string) =>
    project.experiments.filter((other) => other.unit.key === unit && other.primary.metric.key === key).length;
  return project.metrics
    .filter((metric) => fits(metric, unit, project))
    .sort((left, right) => uses(right.key) - uses(left.key) || promise(right) - promise(left))
    .map(({ key }) => key);
}

function metricOf({ metric }: DraftRequest, unit: string, project: Project): string {
  if (metric !== null && !project.metrics.some(({ key }) => key === metric))
    throw unknown("metric", metric, project.metrics);
  const chosen = metric ?? metricsFor(unit, project)[0];
  if (chosen === undefined)
    throw new UsageError(`no metric in experiments/metrics/ is measured per ${unit}; add one first`);
  return chosen;
}

function promise({ better, kind, baseline }: Metric): number {
  return (baseline ? 4 : 0) + (better === "higher" ? 2 : 0) + (kind === "conversion" ? 1 : 0);
}

function fits(metric: Metric, unit: string, project: Project): boolean {
  const carried = metric.per ?? unit;
  if (carried !== unit && !Object.hasOwn(metric.baseline?.clusters ?? {}, unit)) return false;
  return eventsOf(metric).every(
    (event) => project.events.find(({ key }) => key === event)?.units.includes(carried) ?? false,
  );
}

/** Null where the project has a default that can be found. */
function effectOf(
  attempt: (effect: string | null) => ReturnType<typeof compile>,
  path: string,
  { key, template }: DraftRequest,
): string | null {
  const works = (effect: string | null) =>
    attempt(effect).diagnostics.every(({ place, severity }) => place.file !== path || severity === "note");
  if (template.goal === "better") {
    const drafted = attempt(null).project?.experiments.find((experiment) => experiment.key === key);
    if (drafted?.mde) return null;
  }
  return EFFECTS.find(works) ?? (EFFECTS[0] as string);
}

/** As the files that are there say it. */
function schemaFolder(files: readonly SourceFile[]): string | null {
  const project = files.find(isProject);
  if (!project) return null;
  const text = "text" in project ? project.text : new TextDecoder().decode(project.bytes);
  return /^# yaml-language-server: \$schema=([^\s]*)project\.schema\.json\s*$/m.exec(text)?.[1] ?? null;
}

function isProject({ path }: SourceFile): boolean {
  return path === "experiments/project.yaml";
}

function percentage(share: number): string {
  return `${share / 10_000}%`;
}

function unknown(what: string, given: string, known: readonly { readonly key: string }[]): UsageError {
  const list = known.map(({ key }) => key).join(", ");
  return new UsageError(`there is no ${what} ${given} in the project${list ? `; there are: ${list}` : ""}`);
}
