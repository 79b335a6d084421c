import type { ReadFile } from "../compile.ts";
import { cacheFolder } from "./cache-folder.ts";
import { cacheKey, programIdentity } from "./cache-key.ts";
import type { OutcomeCache } from "./outcome-cache.ts";

/** A reader of a project's files, which may know them from an earlier run. */
export interface ProjectReader {
  readonly read: ReadFile;
  /** Keeps what it read for later runs. */
  save(): void;
}

/** Fewer files are read as quickly as a cache of them. */
const FEWEST = 100;

/** Opens the reader for a project of so many files. */
export async function openProjectReader(root: string, count: number): Promise<ProjectReader> {
  const { createReader, rememberEntries } = await import("../compile.ts");
  const folder = count < FEWEST ? null : cacheFolder(root);
  if (folder === null) return { read: createReader(), save: () => {} };
  const { openValueCache } = await import("./value-cache.ts");
  const cache = openValueCache(folder, rememberEntries());
  return { read: createReader(cache.read), save: cache.save };
}

/** Opens what is kept of the last compilation of a project of so many files; null where nothing is to be kept, or cannot. */
export async function openOutcomes(root: string, count: number): Promise<OutcomeCache | null> {
  const folder = count < FEWEST ? null : cacheFolder(root);
  const identity = folder === null ? null : programIdentity();
  const key = identity === null ? null : cacheKey();
  if (folder === null || identity === null || key === null) return null;
  const { openOutcomeCache } = await import("./outcome-cache.ts");
  return openOutcomeCache(folder, key, identity);
}
