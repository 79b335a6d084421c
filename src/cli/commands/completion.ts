import { Argument, Command } from "commander";
import type { CommandFactory } from "../command.ts";
import { bashCompletion } from "../completion/bash.ts";
import { commandTable } from "../completion/command-table.ts";
import { fishCompletion } from "../completion/fish.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { EXIT } from "../exit.ts";
import { formatOption } from "../format.ts";

const SHELLS = new Map([
  ["bash", bashCompletion],
  ["zsh", zshCompletion],
  ["fish", fishCompletion],
]);

/** What a shell needs to complete commands, options, values and experiments. */
export const completionCommand: CommandFactory = (terminal, finish) =>
  new Command("completion")
    .description('a script that completes commands in a shell: eval "$(fairtrial completion bash)"')
    .addArgument(new Argument("<shell>", "which shell").choices([...SHELLS.keys()]))
    .addOption(formatOption("script", "json"))
    .action((shell: string, { format }: { format: string }, command: Command) => {
      const table = commandTable(command.parent ?? command);
      const script = SHELLS.get(shell)?.(table) ?? "";
      terminal.print(
        format === "json" ? JSON.stringify({ formatVersion: 1, commands: table }, null, 2) : script,
      );
      finish(EXIT.done);
    });
