import { join } from "node:path";
import { type Compilation, compile, type FileReading, readFile, type SourceFile } from "../compile.ts";
import { listProjectFiles, readProjectFile } from "./project-files.ts";

/** A project that is compiled again and again; only what changed is read again. */
export interface WatchedProject {
  /** `changed` are paths on disk; null: all may have changed. */
  compile(changed: ReadonlySet<string> | null): Compilation;
}

export function openWatchedProject(root: string): WatchedProject {
  let sources = new Map<string, SourceFile>();
  const readings = new WeakMap<SourceFile, { readonly reading: FileReading | null }>();

  function readOnce(source: SourceFile): FileReading | null {
    const known = readings.get(source);
    if (known) return known.reading;
    const reading = readFile(source);
    readings.set(source, { reading });
    return reading;
  }

  return {
    compile(changed) {
      const read = (path: string) => {
        const known = changed?.has(join(root, path)) === false ? sources.get(path) : undefined;
        return known ?? readProjectFile(root, path);
      };
      sources = new Map(listProjectFiles(root).map((path) => [path, read(path)]));
      return compile([...sources.values()], readOnce);
    },
  };
}
