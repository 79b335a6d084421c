import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { SourceFile } from "../compile.ts";
import type { Outcome } from "../recall.ts";
import { attempt, keepFile } from "./keep-file.ts";

/** The outcome of the last compilation without errors, for the commands that follow on the same files. */
export interface OutcomeCache {
  /** Null where these are not the files that it is of, or anybody but this program and user wrote it. */
  read(files: readonly SourceFile[]): Outcome | null;
  save(files: readonly SourceFile[], outcome: Outcome): void;
}

const FILE = "outcome";
const SEAL = 32;

/**
 * Opens the cache in a folder. Its file is sealed over its content, the files that it is of and the program: without the
 * key nobody can write one that is read, and one that is read is never out of date.
 *
 * @param identity Tells the program from other versions of it.
 */
export function openOutcomeCache(folder: string, key: Uint8Array, identity: string): OutcomeCache {
  const path = join(folder, FILE);
  const seal = (files: readonly SourceFile[], body: Uint8Array) =>
    createHmac("sha256", key)
      .update(`${process.versions.v8}\n${identity}\n${fingerprint(files)}\n`)
      .update(body)
      .digest();
  return {
    read(files) {
      const content = attempt(() => readFileSync(path));
      if (content === null || content.length < SEAL) return null;
      const body = content.subarray(SEAL);
      return timingSafeEqual(content.subarray(0, SEAL), seal(files, body))
        ? (deserialize(body) as Outcome)
        : null;
    },
    save(files, { project, diagnostics }) {
      const body = serialize({ project, diagnostics });
      keepFile(folder, FILE, Buffer.concat([seal(files, body), body]));
    },
  };
}

/** A hash of the paths and contents of files, in their order. */
function fingerprint(files: readonly SourceFile[]): string {
  const sum = createHash("sha256");
  for (const file of files) {
    const content = "bytes" in file ? file.bytes : Buffer.from(file.text, "utf16le");
    sum.update(JSON.stringify([file.path, file.isLink ?? false, content.length])).update(content);
  }
  return sum.digest("hex");
}
