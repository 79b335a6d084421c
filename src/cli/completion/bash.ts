import { type CompletedCommand, completedNames, takers } from "./command-table.ts";

/** Completion for bash 3.2 and newer; complete without the bash-completion package. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const words = (list: readonly string[]) => list.map(bashWord).join(" ");
  const cases = commands.map((command) => {
    const values = takers(command).map(({ names, takes }) => {
      const reply = typeof takes === "string" ? PATHS[takes] : `_fairtrial_words ${words(takes)}`;
      return `        ${names.join("|")}) ${reply}; return ;;`;
    });
    const operands =
      typeof command.operands === "string"
        ? OPERANDS[command.operands]
        : `_fairtrial_words ${words(command.operands)}`;
    return [
      `    ${command.name})`,
      ...(values.length > 0 ? ["      case $previous in", ...values, "      esac"] : []),
      `      if [[ $current == -* ]]; then _fairtrial_words ${words(completedNames(command))}; else ${operands}; fi ;;`,
    ].join("\n");
  });
  return `# fairtrial completion for bash: eval "$(fairtrial completion bash)"
_fairtrial_words() {
  local word
  for word in "$@"; do [[ $word == "$current"* ]] && COMPREPLY+=("$word"); done
}
_fairtrial_paths() {
  local path
  while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$1" -- "$current")
}
_fairtrial_experiments() {
  local path keys=()
  for path in experiments/*.yaml experiments/archive/*.yaml; do
    path=\${path##*/}
    path=\${path%.yaml}
    [[ $path == '*' || $path == project ]] || keys+=("$path")
  done
  _fairtrial_words "\${keys[@]}"
}
_fairtrial() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _fairtrial_words ${words(commands.map(({ name }) => name))} --help --version
    return
  fi
  case $command in
${cases.join("\n")}
  esac
}
complete -o filenames -F _fairtrial fairtrial
`;
}

const PATHS = {
  nothing: ":",
  folder: "_fairtrial_paths -d",
  file: "_fairtrial_paths -f",
  text: ":",
} as const;

const OPERANDS = {
  nothing: ":",
  experiments: "_fairtrial_experiments",
  files: "_fairtrial_paths -f",
} as const;

function bashWord(text: string): string {
  return /^[\w-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
