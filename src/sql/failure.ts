/** The statement was stopped by `interrupt`. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor() {
    super("the query was interrupted");
  }
}

/** The engine refused a statement or failed in it; `message` is one line of its own words. */
export class EngineFailure extends Error {
  override readonly name = "EngineFailure";
}
