import type { Experiment } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import { docComment } from "./comment.ts";
import { eventsType } from "./events-type.ts";
import { layOut } from "./layout.ts";
import type { Listing } from "./listing.ts";
import { propertyName, quote } from "./literal.ts";
import { type EmittedFile, HEADER, specifier } from "./source-file.ts";

/** One emitted experiment, and what the public face says of it. */
interface ListedExperiment {
  readonly experiment: Experiment;
  readonly listing: Listing;
}

/** The public face: every experiment, their keys, the events, and `createExperiments`, which knows none of them. */
export function indexFile(experiments: readonly ListedExperiment[], project: Project): EmittedFile {
  const style = project.emit.imports;
  const runtime = specifier("./runtime/index", style);
  const listings = experiments.map(({ listing }) => listing);
  const blocks = [
    [
      ...listings.map(({ imports }) => imports),
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
      ...listings.map(({ exports }) => exports),
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
    variantsType(listings),
    "export type ExperimentKey = keyof Variants;",
    knownType(listings),
    everyExperiment(listings),
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
function createCode(experiments: readonly ListedExperiment[], project: Project): string {
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

function awaitsEvents(experiments: readonly ListedExperiment[]): boolean {
  return experiments.some(({ experiment }) => experiment.exposure.kind === "event");
}

function knownType(listings: readonly Listing[]): string {
  const comment = docComment(["What every experiment reads and gives, by its key."]);
  return `${comment}\nexport type Known = {\n${listings.map(({ known }) => known).join("")}};`;
}

function everyExperiment(listings: readonly Listing[]): string {
  const items = listings.map(({ item }) => item).join("");
  const comment = docComment(["All experiments: an app that uses this pays for all of them."]);
  return `${comment}\nexport const everyExperiment = [${items === "" ? "" : `\n${items}`}] as const;`;
}

function variantsType(listings: readonly Listing[]): string {
  const comment = docComment(["The variants of every experiment, by its key."]);
  return `${comment}\nexport interface Variants {\n${listings.map(({ variants }) => variants).join("")}}`;
}
