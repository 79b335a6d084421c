import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

export interface OutputFile {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** What stands in a folder beside what should. */
export interface FolderDifference {
  readonly missing: readonly string[];
  readonly changed: readonly string[];
  /** Files that should not be there. */
  readonly extra: readonly string[];
}

/** Compares a folder with the files that should be in it. */
export function compareFolder(folder: string, files: readonly OutputFile[]): FolderDifference {
  const present = new Set(listFolder(folder));
  const wanted = new Set(files.map(({ path }) => path));
  return {
    missing: files.filter(({ path }) => !present.has(path)).map(({ path }) => path),
    changed: files
      .filter(({ path, text }) => present.has(path) && readFileSync(join(folder, path), "utf8") !== text)
      .map(({ path }) => path),
    extra: [...present].filter((path) => !wanted.has(path)),
  };
}

/** Puts a folder in place whole: staged beside it, then swapped, so that a reader never sees half of it. */
export function writeFolder(folder: string, files: readonly OutputFile[]): void {
  const staged = `${folder}.${randomUUID()}.new`;
  const old = `${folder}.${randomUUID()}.old`;
  mkdirSync(dirname(folder), { recursive: true });
  try {
    for (const parent of new Set(files.map(({ path }) => dirname(join(staged, path)))))
      mkdirSync(parent, { recursive: true });
    for (const { path, text } of files) writeFileSync(join(staged, path), text);
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(staged, folder);
  } catch (error) {
    if (!existsSync(folder) && existsSync(old)) renameSync(old, folder);
    throw error;
  } finally {
    rmSync(staged, { recursive: true, force: true });
    if (existsSync(folder)) rmSync(old, { recursive: true, force: true });
  }
}

/** Those of the files that do not hold `mark`, so that nothing of a person's is deleted or replaced. */
export function foreignFiles(folder: string, paths: readonly string[], mark: string): readonly string[] {
  return paths.filter((path) => !readFileSync(join(folder, path), "utf8").includes(mark));
}

/** All files below a folder, relative to it, sorted; none where it does not exist. */
export function listFolder(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
