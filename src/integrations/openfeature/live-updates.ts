import type { ConfigurationState } from "./options.ts";

/** As much as is used of what a live manifest reports. */
interface Reported {
  readonly kind: string;
  readonly reason?: string;
  readonly [detail: string]: unknown;
}

/** A live manifest on one side, a provider on the other. */
export interface LiveUpdates {
  /** For `createLive`. */
  report(event: Reported): void;
  /** For a provider. */
  updates(tell: (state: ConfigurationState) => void): () => void;
}

/**
 * Tells providers what a live manifest reports: a new manifest is a change, one that cannot be fetched or used
 * makes what there is stale, until the next answer.
 */
export function createLiveUpdates(): LiveUpdates {
  const listeners = new Set<(state: ConfigurationState) => void>();
  let stale = false;
  const tellAll = (state: ConfigurationState) => {
    for (const tell of listeners) tell(state);
  };
  return {
    report({ kind, reason }) {
      const failed = kind === "refused" || (kind === "failed" && reason !== "store");
      const answered = kind === "updated" || kind === "unchanged";
      if (failed && !stale) tellAll("stale");
      if (answered && stale) tellAll("current");
      if (failed || answered) stale = failed;
      if (kind === "updated") tellAll("changed");
    },
    updates(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
}
