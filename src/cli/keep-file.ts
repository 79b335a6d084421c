import { randomUUID } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Puts a file of a cache in place at once, so that another run reads the old one or the new one. A cache that cannot be
 * written is none, and nobody's problem.
 */
export function keepFile(folder: string, name: string, content: string | Uint8Array): void {
  const path = join(folder, name);
  const staged = `${path}.${randomUUID()}.new`;
  const stored = attempt(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(staged, content, { mode: 0o600 });
    renameSync(staged, path);
    return true;
  });
  if (!stored) attempt(() => rmSync(staged, { force: true }));
}

/** Null where the disk refuses. */
export function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}
