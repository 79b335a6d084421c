import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { Command } from "commander";
import type { CommandFactory } from "../command.ts";
import { EXIT, UsageError } from "../exit.ts";
import { formatOption } from "../format.ts";
import { compileProject, hasErrors, tell } from "../load-project.ts";
import { schemaFiles } from "../package.ts";
import { detectImports } from "../starter/detect-imports.ts";
import { installCommand } from "../starter/package-manager.ts";
import { openScaffold } from "../starter/scaffold.ts";
import { DATA_FOLDER, starterFiles } from "../starter/starter-files.ts";
import { userWorkflows } from "../workflows/workflows.ts";

const INSTALLED = "node_modules/fairtrial/schema";
/** Beside the experiments, where links to it hold without an installation. */
const COPIED = "experiments/.schema";

const IGNORED = [
  "generated/manifest.json",
  "generated/plan.json",
  `/${DATA_FOLDER}/`,
  "/site/",
  ".fairtrial/",
];

const SCRIPTS = {
  "experiments:check": "fairtrial fmt --check && fairtrial validate && fairtrial build --check",
  "experiments:build": "fairtrial build",
};

/** A project to start from, in any repository. Writes what is not there; replaces nothing. */
export const initCommand: CommandFactory = (terminal, finish) =>
  new Command("init")
    .description("start experiments/ in a repository: project, metrics, an example, schemas, editor, CI")
    .option("--no-ci", "leave out the GitHub workflows")
    .addOption(formatOption("pretty", "json"))
    .action(async ({ cwd, ci, format }: { cwd: string; ci: boolean; format: string }) => {
      const root = resolve(cwd);
      if (!existsSync(root) || !statSync(root).isDirectory())
        throw new UsageError(`there is no folder ${cwd}`);
      const scaffold = openScaffold(root);
      const detected = detectImports(root);
      const installed = existsSync(join(root, INSTALLED, "project.schema.json"));
      const schemas = installed ? INSTALLED : COPIED;

      if (existsSync(join(root, "experiments", "project.yaml"))) scaffold.keep("experiments/project.yaml");
      else {
        const name = scaffold.packageName() ?? basename(root);
        for (const { path, text } of starterFiles({ name, imports: detected.imports, schemas }))
          scaffold.create(path, text);
        if (!installed)
          for (const { path, text } of schemaFiles()) scaffold.create(`${COPIED}/${path}`, text);
      }
      scaffold.addLines(".gitattributes", ["generated/** linguist-generated=true"]);
      // Where there is no package.json yet, what will be installed for the one that is made here is not ignored either.
      const isNew = !existsSync(join(root, "package.json"));
      scaffold.addLines(".gitignore", isNew ? ["node_modules/", ...IGNORED] : IGNORED);
      scaffold.addProperty(".vscode/settings.json", [], "yaml.schemas", {
        [`./${schemas}/project.schema.json`]: "experiments/project.yaml",
        [`./${schemas}/metric.schema.json`]: "experiments/metrics/*.yaml",
        [`./${schemas}/audience.schema.json`]: "experiments/audiences/*.yaml",
        [`./${schemas}/experiment.schema.json`]: [
          "experiments/*.yaml",
          "!experiments/project.yaml",
          "experiments/archive/*.yaml",
        ],
      });
      for (const [name, script] of Object.entries(SCRIPTS)) scaffold.addScript(name, script);
      const nested = !existsSync(join(root, ".git")) && repositoryAbove(root);
      if (ci && !nested) for (const { path, text } of userWorkflows()) scaffold.create(path, text);

      const { compilation } = await compileProject(root);
      const problems = compilation.diagnostics.filter(({ severity }) => severity !== "note");
      if (format === "json")
        terminal.print(
          JSON.stringify({ formatVersion: 1, files: scaffold.outcomes, imports: detected }, null, 2),
        );
      else {
        for (const { path, outcome } of scaffold.outcomes) terminal.print(`${outcome.padEnd(8)} ${path}`);
        terminal.print(`\nemit.imports is ${detected.imports}, after ${detected.because}`);
        if (nested)
          terminal.print(`no workflows were written: they belong to the root of the repository, ${nested}`);
        terminal.print(nextSteps(root));
      }
      if (problems.length > 0) tell(problems, compilation, terminal);
      finish(hasErrors(problems) ? EXIT.findings : EXIT.done);
    });

function nextSteps(root: string): string {
  const install = existsSync(join(root, "node_modules", "fairtrial"))
    ? []
    : [`${installCommand(root)} fairtrial`];
  const steps = [...install, "npx fairtrial build", "npx fairtrial new <key>"];
  return ["next:", ...steps.map((step) => `  ${step}`)].join("\n");
}

/** The repository that a folder is a part of; null outside of any. */
function repositoryAbove(folder: string): string | null {
  for (let above = dirname(folder); ; above = dirname(above)) {
    if (existsSync(join(above, ".git"))) return above;
    if (dirname(above) === above) return null;
  }
}
