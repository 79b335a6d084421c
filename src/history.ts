import { classify } from "./syntax/classify.ts";
import { type FileReading, readFile } from "./syntax/read-file.ts";
import type { SourceFile } from "./syntax/source-file.ts";

/** One file that a commit changed. `path` is relative to the project's root folder. */
export interface FileChange {
  readonly path: string;
  /** Ids of its contents; null where there was, or is, no such file. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface Revision {
  readonly commit: string;
  /** When it was committed, in milliseconds since 1970; null for a date that no calendar holds. */
  readonly date: number | null;
  readonly changes: readonly FileChange[];
}

/** The port to the history of a project's files. */
export interface History {
  /** Whether its beginning is cut off. */
  readonly shallow: boolean;
  /** The files at its newest commit: ids of contents by path. */
  readonly head: ReadonlyMap<string, string>;
  /** The commits that changed a file, newest first, in batches. */
  revisions(): AsyncIterable<readonly Revision[]>;
  /** Contents by id. One that is absent cannot be read. */
  read(ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
}

/** What a commit changed that has to do with some experiments. */
export interface Touched {
  /** Keys of the experiments whose own files it changed. */
  readonly experiments: ReadonlySet<string>;
  readonly metrics: ReadonlySet<string>;
  /** Whether it changed what any experiment may draw on: the project or an audience. */
  readonly everything: boolean;
}

/** The files of some experiments, and all that they may draw on, as they stood at one commit, going back. */
export interface Snapshot {
  /** Reads what the snapshot holds, and what going back over these revisions will bring. */
  fetch(revisions: readonly Revision[]): Promise<void>;
  touched(revision: Revision): Touched;
  undo(revision: Revision): void;
  has(experiment: string): boolean;
  /** The project's files without those of other experiments. */
  sources(experiments: readonly string[]): readonly SourceFile[];
  /** Parses each content once. */
  parse(source: SourceFile): FileReading | null;
}

/** No text in UTF-8: a content that cannot be read is a file with a problem. */
const UNREADABLE = Uint8Array.of(0xff);

/** The snapshot of the newest commit, as far as it concerns `experiments`. */
export function openSnapshot(history: History, experiments: ReadonlySet<string>): Snapshot {
  /** Ids by path; experiments by key, all else under the empty key. */
  const files = new Map<string, Map<string, string>>();
  const contents = new Map<string, Uint8Array>();
  const sources = new Map<string, SourceFile>();
  const readings = new Map<SourceFile, FileReading | null>();

  const put = (path: string, id: string | null) => {
    const group = groupOf(path, experiments);
    if (group === null) return;
    const paths = files.get(group) ?? new Map<string, string>();
    files.set(group, paths);
    if (id === null) paths.delete(path);
    else paths.set(path, id);
  };
  const sourceOf = ([path, id]: readonly [string, string]): SourceFile => {
    const name = `${id} ${path}`;
    const source = sources.get(name) ?? { path, bytes: contents.get(id) ?? UNREADABLE };
    sources.set(name, source);
    return source;
  };

  for (const [path, id] of history.head) put(path, id);
  return {
    async fetch(revisions) {
      const earlier = revisions
        .flatMap(({ changes }) => changes.filter(({ path }) => groupOf(path, experiments) !== null))
        .flatMap(({ before }) => before ?? []);
      const present = [...files.values()].flatMap((paths) => [...paths.values()]);
      const missing = [...present, ...earlier].filter((id) => !contents.has(id));
      const found = await history.read(missing);
      for (const id of missing) contents.set(id, found.get(id) ?? UNREADABLE);
    },
    touched: ({ changes }) => touchedBy(changes, experiments),
    undo({ changes }) {
      for (const { path, before } of changes) put(path, before);
    },
    has: (experiment) => (files.get(experiment)?.size ?? 0) > 0,
    sources: (keys) => ["", ...keys].flatMap((key) => [...(files.get(key) ?? [])].map(sourceOf)),
    parse(source) {
      const known = readings.get(source);
      if (known !== undefined) return known;
      const reading = readFile(source);
      readings.set(source, reading);
      return reading;
    },
  };
}

/** The key of a wanted experiment, empty for what experiments may draw on; null for any other file. */
function groupOf(path: string, experiments: ReadonlySet<string>): string | null {
  const classified = classify(path);
  if (classified === null || classified.kind === null) return null;
  if (classified.kind !== "experiment") return "";
  return experiments.has(classified.key) ? classified.key : null;
}

function touchedBy(changes: readonly FileChange[], experiments: ReadonlySet<string>): Touched {
  const files = changes.flatMap(({ path }) => classify(path) ?? []);
  const keysOf = (kind: string) => files.filter((file) => file.kind === kind).map(({ key }) => key);
  return {
    experiments: new Set(keysOf("experiment").filter((key) => experiments.has(key))),
    metrics: new Set(keysOf("metric")),
    everything: files.some(({ kind }) => kind === "project" || kind === "audience"),
  };
}
