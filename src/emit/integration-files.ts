import { copiedFile, relativeImports } from "./copied-file.ts";
import type { RuntimeSource } from "./runtime-files.ts";
import type { EmittedFile, ImportStyle } from "./source-file.ts";

/**
 * The integrations that a project asks for as they stand beside its runtime, and the folders that these share.
 * `sources` are the files of `src/integrations`, by paths relative to it.
 */
export function integrationFiles(
  names: readonly string[],
  sources: readonly RuntimeSource[],
  style: ImportStyle,
): readonly EmittedFile[] {
  const wanted = new Set(names);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const name of wanted) {
    const files = filesOf(name, sources);
    if (files.length === 0) throw new Error(`there is no integration ${name}`);
    for (const other of files.flatMap(foldersBeside)) wanted.add(other);
  }
  return [...wanted].flatMap((name) =>
    filesOf(name, sources).map(({ path, text }) => copiedFile(`integrations/${path}`, text, style)),
  );
}

function filesOf(name: string, sources: readonly RuntimeSource[]): readonly RuntimeSource[] {
  return sources.filter(({ path }) => path.startsWith(`${name}/`));
}

/** Folders of other integrations, which a file imports as `../<name>/…`. */
function foldersBeside({ text }: RuntimeSource): readonly string[] {
  return relativeImports(text).flatMap((module) => /^\.\.\/([\w-]+)\//.exec(module)?.[1] ?? []);
}
