import type { Arm, Experiment, Live, Manifest, ManifestExperiment } from "../../runtime/index.ts";
import { type Fetch, type FetchFailure, fetchManifest } from "./fetch-manifest.ts";
import { overlay } from "./overlay.ts";
import { readManifest } from "./read-manifest.ts";

export interface LiveOptions {
  /** Where CI publishes `manifest.json`. No redirect is followed: name the address itself. */
  readonly url: string;
  /** Milliseconds from one look to the next, give or take a fifth. Default 60,000. */
  readonly every?: number;
  /** Milliseconds that a look may last. Default 10,000. */
  readonly timeout?: number;
  /** Bytes that a manifest may have. Default 10,000,000: some ten thousand experiments. */
  readonly maximumBytes?: number;
  /** Headers of the request besides `Accept` and `If-None-Match`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the last good manifest is kept between runs. Default: nowhere. */
  readonly store?: ManifestStore;
  /** Is told what happens. What it throws is passed over. */
  readonly report?: (event: LiveEvent) => void;
  /** Default: the platform's. */
  readonly fetch?: Fetch;
  /** Runs something later; gives what calls it off. Default: the platform's timers, which keep no process alive. */
  readonly schedule?: (run: () => void, milliseconds: number) => () => void;
  /** From 0 up to 1. Default `Math.random`. */
  readonly random?: () => number;
}

export interface ManifestStore {
  load(): string | null | undefined | Promise<string | null | undefined>;
  save(text: string): void | Promise<void>;
}

export type LiveEvent =
  /** A manifest is in use from now on. */
  | { readonly kind: "updated"; readonly contentHash: string; readonly from: "network" | "store" }
  /** The manifest in use is still what the server has. */
  | { readonly kind: "unchanged" }
  /** The server could not be asked; what was in use stays. */
  | { readonly kind: "failed"; readonly reason: FetchFailure | "store"; readonly detail: string }
  /** What came is no manifest that can be used; what was in use stays. */
  | { readonly kind: "refused"; readonly from: "network" | "store"; readonly problems: readonly string[] }
  /** The manifest's entry is another experiment than the compiled one; told once per manifest. */
  | { readonly kind: "incompatible"; readonly experiment: string; readonly differences: readonly string[] };

/** A live manifest, as `createExperiments` takes it. No method throws or rejects. */
export interface LiveManifest extends Live {
  /** Begins to look: the store first, then the server, then again and again. Resolves after the first answer. */
  start(): Promise<void>;
  /** Looks now; resolves when the answer is in use. */
  refresh(): Promise<void>;
  /** Stops looking. What is in use stays. */
  close(): void;
  /** The content hash of the manifest in use; null before there is one. */
  contentHash(): string | null;
}

const SHORTEST_WAIT = 1_000;

/**
 * Keeps what compiled experiments do to what the manifest says now: who is enrolled, who is held out, what is
 * stopped. It can give nobody an arm that is not compiled, nor another than chance gave before.
 */
export function createLive(options: LiveOptions): LiveManifest {
  const { url, every = 60_000, timeout = 10_000, maximumBytes = 10_000_000, headers = {}, store } = options;
  const { fetch = globalThis.fetch, schedule = later, random = Math.random } = options;
  const closing = new AbortController();
  let entries: ReadonlyMap<string, ManifestExperiment> | null = null;
  /** By compiled experiment, of the manifest in use. */
  let overlays = new WeakMap<object, unknown>();
  let contentHash: string | null = null;
  let etag: string | null = null;
  let looking: Promise<number> | null = null;
  let cancel = () => {};

  function report(event: LiveEvent): void {
    try {
      options.report?.(event);
    } catch {
      // Whoever listens does not break what is told.
    }
  }

  function use(manifest: Manifest, from: "network" | "store"): void {
    if (manifest.contentHash === contentHash) {
      report({ kind: "unchanged" });
      return;
    }
    entries = new Map(manifest.experiments.map((entry) => [entry.key, entry]));
    overlays = new WeakMap();
    contentHash = manifest.contentHash;
    report({ kind: "updated", contentHash, from });
  }

  /** Gives the milliseconds for which the server wants to be left alone. */
  async function look(): Promise<number> {
    const { signal } = closing;
    const outcome = await fetchManifest({
      url,
      headers,
      etag,
      timeout,
      maximumBytes,
      fetch,
      schedule,
      signal,
    });
    if (signal.aborted) return 0;
    if (outcome.kind === "not-modified") report({ kind: "unchanged" });
    if (outcome.kind === "failed") {
      const { reason, detail, retryAfter } = outcome;
      report({ kind: "failed", reason, detail });
      return retryAfter;
    }
    if (outcome.kind !== "body") return 0;
    const { manifest, problems } = await readManifest(outcome.text);
    if (signal.aborted) return 0;
    if (!manifest) {
      report({ kind: "refused", from: "network", problems });
      return 0;
    }
    const isNew = manifest.contentHash !== contentHash;
    etag = outcome.etag;
    use(manifest, "network");
    if (isNew) await save(outcome.text);
    return 0;
  }

  /** One look at a time: who asks meanwhile waits for it. */
  function lookOnce(): Promise<number> {
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  }

  async function save(text: string): Promise<void> {
    try {
      await store?.save(text);
    } catch (error) {
      report({ kind: "failed", reason: "store", detail: String(error) });
    }
  }

  async function restore(): Promise<void> {
    try {
      const text = await store?.load();
      if (!text) return;
      const { manifest, problems } = await readManifest(text);
      if (!manifest) report({ kind: "refused", from: "store", problems });
      else if (contentHash === null) use(manifest, "store");
    } catch (error) {
      report({ kind: "failed", reason: "store", detail: String(error) });
    }
  }

  async function lookAgain(): Promise<void> {
    const leftAlone = await lookOnce();
    if (closing.signal.aborted) return;
    cancel();
    const wait = every * (0.8 + 0.4 * random());
    cancel = schedule(() => void lookAgain(), Math.max(wait, leftAlone, SHORTEST_WAIT));
  }

  function overlayNow<A extends Arm, Context>(compiled: Experiment<A, Context>): Experiment<A, Context> {
    const entry = entries?.get(compiled.key);
    const made = entry ? overlay(compiled, entry) : { experiment: compiled, differences: [] };
    overlays.set(compiled, made.experiment);
    if (made.differences.length > 0)
      report({ kind: "incompatible", experiment: compiled.key, differences: made.differences });
    return made.experiment;
  }

  return {
    current(compiled) {
      if (entries === null) return compiled;
      return (overlays.get(compiled) as typeof compiled | undefined) ?? overlayNow(compiled);
    },
    async start() {
      await restore();
      if (!closing.signal.aborted) await lookAgain();
    },
    async refresh() {
      if (!closing.signal.aborted) await lookOnce();
    },
    close() {
      closing.abort();
      cancel();
    },
    contentHash: () => contentHash,
  };
}

function later(run: () => void, milliseconds: number): () => void {
  const timer: unknown = setTimeout(run, milliseconds);
  // Node's timers would keep the process alive; browsers have numbers.
  if (typeof timer === "object") (timer as { unref?(): void } | null)?.unref?.();
  return () => clearTimeout(timer as ReturnType<typeof setTimeout>);
}
