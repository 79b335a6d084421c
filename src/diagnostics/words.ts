/** An error refuses the command; warnings and notes never do. */
export type Severity = "error" | "warning" | "note";

export type ArgumentValue = string | number | readonly string[];
export type Arguments = Readonly<Record<string, ArgumentValue>>;

/** The wording of one code. `message` says what was found, `help` what to do about it. */
export interface Words<A extends Arguments> {
  readonly severity: Severity;
  /** The problem in general, for lists and documentation. */
  readonly title: string;
  message(args: A): string;
  help?(args: A): string;
}

/** Fixes the type of a code's arguments. */
export function words<A extends Arguments>(entry: Words<A>): Words<A> {
  return entry;
}
