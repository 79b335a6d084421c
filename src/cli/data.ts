import { realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { Project } from "../compile.ts";

/** What a source of the warehouse reads: its key, and patterns relative to the project's root folder. */
interface SourcePatterns {
  readonly source: string;
  readonly patterns: readonly string[];
}

/** The sources of files that a project declares; none without a warehouse. */
export function sourcesOf({ warehouse }: Project): readonly SourcePatterns[] {
  if (!warehouse) return [];
  const { layout } = warehouse;
  const sources =
    layout.kind === "per-unit"
      ? [{ key: "perUnit", from: layout.from }]
      : [{ key: "exposures", from: layout.exposures.from }, ...layout.events];
  return sources.flatMap(({ key, from }) =>
    from.kind === "files" ? [{ source: key, patterns: from.patterns }] : [],
  );
}

/** The files that each source's patterns name, absolute and sorted. None that a link finds outside the root folder. */
export async function findDataFiles(
  root: string,
  project: Project,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { glob } = await import("tinyglobby");
  const files = new Map<string, readonly string[]>();
  const home = join(realpathSync(root), sep);
  for (const { source, patterns } of sourcesOf(project)) {
    const options = { cwd: root, absolute: true, onlyFiles: true, followSymbolicLinks: false };
    const found = await glob([...patterns], { ...options, expandDirectories: false });
    const below = found.map((path) => resolve(path)).filter((path) => realpathSync(path).startsWith(home));
    files.set(source, [...new Set(below)].sort());
  }
  return files;
}

/** A file's path as people name it: relative to the root folder where it lies below it. */
export function displayPath(root: string, path: string): string {
  const short = relative(root, path);
  return short.startsWith("..") ? path : short.split(sep).join("/");
}
