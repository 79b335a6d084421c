import { Command } from "commander";
import { CHANGE_FORMATS, type ChangeFormat } from "../change-format.ts";
import type { CommandFactory } from "../command.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { formatOption } from "../format.ts";
import { loadPlan } from "../load-project.ts";
import { type Output, outputOption } from "../output-option.ts";
import { unknownKey } from "../unknown-key.ts";

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
    .argument("[key...]", "experiments (with --baseline also metrics); default: all that is not concluded")
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
      const onlyWithBaseline = [options.write, options.from, options.to, options.entry];
      if (onlyWithBaseline.some((option) => option !== undefined))
        throw new UsageError("--write, --from, --to and --entry need --baseline");
      if (units !== undefined && contexts !== undefined)
        throw new UsageError("--units and --contexts cannot be used together");
      if (base !== undefined) {
        if (keys.length > 0)
          throw new UsageError("--base compares the whole project: it cannot be used with keys");
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
      const loaded = await loadPlan(cwd, terminal);
      if (!loaded) return finish(EXIT.findings);
      const { plan, project } = loaded;
      const known = project.experiments.map(({ key }) => key);
      const unknown = keys.find((key) => !known.includes(key));
      if (unknown !== undefined) throw unknownKey("experiment", unknown, known);
      const { planOf, renderPlan } = await import("../../report.ts");
      const chosen = planOf(plan, keys);
      if (format === "json") terminal.print(JSON.stringify(chosen, null, 2));
      else terminal.print(renderPlan(chosen, project, { color: terminal.color, concluded: keys.length > 0 }));
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
