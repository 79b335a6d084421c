import { type Dirent, existsSync, lstatSync, readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { SourceFile } from "../compile.ts";
import { UsageError } from "./exit.ts";

/** Where the experiments lie, below the root folder. */
const FOLDER = "experiments";

/** The nearest folder, from `start` upwards, that holds `experiments/project.yaml`. */
export function findRoot(start: string): string {
  const from = resolve(start);
  if (!existsSync(from) || !statSync(from).isDirectory()) throw new UsageError(`there is no folder ${start}`);
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, FOLDER, "project.yaml"))) return folder;
    if (dirname(folder) === folder) break;
  }
  throw new UsageError(
    `no ${FOLDER}/project.yaml in ${from} or above it; go to a project, or name one with --cwd <folder>`,
  );
}

/** Every file below `experiments/`, in a stable order. Links are among them, and not followed. */
export function readProjectFiles(root: string): readonly SourceFile[] {
  return list(root, FOLDER)
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((listed) => read(root, listed));
}

/** The paths of those files, relative to the root folder. */
export function listProjectFiles(root: string): readonly string[] {
  return list(root, FOLDER)
    .map(({ path }) => path)
    .sort();
}

/** One of them; null where there is none, or a folder. */
export function readProjectFile(root: string, path: string): SourceFile | null {
  const entry = lstatSync(join(root, path), { throwIfNoEntry: false });
  return entry && isListed(entry) ? read(root, { path, isLink: entry.isSymbolicLink() }) : null;
}

interface Listed {
  readonly path: string;
  readonly isLink: boolean;
}

function read(root: string, { path, isLink }: Listed): SourceFile {
  return isLink ? { path, text: "", isLink } : { path, bytes: readFileSync(join(root, path)) };
}

function list(root: string, folder: string): Listed[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return list(root, path);
    return isListed(entry) ? [{ path, isLink: entry.isSymbolicLink() }] : [];
  });
}

function isListed(entry: Dirent | Stats): boolean {
  return entry.isFile() || entry.isSymbolicLink();
}
