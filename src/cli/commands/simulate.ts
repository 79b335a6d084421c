import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import type { SimulatedEffect, SimulatedTable, TrueEffect } from "../../simulate.ts";
import type { CommandFactory } from "../command.ts";
import { displayPath, findDataFiles, sourcesOf } from "../data.ts";
import { EXIT, UsageError } from "../exit.ts";
import { formatOption } from "../format.ts";
import { type LoadedProject, loadProject } from "../load-project.ts";
import { openProgressLine, type ProgressLine } from "../progress-line.ts";
import { type SimulationRecord, simulatedFiles, writeSimulationRecord } from "../simulation-record.ts";
import { simulationTarget } from "../simulation-target.ts";
import type { Terminal } from "../terminal.ts";

interface Options {
  readonly cwd: string;
  readonly format: string;
  readonly seed: number;
  readonly units: number;
  readonly effect: readonly string[];
  readonly calibrate?: boolean;
  readonly worlds?: number;
}

/** A seeded world with a known truth, written where the project's sources read; with `--calibrate`, many, that are only counted. */
export const simulateCommand: CommandFactory = (terminal, finish) =>
  new Command("simulate")
    .description(
      "write exposures and events of a seeded world with a known truth where the sources read them",
    )
    .argument("[key...]", "experiments; default: all with dates that are no drafts")
    .option("--seed <number>", "the same seed gives the same rows", wholeNumber, 1)
    .option("--units <number>", "units that arrive per experiment", wholeNumber, 20_000)
    .option(
      "--effect <variant:metric=+10%>",
      "a true effect, repeatable; default: none",
      (text: string, before: readonly string[]) => [...before, text],
      [] as readonly string[],
    )
    .option(
      "--calibrate",
      "hold what the statistics claim against worlds with a known truth; needs no project",
    )
    .option(
      "--worlds <number>",
      "with --calibrate: how many of each kind; default: 20,000, for minutes",
      wholeNumber,
    )
    .addOption(formatOption("pretty", "json", "markdown"))
    .action(async (keys: readonly string[], options: Options, command: Command) => {
      if (options.calibrate) {
        const given = (name: string) => command.getOptionValueSource(name) === "cli";
        if (keys.length > 0 || given("units") || given("effect"))
          throw new UsageError("--calibrate cannot be used with keys, --units and --effect");
        const { calibrateStatistics } = await import("../calibrate-statistics.ts");
        return finish(await calibrateStatistics(options, terminal));
      }
      if (options.worlds !== undefined || options.format === "markdown")
        throw new UsageError("--worlds and the format markdown need --calibrate");
      const loaded = await loadProject(options.cwd, terminal);
      if (!loaded) return finish(EXIT.findings);
      const { parseEffect, simulate } = await import("../../simulate.ts");
      const effects = options.effect.map((text): SimulatedEffect => {
        const effect = parseEffect(text);
        if ("kind" in effect) throw new UsageError(effect.message);
        return effect;
      });
      const { seed, units } = options;
      const simulation = simulate(loaded.project, { seed, units, effects, experiments: keys });
      if (simulation.kind === "problem") throw new UsageError(simulation.message);
      const targets = await chooseTargets(loaded, simulation.tables, terminal);
      if (!targets) return finish(EXIT.findings);
      const progress = openProgressLine(terminal);
      const files = await writeTables(loaded.root, targets, progress);
      const record: SimulationRecord = {
        formatVersion: 1,
        seed,
        units,
        effects,
        files,
        truth: simulation.truth,
      };
      writeSimulationRecord(loaded.root, record);
      terminal.print(options.format === "json" ? JSON.stringify(record, null, 2) : describe(record));
      finish(EXIT.done);
    });

interface Target {
  readonly path: string;
  readonly table: SimulatedTable;
}

/** Where each table goes; null after telling why it cannot: real rows are never mixed with simulated ones. */
async function chooseTargets(
  { root, project }: LoadedProject,
  tables: readonly SimulatedTable[],
  terminal: Terminal,
): Promise<readonly Target[] | null> {
  const own = simulatedFiles(root);
  const present = await findDataFiles(root, project);
  const targets: Target[] = [];
  const problems: string[] = [];
  for (const { source, patterns } of sourcesOf(project)) {
    const table = tables.find((each) => each.source === source);
    const path = simulationTarget(patterns[0] ?? "");
    if (!table) continue;
    if (path === null)
      problems.push(`the pattern ${patterns[0]} of the source ${source} does not say which file to write`);
    else targets.push({ path, table });
    for (const file of present.get(source) ?? []) {
      const shown = displayPath(root, file);
      if (!own.has(shown))
        problems.push(`${shown} is there already and was not simulated; move it away first`);
    }
  }
  for (const problem of problems) terminal.log(`error: ${problem}`);
  return problems.length > 0 ? null : targets;
}

async function writeTables(
  root: string,
  targets: readonly Target[],
  progress: ProgressLine,
): Promise<SimulationRecord["files"]> {
  const { writeTable } = await import("../../warehouse/write-table.ts");
  const files: { readonly path: string; readonly rows: number }[] = [];
  for (const { path, table } of targets) {
    const absolute = join(root, path);
    if (!existsSync(dirname(absolute))) mkdirSync(dirname(absolute), { recursive: true });
    const rows = await writeTable(
      { path: absolute, columns: table.columns, batches: counted(table, path, progress) },
      { allowedDirectories: [dirname(absolute)] },
    );
    files.push({ path, rows });
  }
  progress.clear();
  return files;
}

function* counted(table: SimulatedTable, path: string, progress: ProgressLine) {
  let rows = 0;
  for (const batch of table.batches()) {
    rows += batch.length;
    progress.show({ stage: `writing ${path}`, detail: `${rows.toLocaleString("en")} rows` });
    yield batch;
  }
}

function describe({ files, truth, seed }: SimulationRecord): string {
  const effects = truth.filter(({ relative }) => relative !== null && Math.abs(relative) > 1e-12);
  const unknown = truth.filter(({ control, value }) => control === null || value === null);
  return [
    `✓ simulated with seed ${seed}`,
    ...files.map(({ path, rows }) => `  ${path}: ${rows.toLocaleString("en")} rows`),
    effects.length + unknown.length > 0 ? "  truth:" : "  truth: no variant has any effect",
    ...effects.map(describeEffect),
    ...unknown.map(
      ({ experiment, metric, variant }) =>
        `    ${experiment} ${variant}: ${metric} is not known, for it has no closed form`,
    ),
  ].join("\n");
}

function describeEffect({ experiment, metric, variant, relative }: TrueEffect): string {
  const percent = 100 * (relative ?? 0);
  return `    ${experiment} ${variant}: ${metric} ${percent > 0 ? "+" : ""}${percent.toFixed(2)}%`;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("expected a whole number.");
  return Number(text);
}
