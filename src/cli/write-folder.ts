import { randomUUID } from "node:crypto";
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
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
  /** Files, no links to some, that are what they should be. */
  readonly same: ReadonlySet<string>;
}

/** Compares a folder with the files that should be in it. */
export function compareFolder(folder: string, files: readonly OutputFile[]): FolderDifference {
  const present = new Map(entriesBelow(folder).map(({ path, isFile }) => [path, isFile]));
  const wanted = new Set(files.map(({ path }) => path));
  const missing: string[] = [];
  const changed: string[] = [];
  const same = new Set<string>();
  for (const { path, text } of files) {
    if (!present.has(path)) missing.push(path);
    else if (readFileSync(join(folder, path), "utf8") !== text) changed.push(path);
    else if (present.get(path)) same.add(path);
  }
  return { missing, changed, extra: [...present.keys()].filter((path) => !wanted.has(path)), same };
}

/**
 * Puts a folder in place whole: staged beside it, then swapped, so that a reader never sees half of it.
 *
 * @param same Files that stand in the folder as they should. They are taken over, and keep their dates.
 */
export function writeFolder(
  folder: string,
  files: readonly OutputFile[],
  same: ReadonlySet<string> = new Set(),
): void {
  const staged = `${folder}.${randomUUID()}.new`;
  const old = `${folder}.${randomUUID()}.old`;
  mkdirSync(dirname(folder), { recursive: true });
  try {
    for (const parent of new Set(files.map(({ path }) => dirname(join(staged, path)))))
      mkdirSync(parent, { recursive: true });
    for (const { path, text } of files)
      if (!same.has(path) || !link(join(folder, path), join(staged, path)))
        writeFileSync(join(staged, path), text);
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

/** One file under two names, until the first goes; false where the file system has no such thing. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

/** Those of the files that do not hold `mark`, so that nothing of a person's is deleted or replaced. */
export function foreignFiles(folder: string, paths: readonly string[], mark: string): readonly string[] {
  return paths.filter((path) => !readFileSync(join(folder, path), "utf8").includes(mark));
}

/** All files below a folder, relative to it, sorted; none where it does not exist. */
export function listFolder(folder: string): readonly string[] {
  return entriesBelow(folder).map(({ path }) => path);
}

function entriesBelow(folder: string): readonly { readonly path: string; readonly isFile: boolean }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => ({
      path: relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"),
      isFile: entry.isFile(),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
