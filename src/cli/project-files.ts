import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
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

/** Every file below `experiments/`, in a stable order. Links are not followed. */
export function readProjectFiles(root: string): readonly SourceFile[] {
  return listProjectFiles(root).map((path) => readProjectFile(root, path));
}

/** The paths of those files, relative to the root folder. */
export function listProjectFiles(root: string): readonly string[] {
  return list(join(root, FOLDER))
    .map((path) => relative(root, path).split(sep).join("/"))
    .sort();
}

export function readProjectFile(root: string, path: string): SourceFile {
  return { path, bytes: readFileSync(join(root, path)) };
}

function list(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? list(path) : entry.isFile() ? [path] : [];
  });
}
