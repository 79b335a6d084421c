import { Command } from "commander";
import { FORMATS, type Format } from "../../diagnostics/formats.ts";
import type { CommandFactory } from "../command.ts";
import { EXIT } from "../exit.ts";
import { formatOption } from "../format.ts";
import { hasErrors, recallProject } from "../load-project.ts";
import { mendProject } from "../mend.ts";
import { type Output, outputOption, writeOutputs } from "../output-option.ts";
import { packageVersion } from "../package.ts";
import { folderInRepository } from "../repository-folder.ts";

interface Options {
  readonly cwd: string;
  readonly fix?: boolean;
  readonly format: Format;
  readonly output: readonly Output<Format>[];
}

/** All problems of all files. */
export const validateCommand: CommandFactory = (terminal, finish) =>
  new Command("validate")
    .description("check every file and report all problems at once")
    .option("--fix", "mend what has one right answer, then report what remains")
    .addOption(formatOption(...FORMATS))
    .addOption(outputOption(FORMATS))
    .action(async ({ cwd, fix, format, output }: Options) => {
      const { root, compilation } = await (fix ? mendProject(cwd, terminal) : recallProject(cwd));
      const { project, diagnostics, texts } = compilation;
      const { renderers } = await import("../../diagnostics/renderers.ts");
      const render = (form: Format, color: boolean) =>
        renderers[form](diagnostics, texts, {
          color,
          folder: folderInRepository(root),
          version: packageVersion(),
        });
      writeOutputs(cwd, output, (form) => render(form, false));
      const text = render(format, terminal.color);
      if (text !== "") terminal.print(text);
      if (format === "pretty" && project && !hasErrors(diagnostics)) {
        const { experiments, metrics, audiences } = project;
        terminal.print(
          `✓ ${project.name}: ${counted(experiments, "experiment")}, ${counted(metrics, "metric")}, ${counted(audiences, "audience")}`,
        );
      }
      finish(hasErrors(diagnostics) ? EXIT.findings : EXIT.done);
    });

function counted({ length }: readonly unknown[], noun: string): string {
  return `${length} ${noun}${length === 1 ? "" : "s"}`;
}
