import { EXIT, type ExitCode, UsageError } from "./exit.ts";
import { openProgressLine } from "./progress-line.ts";
import type { Terminal } from "./terminal.ts";

interface Options {
  readonly seed: number;
  readonly worlds?: number;
  readonly format: string;
}

const DEFAULT_WORLDS = 20_000;

/** Counts errors, coverage and power in worlds with a known truth; findings where a claim is out of its band. */
export async function calibrateStatistics(options: Options, terminal: Terminal): Promise<ExitCode> {
  const [{ calibrate, FEWEST_WORLDS }, { renderCalibration, renderCalibrationMarkdown }] = await Promise.all([
    import("../calibrate.ts"),
    import("../report.ts"),
  ]);
  const { seed, worlds = DEFAULT_WORLDS, format } = options;
  if (worlds < FEWEST_WORLDS)
    throw new UsageError(`--worlds must be at least ${FEWEST_WORLDS}: in fewer, errors hide in chance`);
  const progress = openProgressLine(terminal);
  const report = calibrate({
    seed,
    worlds,
    onScenario: (setting, done, all) =>
      progress.show({ stage: "calibrating", share: done / all, detail: setting }),
  });
  progress.clear();
  if (format === "json") terminal.print(JSON.stringify(report, null, 2));
  else if (format === "markdown") terminal.print(renderCalibrationMarkdown(report));
  else terminal.print(renderCalibration(report, { color: terminal.color }));
  return report.passes ? EXIT.done : EXIT.findings;
}
