import type { Command } from "commander";

/** What a shell may complete. */
export interface CompletedOption {
  /** Its spellings: `--format`, `-v`. */
  readonly names: readonly string[];
  readonly description: string;
  readonly takes: "nothing" | "folder" | "file" | "text" | readonly string[];
}

export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** What stands after its name. */
  readonly operands: "nothing" | "experiments" | "files" | readonly string[];
}

/** The commands and options as the program declares them, so that a shell never knows others. */
export function commandTable(program: Command): readonly CompletedCommand[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: [
      ...command.options.map((option) => ({
        names: [option.long, option.short].filter((name) => name !== undefined && name !== null),
        description: option.description,
        takes: takesOf(option),
      })),
      { names: ["--help", "-h"], description: "display help for command", takes: "nothing" as const },
    ],
    operands: operandsOf(command),
  }));
}

function takesOf(option: Command["options"][number]): CompletedOption["takes"] {
  if (option.argChoices) return option.argChoices;
  if (!option.required && !option.optional) return "nothing";
  if (/<(?:folder|dir)>/.test(option.flags)) return "folder";
  return /<(?:file|path)>/.test(option.flags) ? "file" : "text";
}

function operandsOf(command: Command): CompletedCommand["operands"] {
  const [operand] = command.registeredArguments;
  if (!operand) return "nothing";
  if (operand.argChoices) return operand.argChoices;
  if (operand.name() === "key" && command.name() !== "new") return "experiments";
  return operand.name() === "paths" ? "files" : "nothing";
}

/** Every spelling of every option. */
export function completedNames({ options }: CompletedCommand): readonly string[] {
  return options.flatMap(({ names }) => names);
}

/** The options that a value follows. */
export function takers({ options }: CompletedCommand): readonly CompletedOption[] {
  return options.filter(({ takes }) => takes !== "nothing");
}
