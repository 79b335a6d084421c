import { type FSWatcher, readdirSync, watch } from "node:fs";
import { join } from "node:path";
import { UsageError } from "./exit.ts";

/** Milliseconds of silence after which a burst of changes is over: editors write a file in several steps. */
const SILENCE = 30;

interface Watch {
  close(): void;
}

/**
 * Calls with the paths that changed below a folder, joined to it, once they have settled. Null: anything may
 * have changed. Folders that come and go are followed; links are not. `onError` gets what either of them throws.
 */
export function watchFolder(
  folder: string,
  onChange: (paths: ReadonlySet<string> | null) => void,
  onError: (error: Error) => void,
): Watch {
  const watchers = new Map<string, FSWatcher>();
  let changed: Set<string> | null = new Set();
  let timer: NodeJS.Timeout | null = null;

  function note(path: string | null) {
    if (path === null) changed = null;
    else changed?.add(path);
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      const paths = changed;
      changed = new Set();
      try {
        onChange(follow(folder) ? null : paths);
      } catch (error) {
        onError(error as Error);
      }
    }, SILENCE);
  }

  /** Watches the folders below that are not watched yet; whether there were any. */
  function follow(parent: string): boolean {
    let found = false;
    if (!watchers.has(parent)) {
      try {
        const watcher = watch(parent, (_, name) => note(name === null ? null : join(parent, name)));
        watcher.on("error", () => {
          forget(parent);
          note(null);
        });
        watchers.set(parent, watcher);
        found = true;
      } catch (error) {
        // It went before it could be watched.
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
        throw new UsageError(`${parent} cannot be watched: ${(error as Error).message}`);
      }
    }
    for (const child of foldersIn(parent)) found = follow(child) || found;
    return found;
  }

  function forget(path: string) {
    watchers.get(path)?.close();
    watchers.delete(path);
  }

  follow(folder);
  return {
    close() {
      if (timer) clearTimeout(timer);
      for (const path of [...watchers.keys()]) forget(path);
    },
  };
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}
