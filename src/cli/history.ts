import type { SimpleGit } from "simple-git";
import type { FileChange, History, Revision } from "../registration.ts";
import { readBlobs } from "./git-objects.ts";

/** Why there is no history to read. */
export type NoHistory = "no-repository" | "no-commit";

/** Commits that one call of git lists. */
const BATCH = 256;

/**
 * The history of `experiments/` below `root`: of HEAD or another commit, by first parents. The work tree is never
 * touched.
 */
export async function openHistory(root: string, from = "HEAD"): Promise<History | NoHistory> {
  const { simpleGit } = await import("simple-git");
  const git = simpleGit({ baseDir: root });
  const shallow = await git.raw(["rev-parse", "--is-shallow-repository"]).catch(() => null);
  if (shallow === null) return "no-repository";
  const head = await git.raw(["rev-parse", "--verify", "--quiet", `${from}^{commit}`]).catch(() => "");
  const commit = head.trim();
  if (!isObjectId(commit)) return "no-commit";
  return {
    shallow: shallow.trim() === "true",
    head: filesOf(await git.raw(["ls-tree", "-r", "-z", commit, "--", "experiments"])),
    revisions: () => revisionsFrom(git, commit),
    read: (ids) => readBlobs(root, ids),
  };
}

/** Each batch begins anew at the last commit of the one before, which git lists again. */
async function* revisionsFrom(git: SimpleGit, head: string): AsyncGenerator<readonly Revision[]> {
  for (let from = head; ; ) {
    const listed = parseLog(await git.raw([...LOG, `--max-count=${BATCH}`, from, "--", "experiments"]));
    const fresh = listed.filter(({ commit }) => commit !== from || from === head);
    if (fresh.length > 0) yield fresh;
    const last = listed.at(-1);
    if (last === undefined || listed.length < BATCH) return;
    from = last.commit;
  }
}

/** People's settings of git change what `log` prints; each that would is turned off. */
const LOG = [
  "log",
  "--first-parent",
  "--diff-merges=first-parent",
  "--raw",
  "--root",
  "--relative",
  "--no-abbrev",
  "--no-renames",
  "--no-follow",
  "--no-color",
  "--no-show-signature",
  "-z",
  "--format=commit %H %ct",
] as const;

/** With `-z`: `commit <id> <seconds>`, then per changed file `:<modes> <ids> <letter>` and its path, each ended by NUL. */
function parseLog(output: string): readonly Revision[] {
  const revisions: (Revision & { changes: FileChange[] })[] = [];
  const tokens = output.split("\0");
  for (let index = 0; index < tokens.length; index++) {
    const token = (tokens[index] ?? "").trimStart();
    const header = /^commit ([0-9a-f]{40,64}) (\d+)$/.exec(token);
    if (header?.[1]) {
      revisions.push({ commit: header[1], date: instantOf(Number(header[2])), changes: [] });
      continue;
    }
    const change = /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) [A-Z]/.exec(token);
    if (!change) continue;
    const [, oldMode = "", newMode = "", before = "", after = ""] = change;
    const path = tokens[++index] ?? "";
    revisions.at(-1)?.changes.push({
      path,
      before: isFile(oldMode) ? before : null,
      after: isFile(newMode) ? after : null,
    });
  }
  return revisions;
}

function filesOf(listing: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const entry of listing.split("\0")) {
    const [head = "", path = ""] = entry.split("\t", 2);
    const [mode = "", , id = ""] = head.split(" ");
    if (isFile(mode)) files.set(path, id);
  }
  return files;
}

/** A regular file: links and submodules are not read from the work tree either. */
function isFile(mode: string): boolean {
  return mode.startsWith("100");
}

function isObjectId(text: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(text);
}

/** Milliseconds since 1970; null for what no calendar holds, which a commit may claim. */
function instantOf(seconds: number): number | null {
  return Number.isSafeInteger(seconds) && seconds <= 8.64e12 ? seconds * 1000 : null;
}
