import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder, writeFiles } from "../command-line.ts";

/** Files to write, or null to remove one. Paths are relative to the repository. */
export type Files = Readonly<Record<string, string | null>>;

/** A real git repository in a temporary folder, that nobody's settings reach. */
export interface Repository {
  readonly folder: string;
  git(...args: readonly string[]): string;
  write(files: Files): void;
  /** Writes files and commits all that changed; gives the commit. */
  commit(message: string, files?: Files): string;
}

/** A repository with one commit on `main`. */
export function openRepository(files: Files, folder: string = temporaryFolder()): Repository {
  let day = 0;
  const environment = {
    ...process.env,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
  };
  const settings = ["-c", "user.name=Tester", "-c", "user.email=tester@example.com"];
  const git = (...args: readonly string[]) => {
    const date = `2026-11-01T00:00:${String(day).padStart(2, "0")}Z`;
    return execFileSync("git", [...settings, ...args], {
      cwd: folder,
      encoding: "utf8",
      env: { ...environment, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  };
  const write = (changes: Files) => {
    for (const [path, text] of Object.entries(changes)) {
      if (text === null) rmSync(join(folder, path));
      else writeFiles(folder, { [path]: text });
    }
  };
  const commit = (message: string, changes: Files = {}) => {
    write(changes);
    day++;
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", message);
    return git("rev-parse", "HEAD");
  };
  git("init", "--quiet", "--initial-branch", "main");
  commit("first", files);
  return { folder, git, write, commit };
}
