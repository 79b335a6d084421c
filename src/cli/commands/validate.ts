import { Command } from "commander";
import { renderJson } from "../../diagnostics/json.ts";
import { renderPretty } from "../../diagnostics/pretty.ts";
import type { CommandFactory } from "../command.ts";
import { EXIT } from "../exit.ts";
import { formatOption } from "../format.ts";
import { compileProject, hasErrors } from "../load-project.ts";

/** All problems of all files. */
export const validateCommand: CommandFactory = (terminal, finish) =>
  new Command("validate")
    .description("check every file and report all problems at once")
    .addOption(formatOption("pretty", "json"))
    .action(async ({ cwd, format }: { cwd: string; format: string }) => {
      const { compilation } = await compileProject(cwd);
      const { project, diagnostics, texts } = compilation;
      if (format === "json") terminal.print(renderJson(diagnostics, texts));
      else if (diagnostics.length > 0)
        terminal.print(renderPretty(diagnostics, texts, { color: terminal.color }));
      if (format === "pretty" && project && !hasErrors(diagnostics)) {
        const { experiments, metrics, audiences } = project;
        terminal.print(
          `✓ ${project.name}: ${experiments.length} experiments, ${metrics.length} metrics, ${audiences.length} audiences`,
        );
      }
      finish(hasErrors(diagnostics) ? EXIT.findings : EXIT.done);
    });
