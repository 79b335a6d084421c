import { hash, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { usersFolder } from "./cache-folder.ts";

const BYTES = 32;

/**
 * The user's own key, by which a file in a cache is known as written by this user on this machine: a repository, or
 * whoever fills a folder of it, does not have it. Made when it is first asked for. Null where it cannot be kept to the user.
 */
export function cacheKey(env: NodeJS.ProcessEnv = process.env): Buffer | null {
  const folder = usersFolder(env);
  if (folder === null) return null;
  const path = join(folder, "fairtrial", "key");
  try {
    return readKey(path) ?? createKey(path);
  } catch {
    return null;
  }
}

/** Null where there is none; throws where somebody else may know it. */
function readKey(path: string): Buffer | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return null;
  const isOwn =
    process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o077) === 0);
  const key = readFileSync(path);
  if (!isOwn || key.length !== BYTES) throw new Error(`${path} is not the user's own key`);
  return key;
}

function createKey(path: string): Buffer | null {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, randomBytes(BYTES), { mode: 0o600, flag: "wx" });
  return readKey(path);
}

/** What tells this build of the program from every other; null where it runs from its source, which changes. */
export function programIdentity(folder: string = import.meta.dirname): string | null {
  const files = readdirSync(folder).sort();
  // The names of all files but this one hold hashes of their content.
  return files.includes("main.js")
    ? hash("sha256", `${files.join("\n")}\n${readFileSync(join(folder, "main.js"), "utf8")}`)
    : null;
}
