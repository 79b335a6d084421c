import { UsageError } from "./exit.ts";

/** Where output goes: results to stdout, progress and logs to stderr. */
export interface Terminal {
  readonly color: boolean;
  /** Columns of the terminal, or of a page where there is none. */
  readonly width: number;
  /** Whether a person watches stderr. */
  readonly watched: boolean;
  print(text: string): void;
  log(text: string): void;
  /** Asks the person; an empty answer gives the fallback. Absent where nobody can answer. */
  readonly ask?: (question: string, fallback: string) => Promise<string>;
}

/** The process's own streams. NO_COLOR, FORCE_COLOR and TERM=dumb are honoured. */
export function openTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  const answered = Boolean(stdin.isTTY && stderr.isTTY) && !env.CI;
  return {
    color: wantsColor(env, stdout.isTTY),
    width: stdout.columns || stderr.columns || 100,
    watched: Boolean(stderr.isTTY) && env.TERM !== "dumb" && !env.CI,
    print: (text) => void stdout.write(text.endsWith("\n") ? text : `${text}\n`),
    log: (text) => void stderr.write(text.endsWith("\n") ? text : `${text}\n`),
    ...(answered && { ask }),
  };
}

async function ask(question: string, fallback: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const left = new Promise<never>((_, refuse) => {
      lines.once("close", () => refuse(new UsageError("nothing was written")));
    });
    const hint = fallback === "" ? "" : ` (${fallback})`;
    return (await Promise.race([lines.question(`${question}${hint}: `), left])).trim() || fallback;
  } finally {
    lines.close();
  }
}

function wantsColor(env: NodeJS.ProcessEnv, isTerminal: boolean | undefined): boolean {
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "0") return true;
  if (env.NO_COLOR || env.FORCE_COLOR === "0" || env.TERM === "dumb") return false;
  return Boolean(isTerminal);
}
