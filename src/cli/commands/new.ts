import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Project } from "../../compile.ts";
import type { CommandFactory } from "../command.ts";
import { EXIT, UsageError } from "../exit.ts";
import { formatOption } from "../format.ts";
import { hasErrors, tell } from "../load-project.ts";
import { findRoot, readProjectFiles } from "../project-files.ts";
import { TEMPLATES } from "../starter/templates.ts";
import type { Terminal } from "../terminal.ts";

interface Options {
  readonly template?: string;
  readonly name?: string;
  readonly owner?: string;
  readonly hypothesis?: string;
  readonly unit?: string;
  readonly metric?: string;
  readonly layer?: string;
  readonly share?: number;
  readonly effect?: string;
}

const KEY = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const NONE = "none";

/** A new experiment, as a draft that passes `validate`. */
export const newCommand: CommandFactory = (terminal, finish) =>
  new Command("new")
    .description("a new experiment: a draft that fits the project; asks on a terminal for what no flag says")
    .argument("<key>", "its name in code and data, in kebab-case; becomes experiments/<key>.yaml")
    .addOption(new Option("--template <name>", describeTemplates()).choices([...TEMPLATES.keys()]))
    .option("--name <text>", "what people call it")
    .option("--owner <team>", "who answers for it")
    .option("--hypothesis <text>", "what is expected to happen, and why")
    .option("--unit <unit>", "what is randomised")
    .option("--metric <metric>", "the metric that decides")
    .option("--layer <layer>", "take the next free range of a layer")
    .option(
      "--share <share>",
      "how much of the layer, such as 20%; default: what is free, at most half",
      share,
    )
    .option(
      "--effect <share>",
      "the MDE, or the margin of a refactor; default: what can be found in time",
      effect,
    )
    .addOption(formatOption("pretty", "json"))
    .action(async (key: string, given: Options & { cwd: string; format: string }) => {
      if (key === "project")
        throw new UsageError('"project" cannot be an experiment\'s key: project.yaml is the project itself');
      if (!KEY.test(key))
        throw new UsageError(
          `${JSON.stringify(key)} cannot be an experiment's key; write it like green-button`,
        );
      if (given.share !== undefined && given.layer === undefined)
        throw new UsageError("--share needs --layer");
      const root = findRoot(given.cwd);
      const path = `experiments/${key}.yaml`;
      for (const taken of [path, `experiments/archive/${key}.yaml`])
        if (existsSync(join(root, taken))) throw new UsageError(`${taken} is there already`);
      const files = readProjectFiles(root);
      const { compile } = await import("../../compile.ts");
      const before = compile(files);
      if (!before.project) {
        tell(before.diagnostics, before, terminal);
        return finish(EXIT.findings);
      }
      const options = terminal.ask ? await askFor(key, given, before.project, terminal) : given;
      const { draftExperiment } = await import("../starter/draft-experiment.ts");
      const template = TEMPLATES.get(options.template ?? "ab");
      if (!template) throw new UsageError(`there is no template ${options.template}`);
      const request = {
        key,
        template,
        name: options.name || key.replaceAll("-", " ").replace(/^./, (letter) => letter.toUpperCase()),
        owner: options.owner ?? "",
        hypothesis: options.hypothesis ?? "",
        unit: options.unit ?? null,
        metric: options.metric ?? null,
        layer: options.layer ?? null,
        share: options.share ?? null,
        effect: options.effect ?? null,
      };
      const { file, unit, metric, layer } = draftExperiment(request, before.project, files);
      const compilation = compile([...files, file]);
      const own = compilation.diagnostics.filter(
        ({ place, severity, related }) =>
          (place.file === path || related.some((other) => other.place.file === path)) && severity !== "note",
      );
      if (own.length > 0) tell(own, compilation, terminal);
      if (hasErrors(own)) return finish(EXIT.findings);
      writeFileSync(join(root, path), file.text, { flag: "wx" });
      if (given.format === "json")
        terminal.print(JSON.stringify({ formatVersion: 1, file: path, unit, metric, layer }, null, 2));
      else {
        const range = layer ? `, ${layer.from} to ${layer.to} of ${layer.name}` : "";
        terminal.print(`✓ ${path}: a draft on ${metric} per ${unit}${range}`);
        const planned = compilation.plan?.experiments.find(({ experiment }) => experiment === key);
        if (planned?.days) terminal.print(`  it would take ${planned.days} days; see \`fairtrial plan\``);
      }
      finish(EXIT.done);
    });

/** Asks for what no flag says; every question has an answer that Enter gives. */
async function askFor(
  key: string,
  given: Options,
  project: Project,
  { ask, log }: Terminal,
): Promise<Options> {
  if (!ask) return given;
  const words = async (said: string | undefined, question: string, fallback: string) =>
    said ?? (await ask(question, fallback));
  const pick = async (said: string | undefined, question: string, choices: readonly string[]) => {
    if (said !== undefined || choices.length < 2) return said ?? choices[0];
    for (;;) {
      const answer = await ask(`${question} [${choices.join(", ")}]`, choices[0] as string);
      if (choices.includes(answer)) return answer;
      log(`one of ${choices.join(", ")}, please`);
    }
  };
  const keys = (list: readonly { readonly key: string }[]) => list.map((item) => item.key);
  const template = await pick(given.template, "Template", [...TEMPLATES.keys()]);
  const name = await words(given.name, "Name", given.name ?? key.replaceAll("-", " "));
  const owner = await words(given.owner, "Owner", "");
  const hypothesis = await words(given.hypothesis, "Hypothesis", "");
  const layers = project.layers.length > 0 ? [NONE, ...keys(project.layers)] : [];
  const layer = await pick(given.layer, "Layer", layers);
  const divided = project.layers.find((candidate) => candidate.key === layer)?.unit.key;
  const unit = divided ?? (await pick(given.unit, "Unit", keys(project.units)));
  const { metricsFor } = await import("../starter/draft-experiment.ts");
  const metric = await pick(given.metric, "Primary metric", metricsFor(unit ?? "", project));
  return {
    ...given,
    ...(template !== undefined && { template }),
    ...{ name, owner, hypothesis },
    ...(layer !== undefined && layer !== NONE && { layer }),
    ...((given.unit ?? unit) !== undefined && { unit: given.unit ?? (unit as string) }),
    ...(metric !== undefined && { metric }),
  };
}

function describeTemplates(): string {
  return [...TEMPLATES].map(([name, { summary }]) => `${name}: ${summary}`).join("; ");
}

function share(text: string): number {
  const [, whole, decimals = ""] = /^(\d{1,3})(?:\.(\d{1,4}))?%$/.exec(text) ?? [];
  const parts = Number(whole) * 10_000 + Number(decimals.padEnd(4, "0"));
  if (whole === undefined || parts <= 0 || parts > 1_000_000)
    throw new InvalidArgumentError("expected a percentage such as 20%.");
  return parts;
}

function effect(text: string): string {
  if (!/^\d+(?:\.\d+)?%$/.test(text)) throw new InvalidArgumentError("expected a percentage such as 5%.");
  return text;
}
