/** Exit codes: warnings and any verdict are 0. */
export const EXIT = {
  done: 0,
  /** Errors in the files; bad or missing data. */
  findings: 1,
  /** Unknown option or key, no project, a place that cannot be read or written. */
  usage: 2,
  /** Nothing wrong, and something changes: only where `--detailed-exitcode` asks. */
  changes: 3,
  /** Our own fault. */
  bug: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command was called in a way that cannot work; its message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
