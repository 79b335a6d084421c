import { Command, InvalidArgumentError } from "commander";
import type { Analysis } from "../../analyze.ts";
import { type AnalysisOptions, analyzeProject } from "../analyze-project.ts";
import type { CommandFactory } from "../command.ts";
import { EXIT, UsageError } from "../exit.ts";
import { formatOption } from "../format.ts";
import { loadProject } from "../load-project.ts";
import { recordQueries, renderQueries } from "../recorded-queries.ts";
import type { Terminal } from "../terminal.ts";

interface Options {
  readonly cwd: string;
  readonly format: string;
  readonly asOf?: number;
  readonly spec?: string;
  readonly iteration?: number;
  readonly from?: string;
  readonly to?: string;
  readonly sql?: boolean;
  readonly explain?: boolean;
}

/** Moments in the warehouse, then estimates and a verdict. */
export const analyzeCommand: CommandFactory = (terminal, finish) =>
  new Command("analyze")
    .description("estimate effects from the data and give a verdict")
    .argument("[key...]", "experiments; default: all that are no drafts")
    .option(
      "--as-of <instant>",
      "data after this ISO instant have not happened yet; default: the last row's, or the decision's",
      instant,
    )
    .option(
      "--spec <ref>",
      "by the plan as it stood at this git commit; default: the files, or the decision's",
    )
    .option("--iteration <n>", "an earlier iteration, by its own plan, which git has", wholeNumber)
    .option("--from <day>", "count only units first exposed on this ISO day or later; gives no verdict", day)
    .option("--to <day>", "count only units first exposed on this ISO day or earlier; gives no verdict", day)
    .option("--sql", "print the queries that were run, and no results")
    .option("--explain", "print how the engine goes about each query, and no results")
    .addOption(formatOption("pretty", "json", "markdown"))
    .action(async (keys: readonly string[], options: Options) => {
      const { from = null, to = null, asOf = null, spec = null, iteration = null } = options;
      if (from !== null && to !== null && to < from) throw new UsageError("--to is before --from");
      const loaded = await loadProject(options.cwd, terminal);
      if (!loaded) return finish(EXIT.findings);
      const recorded = recordQueries(options.explain === true);
      const isRecorded = options.sql === true || options.explain === true;
      const request: AnalysisOptions = { keys, asOf, spec, iteration, from, to };
      const { analyses, failed, told } = await analyzeProject(
        loaded,
        isRecorded ? { ...request, watch: recorded.watch } : request,
        terminal,
      );
      if (isRecorded) terminal.print(renderQueries(recorded.queries, options.format));
      else {
        if (keys.length === 0 && analyses.length === 0 && told.length === 0 && !failed)
          terminal.log("there is nothing to analyze: no experiment is more than a draft");
        await print(analyses, keys, options.format, terminal);
      }
      finish(failed ? EXIT.findings : EXIT.done);
    });

async function print(
  analyses: readonly Analysis[],
  keys: readonly string[],
  format: string,
  { print, color, width }: Terminal,
): Promise<void> {
  const { renderMarkdown, renderText } = await import("../../report.ts");
  if (format === "json" && (analyses.length > 0 || keys.length !== 1))
    print(JSON.stringify(keys.length === 1 ? analyses[0] : analyses, null, 2));
  if (format === "markdown" && analyses.length > 0) print(analyses.map(renderMarkdown).join("\n"));
  if (format === "pretty" && analyses.length > 0)
    print(analyses.map((analysis) => renderText(analysis, { color, width })).join("\n\n"));
}

function instant(text: string): number {
  const from = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
  const milliseconds = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(from)
    ? Date.parse(from)
    : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    throw new InvalidArgumentError("expected an ISO instant such as 2026-12-08T00:00:00Z.");
  }
  return milliseconds;
}

function day(text: string): string {
  const isDay =
    /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
  if (!isDay) throw new InvalidArgumentError("expected an ISO day such as 2026-11-02.");
  return text;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("expected a whole number such as 1.");
  return Number(text);
}
