import { Command, InvalidArgumentError } from "commander";
import { analyzeProject } from "../analyze-project.ts";
import type { CommandFactory } from "../command.ts";
import { EXIT } from "../exit.ts";
import { formatOption } from "../format.ts";
import { hasErrors, loadProject } from "../load-project.ts";

interface Options {
  readonly cwd: string;
  readonly format: string;
  readonly asOf?: number;
}

/** Moments in the warehouse, then estimates and a verdict. */
export const analyzeCommand: CommandFactory = (terminal, finish) =>
  new Command("analyze")
    .description("estimate effects from the data and give a verdict")
    .argument("[key...]", "experiments; default: all that are no drafts")
    .option("--as-of <instant>", "data after this ISO instant have not happened yet", instant)
    .addOption(formatOption("pretty", "json", "markdown"))
    .action(async (keys: readonly string[], { cwd, format, asOf }: Options) => {
      const loaded = await loadProject(cwd, terminal);
      if (!loaded) return finish(EXIT.findings);
      const { analyses, diagnostics } = await analyzeProject(loaded, { keys, asOf: asOf ?? null }, terminal);
      if (keys.length === 0 && analyses.length === 0 && diagnostics.length === 0)
        terminal.log("there is nothing to analyze: no experiment is more than a draft");
      const { renderMarkdown, renderText } = await import("../../report.ts");
      const { color, width } = terminal;
      if (format === "json" && (analyses.length > 0 || keys.length !== 1))
        terminal.print(JSON.stringify(keys.length === 1 ? analyses[0] : analyses, null, 2));
      if (format === "markdown" && analyses.length > 0)
        terminal.print(analyses.map(renderMarkdown).join("\n"));
      if (format === "pretty" && analyses.length > 0)
        terminal.print(analyses.map((analysis) => renderText(analysis, { color, width })).join("\n\n"));
      finish(hasErrors(diagnostics) ? EXIT.findings : EXIT.done);
    });

function instant(text: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
  const milliseconds = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(day)
    ? Date.parse(day)
    : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    throw new InvalidArgumentError("expected an ISO instant such as 2026-12-08T00:00:00Z.");
  }
  return milliseconds;
}
