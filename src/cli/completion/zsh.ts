import type { CompletedCommand, CompletedOption } from "./command-table.ts";

/** Completion for zsh. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  const cases = commands.map(({ name, options, operands }) => {
    const specs = [...options.flatMap(optionSpecs), ...operandSpecs(operands)];
    return `    ${name})\n      _arguments -s ${specs.map((spec) => `\\\n        ${spec}`).join(" ")} ;;`;
  });
  const listed = commands.map(({ name, description }) => `    ${zshWord(`${name}:${description}`)}`);
  return `#compdef fairtrial
# fairtrial completion for zsh: eval "$(fairtrial completion zsh)"
_fairtrial_experiments() {
  local -a keys
  keys=(experiments/*.yaml(N:t:r) experiments/archive/*.yaml(N:t:r))
  compadd -- \${keys:#project}
}
_fairtrial() {
  local -a commands
  commands=(
${listed.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join("\n")}
  esac
}
compdef _fairtrial fairtrial
`;
}

function optionSpecs({ names, description, takes }: CompletedOption): readonly string[] {
  const told = description.replace(/[[\]\\:]/g, "\\$&");
  const value = typeof takes === "string" ? VALUES[takes] : `:value:(${takes.join(" ")})`;
  return names.map((name) => zshWord(`*${name}[${told}]${value}`));
}

function operandSpecs(operands: CompletedCommand["operands"]): readonly string[] {
  if (operands === "nothing") return [];
  if (operands === "experiments") return [zshWord("*:experiment:_fairtrial_experiments")];
  return [zshWord(operands === "files" ? "*:file:_files" : `1:value:(${operands.join(" ")})`)];
}

const VALUES = { nothing: "", folder: ":folder:_files -/", file: ":file:_files", text: ":value: " } as const;

function zshWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
