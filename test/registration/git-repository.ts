import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder, writeFiles } from "../command-line.ts";

/** A git repository of its own, which nobody's settings reach. */
export interface Repository {
  readonly folder: string;
  git(...args: readonly string[]): string;
  /** Writes files (null: deletes), commits, and gives the commit's id. Each commit is a day after the one before. */
  commit(files: Readonly<Record<string, string | null>>, message?: string): string;
}

export function createRepository(folder: string = temporaryFolder()): Repository {
  let day = 0;
  const git = (...args: readonly string[]): string => {
    const date = `2026-01-${String(Math.max(1, day)).padStart(2, "0")}T12:00:00Z`;
    return execFileSync("git", ["-c", "user.name=Tester", "-c", "user.email=t@example.invalid", ...args], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
      },
    }).trim();
  };
  git("init", "--quiet", "--initial-branch=main");
  return {
    folder,
    git,
    commit(files, message = "change") {
      day++;
      const kept = Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== null);
      for (const [path, text] of Object.entries(files)) if (text === null) rmSync(join(folder, path));
      writeFiles(folder, Object.fromEntries(kept));
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message", message);
      return git("rev-parse", "HEAD");
    },
  };
}
