import type { ReadFile } from "../compile.ts";
import { cacheFolder } from "./cache-folder.ts";

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
