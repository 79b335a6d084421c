import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import type { Attributes, Project } from "../../compile.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { CommandFactory } from "../command.ts";
import { EXIT, UsageError } from "../exit.ts";
import { formatOption } from "../format.ts";
import { compileProject, hasErrors, tell } from "../load-project.ts";
import { unknownKey } from "../unknown-key.ts";

interface Options {
  readonly cwd: string;
  readonly unit: string;
  readonly context: string;
  readonly ifRunning?: boolean;
  readonly format: string;
}

/** Why a unit gets what it gets, decision by decision. */
export const assignCommand: CommandFactory = (terminal, finish) =>
  new Command("assign")
    .description("why a unit gets the variant it gets, step by step")
    .argument("<key>", "an experiment")
    .requiredOption("--unit <id>", "the unit's id")
    .option("--context <json>", "its attributes as JSON, or @file", "{}")
    .option("--if-running", "as though it were running: what a draft will do")
    .addOption(formatOption("pretty", "json"))
    .action(async (key: string, { cwd, unit, context, ifRunning, format }: Options) => {
      const attributes = readContext(context, cwd);
      const { compilation } = await compileProject(cwd);
      const { project, diagnostics } = compilation;
      const found = project?.experiments.filter((experiment) => experiment.key === key) ?? [];
      const experiment = found.find(({ archived }) => !archived) ?? found[0];
      const own = diagnostics.filter(({ place }) =>
        experiment ? place.file === experiment.file : place.file.endsWith(`/${key}.yaml`),
      );
      if (!project || hasErrors(own)) {
        tell(project ? own : diagnostics, compilation, terminal);
        return finish(EXIT.findings);
      }
      if (!experiment) {
        const keys = project.experiments.map((each) => each.key);
        throw unknownKey("experiment", key, keys);
      }
      for (const name of Object.keys(attributes)) noteUnknown(name, project, terminal.log);
      if (experiment.archived) terminal.log("note: it is archived, so no code asks for it any more");
      const { manifestEntry, traceAssignment } = await import("../../compile.ts");
      const entry = manifestEntry(experiment, project);
      const trace = traceAssignment(ifRunning ? { ...entry, status: "running", shipped: null } : entry, {
        ...attributes,
        [experiment.unit.id]: unit,
      });
      if (format === "json")
        terminal.print(JSON.stringify({ formatVersion: 1, id: unit, ...trace }, null, 2));
      else {
        const { renderAssignment } = await import("../../report.ts");
        terminal.print(renderAssignment(trace, unit, { color: terminal.color }));
      }
      finish(EXIT.done);
    });

function readContext(given: string, cwd: string): Attributes {
  const text = given.startsWith("@") ? readText(resolve(cwd, given.slice(1))) : given;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--context is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UsageError('--context must be a JSON object, such as {"country": "US"}');
  return Object.assign(Object.create(null), value) as Attributes;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new UsageError(`--context names ${path}, which cannot be read`);
  }
}

/** A misspelled attribute would otherwise look like a unit that does not have it. */
function noteUnknown(name: string, { attributes, units }: Project, log: (text: string) => void): void {
  const known = [...attributes.map(({ key }) => key), ...units.map(({ id }) => id)];
  if (known.includes(name)) return;
  const near = suggest(name, known);
  log(`note: no attribute is called ${JSON.stringify(name)}${near ? `; did you mean ${near}?` : ""}`);
}
