import type { CompletedCommand, CompletedOption } from "./command-table.ts";

/** Completion for fish. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  const lines = commands.flatMap(({ name, description, options, operands }) => {
    const here = `complete -c fairtrial -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c fairtrial -n 'not __fish_seen_subcommand_from ${names}' -a ${name} -d ${fishWord(description)}`,
      ...options.map((option) => `${here} ${optionFlags(option)} -d ${fishWord(option.description)}`),
      ...operandLines(here, operands),
    ];
  });
  return `# fairtrial completion for fish: fairtrial completion fish | source
function __fairtrial_experiments
    for path in experiments/*.yaml experiments/archive/*.yaml
        set -l key (string replace -r '.*/(.*)\\.yaml$' '$1' -- $path)
        test $key != project; and echo $key
    end
end
complete -c fairtrial -f
${lines.join("\n")}
`;
}

function optionFlags({ names, takes }: CompletedOption): string {
  const flags = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  if (typeof takes === "string") return [...flags, VALUES[takes]].filter((flag) => flag !== "").join(" ");
  return [...flags, "-x", "-a", fishWord(takes.join(" "))].join(" ");
}

function operandLines(here: string, operands: CompletedCommand["operands"]): readonly string[] {
  if (operands === "nothing") return [];
  if (operands === "experiments") return [`${here} -a '(__fairtrial_experiments)'`];
  return operands === "files" ? [`${here} -F`] : [`${here} -a ${fishWord(operands.join(" "))}`];
}

const VALUES = {
  nothing: "",
  folder: "-x -a '(__fish_complete_directories)'",
  file: "-r -F",
  text: "-x",
} as const;

function fishWord(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
