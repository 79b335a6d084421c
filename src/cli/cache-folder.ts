import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/** What switches the cache off, or names its folder. */
const VARIABLE = "FAIRTRIAL_CACHE";

/**
 * Where what can be found out again is kept for a project: beside its dependencies, as many tools do, or where it has
 * none in the user's own folder. Null where nothing is to be kept.
 */
export function cacheFolder(root: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const wanted = env[VARIABLE];
  if (wanted === "off") return null;
  if (wanted) return resolve(root, wanted);
  const dependencies = join(root, "node_modules");
  if (existsSync(dependencies)) return join(dependencies, ".cache", "fairtrial");
  const folder = usersFolder(env);
  return folder && join(folder, "fairtrial", createHash("sha256").update(root).digest("hex").slice(0, 32));
}

/** The user's own folder for caches. */
export function usersFolder(env: NodeJS.ProcessEnv): string | null {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = env;
  if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  if (process.platform === "win32") return LOCALAPPDATA ? join(LOCALAPPDATA, "Cache") : null;
  const home = env.HOME || homedir();
  return process.platform === "darwin" ? join(home, "Library", "Caches") : join(home, ".cache");
}
