import { randomUUID } from "node:crypto";
import { chmodSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { UsageError } from "./exit.ts";

/**
 * Puts another text in a file's place, at once: a reader sees the old text or the new one. Its permissions stay.
 * Refuses where the file is not what `before` says any more, because then somebody else is writing it.
 */
export function replaceFile(path: string, before: string, after: string): void {
  if (readFileSync(path, "utf8") !== before) {
    throw new UsageError(`${path} changed while it was being worked on; run the command again`);
  }
  const staged = `${path}.${randomUUID()}.new`;
  try {
    writeFileSync(staged, after);
    chmodSync(staged, statSync(path).mode);
    renameSync(staged, path);
  } finally {
    rmSync(staged, { force: true });
  }
}
