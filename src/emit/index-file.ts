import type { Experiment } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import { docComment } from "./comment.ts";
import { eventsType } from "./events-type.ts";
import { layOut } from "./layout.ts";
import { propertyName, quote } from "./literal.ts";
import type { ExperimentNames } from "./names.ts";
import { type EmittedFile, HEADER, specifier } from "./source-file.ts";

/** One emitted experiment, as the public face names it. */
export interface PublicExperiment {
  readonly experiment: Experiment;
  readonly names: ExperimentNames;
  readonly hasPlan: boolean;
}

/** The public face: every experiment, their keys, the events, and `createExperiments`, which knows none of them. */
export function indexFile(experiments: readonly PublicExperiment[], project: Project): EmittedFile {
  const style = project.emit.imports;
  const runtime = specifier("./runtime/index", style);
  const blocks = [
    [
      ...experiments.map((experiment) => importCode(experiment, project)),
      `import { hostPorts, logPorts } from "${specifier("./host", style)}";`,
      `import {
${awaitsEvents(experiments) ? "  createAwaited,\n" : ""}  createExperiments as createWith,
  createExposureLog as createLogWith,
  type Experiments,
  type ExperimentsOptions,
  type ExposureLog,
  type ExposureLogOptions,
} from "${runtime}";`,
    ].join("\n"),
    [
      ...experiments.map((experiment) => reexport(experiment, project)),
      `export {
  type Arm,
  assign,
  type Exposure,
  match,
  type Message,
  type Sink,
  type TrackedEvent,
} from "${runtime}";`,
    ].join("\n"),
    variantsType(experiments),
    "export type ExperimentKey = keyof Variants;",
    knownType(experiments),
    everyExperiment(experiments),
    eventsType(project),
    OPTIONS,
    createCode(experiments, project),
  ];
  return { path: "index.ts", text: `${HEADER}${blocks.join("\n\n")}\n` };
}

const OPTIONS = `type LogPorts = "now" | "onLeave" | "random" | "schedule" | "unitNames";
type Ports = LogPorts | "limit";

export interface Options
  extends Omit<ExperimentsOptions, Ports | "awaited" | "experiments" | "force">,
    Partial<Pick<ExperimentsOptions, Ports>> {
  /** Variants by experiment, for tests and previews. */
  readonly force?: { readonly [Key in ExperimentKey]?: Variants[Key] };
}

export interface OptionsWithExperiments extends Options {
  /** For \`get\` and \`assignAll\`. */
  readonly experiments: typeof everyExperiment;
}`;

/** Only a project with an experiment whose exposure is an event pays for what waits for events. */
function createCode(experiments: readonly PublicExperiment[], project: Project): string {
  const awaits = awaitsEvents(experiments);
  const units = project.units.map(({ key, id }) => `${propertyName(key)}: ${quote(id)}`);
  const unitNames = layOut({ open: "{", items: units, separator: ",", close: "}" }, 2, 20);
  return `/** Experiments in this app: assignment, with the logging of exposures and events around it. */
export function createExperiments(options: OptionsWithExperiments): Experiments<Events, Known>;
export function createExperiments(options?: Options): Experiments<Events, Record<never, never>>;
export function createExperiments(
  options: Options | OptionsWithExperiments = {},
): Experiments<Events, Known> {
${awaits ? "  const awaited = createAwaited(options.remembered ?? 50_000);\n" : ""}  const ports = { ...hostPorts(), unitNames${awaits ? ", awaited" : ""} };
  return createWith<Events, Known>({ ...ports, ...options });
}

/** Logs exposures alone, to one sink, of arms that \`assign\` gave: for pages where every byte counts. */
export function createExposureLog(
  options: Omit<ExposureLogOptions, LogPorts> & Partial<Pick<ExposureLogOptions, LogPorts>>,
): ExposureLog {
  return createLogWith({ ...logPorts(), unitNames, ...options });
}

const unitNames = ${unitNames};`;
}

function awaitsEvents(experiments: readonly PublicExperiment[]): boolean {
  return experiments.some(({ experiment }) => experiment.exposure.kind === "event");
}

function importCode({ experiment, names }: PublicExperiment, project: Project): string {
  const path = specifier(`./experiments/${experiment.key}`, project.emit.imports);
  return `import { type ${names.arm}, type ${names.context}, ${names.value} } from "${path}";`;
}

function knownType(experiments: readonly PublicExperiment[]): string {
  const members = experiments.map(
    ({ experiment, names }) => `  readonly ${propertyName(experiment.key)}: {
    readonly context: ${names.context};
    readonly arm: ${names.arm};
  };
`,
  );
  const comment = docComment(["What every experiment reads and gives, by its key."]);
  return `${comment}\nexport type Known = {\n${members.join("")}};`;
}

function everyExperiment(experiments: readonly PublicExperiment[]): string {
  const names = experiments.map(({ names }) => `  ${names.value},\n`);
  const comment = docComment(["All experiments: an app that uses this pays for all of them."]);
  return `${comment}\nexport const everyExperiment = [${names.length > 0 ? `\n${names.join("")}` : ""}] as const;`;
}

function reexport({ experiment, names, hasPlan }: PublicExperiment, project: Project): string {
  const exports = [
    `type ${names.arm}`,
    `type ${names.context}`,
    names.value,
    ...(hasPlan ? [names.plan] : []),
  ];
  const path = specifier(`./experiments/${experiment.key}`, project.emit.imports);
  return `export {\n${exports.map((name) => `  ${name},\n`).join("")}} from "${path}";`;
}

function variantsType(experiments: readonly PublicExperiment[]): string {
  const members = experiments.map(({ experiment }) => {
    const keys = experiment.variants.map(({ key }) => quote(key)).join(" | ");
    const open = experiment.draw.kind === "parameters" ? "string" : "never";
    return `  readonly ${propertyName(experiment.key)}: ${keys || open};\n`;
  });
  const comment = docComment(["The variants of every experiment, by its key."]);
  return `${comment}\nexport interface Variants {\n${members.join("")}}`;
}
