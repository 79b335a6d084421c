import type { Experiment } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import { docComment } from "./comment.ts";
import { eventsType } from "./events-type.ts";
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
    `import {
  createExperiments as createWith,
  type Experiments,
  type ExperimentsOptions,
} from "${runtime}";`,
    [
      ...experiments.map((experiment) => reexport(experiment, project)),
      `export {
  type Arm,
  assign,
  type Exposure,
  type Message,
  type Sink,
  type TrackedEvent,
} from "${runtime}";`,
    ].join("\n"),
    variantsType(experiments),
    "export type ExperimentKey = keyof Variants;",
    eventsType(project),
    CREATE,
  ];
  return { path: "index.ts", text: `${HEADER}${blocks.join("\n\n")}\n` };
}

const CREATE = `export interface Options extends Omit<ExperimentsOptions, "now" | "force"> {
  /** Default: the machine's clock. */
  readonly now?: ExperimentsOptions["now"];
  /** Variants by experiment, for tests and previews. */
  readonly force?: { readonly [Key in ExperimentKey]?: Variants[Key] };
}

/** Experiments in this app: assignment, with the logging of exposures and events around it. */
export function createExperiments(options: Options = {}): Experiments<Events> {
  return createWith<Events>({ ...options, now: options.now ?? Date.now });
}`;

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
    return `  readonly ${propertyName(experiment.key)}: ${keys || "never"};\n`;
  });
  const comment = docComment(["The variants of every experiment, by its key."]);
  return `${comment}\nexport interface Variants {\n${members.join("")}}`;
}
