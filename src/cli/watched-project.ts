import { relative, sep } from "node:path";
import { type Compilation, compile, createReader, type FileReading, type SourceFile } from "../compile.ts";
import { listProjectFiles, readProjectFile } from "./project-files.ts";
import { openProjectReader } from "./project-reader.ts";

/** A project that is compiled again and again; only what changed is read and looked at again. */
export interface WatchedProject {
  /** `changed` are paths on disk; null: all may have changed. */
  compile(changed: ReadonlySet<string> | null): Compilation;
}

interface WatchedFile {
  readonly source: SourceFile;
  /** Absent before it is read. */
  reading?: FileReading | null;
}

export async function openWatchedProject(root: string): Promise<WatchedProject> {
  const first = await openProjectReader(root, listProjectFiles(root).length);
  const later = createReader();
  let files = new Map<string, WatchedFile>();
  let before: Compilation | null = null;

  function read(path: string): readonly (readonly [string, WatchedFile])[] {
    const source = readProjectFile(root, path);
    return source === null ? [] : [[path, { source }]];
  }

  /** Those that were there and those that are new, in the order of their paths. */
  function refresh(changed: ReadonlySet<string> | null): Map<string, WatchedFile> {
    const again = changed && new Set([...changed].map((path) => relative(root, path).split(sep).join("/")));
    const fresh = new Map([...(again ?? [])].flatMap(read));
    const isSame = again !== null && [...again].every((path) => files.has(path) && fresh.has(path));
    const paths = isSame ? [...files.keys()] : listProjectFiles(root);
    return new Map(
      paths.flatMap((path) => {
        const known = again === null || again.has(path) ? fresh.get(path) : files.get(path);
        return known ? [[path, known] as const] : read(path);
      }),
    );
  }

  return {
    compile(changed) {
      files = refresh(changed);
      const reader = before === null ? first.read : later;
      const readOne = (source: SourceFile) => {
        const file = files.get(source.path)!;
        if (file.reading === undefined) file.reading = reader(source);
        return file.reading;
      };
      const sources = [...files.values()].map(({ source }) => source);
      const compilation = compile(sources, readOne, before);
      if (before === null) first.save();
      before = compilation;
      return compilation;
    },
  };
}
