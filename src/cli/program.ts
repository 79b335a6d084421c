import { Command, CommanderError } from "commander";
import type { CommandFactory } from "./command.ts";
import { analyzeCommand } from "./commands/analyze.ts";
import { assignCommand } from "./commands/assign.ts";
import { buildCommand } from "./commands/build.ts";
import { completionCommand } from "./commands/completion.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { explainCommand } from "./commands/explain.ts";
import { fmtCommand } from "./commands/fmt.ts";
import { initCommand } from "./commands/init.ts";
import { newCommand } from "./commands/new.ts";
import { planCommand } from "./commands/plan.ts";
import { reportCommand } from "./commands/report.ts";
import { simulateCommand } from "./commands/simulate.ts";
import { validateCommand } from "./commands/validate.ts";
import { EXIT, type ExitCode, UsageError } from "./exit.ts";
import { packageVersion } from "./package.ts";
import { systemFailure } from "./system-failure.ts";
import type { Terminal } from "./terminal.ts";

/** In the order of the pipeline; `--help` shows them so. */
const COMMANDS: readonly CommandFactory[] = [
  initCommand,
  newCommand,
  fmtCommand,
  validateCommand,
  planCommand,
  buildCommand,
  assignCommand,
  simulateCommand,
  doctorCommand,
  analyzeCommand,
  reportCommand,
  explainCommand,
  completionCommand,
];

/** Runs one command line and gives the exit code. Never throws. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = new Command("fairtrial")
    .description("Experiments as code: validate, plan, emit typed TypeScript, analyse, report.")
    .version(packageVersion(), "-v, --version")
    .showHelpAfterError("(add --help for the options)");
  for (const create of COMMANDS) {
    const command = create(terminal, (given) => {
      code = given;
    });
    command
      .option("--cwd <folder>", "where to look for experiments/project.yaml", ".")
      .copyInheritedSettings(program);
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands])
    command
      .exitOverride()
      .configureOutput({ writeOut: (text) => terminal.print(text), writeErr: (text) => terminal.log(text) });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (error instanceof UsageError) {
      terminal.log(`error: ${error.message}`);
      return EXIT.usage;
    }
    const refused = systemFailure(error);
    if (refused !== null) {
      terminal.log(`error: ${refused}`);
      return EXIT.usage;
    }
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.log(
      `This is a bug in Fairtrial ${packageVersion()}; please report it with the lines below.\n${told}`,
    );
    return EXIT.bug;
  }
}
