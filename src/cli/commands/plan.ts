import { Command } from "commander";
import { CHANGE_FORMATS, type ChangeFormat } from "../change-format.ts";
import type { CommandFactory } from "../command.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { formatOption } from "../format.ts";
import { loadProject } from "../load-project.ts";
import { type Output, outputOption } from "../output-option.ts";

interface PlanOptions {
  readonly cwd: string;
  readonly format: ChangeFormat;
  readonly output: readonly Output<ChangeFormat>[];
  readonly base?: string;
  readonly units?: string;
  readonly contexts?: string;
  readonly detailedExitcode?: boolean;
  readonly baseline?: boolean;
  readonly write?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly entry?: string;
}

/**
 * Sample sizes, durations and layers, from the files alone; with `--base`, what merging them would do; with
 * `--baseline`, what they reckon with, measured in the warehouse.
 */
export const planCommand: CommandFactory = (terminal, finish) =>
  new Command("plan")
    .description("how many units and days each experiment needs; with --base, what merging would do")
    .argument("[key...]", "with --baseline: experiments and metrics; default: all that is not concluded")
    .option(
      "--base <ref>",
      "compare with where this branch left a git ref, and refuse what would spoil a trial",
    )
    .option("--units <file>", "with --base: measure movement on these unit ids, one a line")
    .option("--contexts <file>", "with --base: measure movement on these contexts, a JSON object a line")
    .option("--detailed-exitcode", "with --base: exit with 3 where something changes")
    .option("--baseline", "measure in the warehouse what planning reckons with, beside what the YAML says")
    .option("--write", "with --baseline: put what was measured, with its days, into the YAML")
    .option("--from <day>", "with --baseline: first day on which units are met; default: four whole weeks")
    .option("--to <day>", "with --baseline: last day on which units are met")
    .option(
      "--entry <event>",
      "with --baseline: the event that brings units in; default: exposures, or any row",
    )
    .addOption(formatOption(...CHANGE_FORMATS))
    .addOption(outputOption(CHANGE_FORMATS))
    .action(async (keys: readonly string[], options: PlanOptions) => {
      const { base, units, contexts, cwd, format } = options;
      if (options.baseline) return finish(await measure(keys, options, terminal));
      const onlyWithBaseline = [keys[0], options.write, options.from, options.to, options.entry];
      if (onlyWithBaseline.some((option) => option !== undefined))
        throw new UsageError("keys, --write, --from, --to and --entry need --baseline");
      if (units !== undefined && contexts !== undefined)
        throw new UsageError("--units and --contexts cannot be used together");
      if (base !== undefined) {
        const [{ planChangeFrom }, { readPopulation }] = await Promise.all([
          import("../plan-change.ts"),
          import("../population.ts"),
        ]);
        return finish(await planChangeFrom({ ...options, base }, readPopulation(options), terminal));
      }
      const onlyWithBase = [units, contexts, options.detailedExitcode, options.output[0]];
      if (onlyWithBase.some((option) => option !== undefined) || format === "markdown" || format === "github")
        throw new UsageError(
          "--units, --contexts, --detailed-exitcode, --output and the formats markdown and github need --base <ref>",
        );
      const loaded = await loadProject(cwd, terminal);
      if (!loaded) return finish(EXIT.findings);
      if (format === "json") terminal.print(JSON.stringify(loaded.plan, null, 2));
      else {
        const { renderPlan } = await import("../../report.ts");
        terminal.print(renderPlan(loaded.plan, loaded.project, { color: terminal.color }));
      }
      finish(EXIT.done);
    });

async function measure(
  keys: readonly string[],
  options: PlanOptions,
  terminal: Parameters<CommandFactory>[0],
): Promise<ExitCode> {
  const { base, units, contexts, detailedExitcode, output, format } = options;
  if ([base, units, contexts, detailedExitcode, output[0]].some((option) => option !== undefined))
    throw new UsageError(
      "--baseline cannot be used with --base, --units, --contexts, --detailed-exitcode and --output",
    );
  if (format === "github") throw new UsageError("--baseline prints pretty, json or markdown");
  const { measureBaselinesOf } = await import("../measure-baselines.ts");
  return measureBaselinesOf(keys, { ...options, format }, terminal);
}
