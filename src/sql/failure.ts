/** The statement was stopped by `interrupt`. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor() {
    super("the query was interrupted");
  }
}

/** Where in a text file the engine stopped. */
export interface FailurePlace {
  readonly file: string;
  /** How many fields the line has, where the fault is their number. */
  readonly fields: number | null;
}

/** The engine refused a statement or failed in it; `message` is one line, in the engine's words or in ours. */
export class EngineFailure extends Error {
  override readonly name = "EngineFailure";
  /** Null where it is no line of a file that was wrong. */
  readonly at: FailurePlace | null;

  constructor(message: string, options: ErrorOptions & { readonly at?: FailurePlace | null } = {}) {
    super(message, options);
    this.at = options.at ?? null;
  }
}
