import { createHash } from "node:crypto";
import type { SimpleGit } from "simple-git";
import type { SourceFile } from "../compile.ts";
import type { Code } from "../diagnostics/catalog.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { UsageError } from "./exit.ts";
import { readBlobs } from "./git-objects.ts";

/** A project's files as they were where this branch left its base. */
export interface BaseProject {
  readonly ref: string;
  /** The last commit that the base and HEAD have in common. */
  readonly commit: string;
  readonly files: readonly SourceFile[];
}

/**
 * Reads the files of `experiments/` at the merge base of a git ref and HEAD, from git's objects: nothing is
 * checked out, and the work tree is not touched. A file that is the same in the head is the same object.
 */
export async function readBaseProject(
  root: string,
  ref: string,
  head: readonly SourceFile[],
): Promise<BaseProject | Diagnostic> {
  refuseOption(ref, "--base");
  const { simpleGit } = await import("simple-git");
  const git = simpleGit({ baseDir: root });
  const shallow = await git.raw(["rev-parse", "--is-shallow-repository"]).catch((error: Error) => error);
  if (typeof shallow !== "string") return problem("base/no-repository", { detail: reasonOf(shallow) });
  const lost = shallow.trim() === "true" ? "base/shallow" : null;
  const named = await commitOf(git, ref);
  if (named === null) return problem(lost ?? "base/unknown", { ref });
  const common = await git.raw(["merge-base", named, "HEAD"]).catch(() => "");
  const commit = common.trim();
  if (!isObjectId(commit)) return problem(lost ?? "base/unrelated", { ref });
  const listing = await git.raw(["ls-tree", "-r", "-z", commit, "--", "experiments"]);
  return { ref, commit, files: await readFiles(root, filesOf(listing), head) };
}

/** A project's files as they were at a commit. */
export type CommittedProject = Omit<BaseProject, "ref">;

/** Reads the files of `experiments/` at a commit, as `readBaseProject` does. */
export async function readProjectAt(
  root: string,
  ref: string,
  head: readonly SourceFile[],
): Promise<CommittedProject | Diagnostic> {
  refuseOption(ref, "--spec");
  const { simpleGit } = await import("simple-git");
  const git = simpleGit({ baseDir: root });
  const shallow = await git.raw(["rev-parse", "--is-shallow-repository"]).catch((error: Error) => error);
  if (typeof shallow !== "string") return problem("rerun/no-repository", { detail: reasonOf(shallow) });
  const commit = await commitOf(git, ref);
  if (commit === null)
    return problem("rerun/unknown-commit", { ref, clone: shallow.trim() === "true" ? "shallow" : "whole" });
  const listed = filesOf(await git.raw(["ls-tree", "-r", "-z", commit, "--", "experiments"]));
  if (!listed.some(({ path }) => path === "experiments/project.yaml"))
    return problem("rerun/no-project", { ref, commit: commit.slice(0, 12) });
  return { commit, files: await readFiles(root, listed, head) };
}

/** A ref is never taken for an option of git, and is on one line. */
function refuseOption(ref: string, option: "--base" | "--spec"): void {
  if (ref === "" || ref.startsWith("-") || /[\s\p{Control}]/u.test(ref))
    throw new UsageError(`${option} wants a git ref such as origin/main, not ${JSON.stringify(ref)}`);
}

function problem<C extends Extract<Code, `base/${string}` | `rerun/${string}`>>(
  code: C,
  args: Parameters<typeof diagnose<C>>[2],
): Diagnostic {
  return diagnose(code, { file: "experiments/project.yaml" }, args);
}

/** Git's own words where the folder is a repository that it will not open; none where there is no repository. */
function reasonOf({ message }: Error): string {
  const [line = ""] = message.split("\n").filter((text) => /dubious ownership|safe\.directory/.test(text));
  return line.replace(/^fatal: /, "").trim();
}

async function commitOf(git: SimpleGit, ref: string): Promise<string | null> {
  const commit = await git.raw(["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]).catch(() => "");
  return isObjectId(commit.trim()) ? commit.trim() : null;
}

interface Listed {
  readonly path: string;
  readonly id: string;
}

/** Regular files, as the work tree's are read: neither links nor what is hidden. */
function filesOf(listing: string): readonly Listed[] {
  return listing.split("\0").flatMap((entry) => {
    const tab = entry.indexOf("\t");
    const [mode = "", , id = ""] = entry.slice(0, tab).split(" ");
    const path = entry.slice(tab + 1);
    const hidden = path.split("/").some((name) => name.startsWith(".") || name === "node_modules");
    return mode.startsWith("100") && !hidden ? [{ path, id }] : [];
  });
}

/** No text in UTF-8: what git cannot give is a file with a problem. */
const UNREADABLE = Uint8Array.of(0xff);

async function readFiles(
  root: string,
  listed: readonly Listed[],
  head: readonly SourceFile[],
): Promise<readonly SourceFile[]> {
  const present = new Map(head.map((file) => [file.path, file]));
  const same = new Map<string, SourceFile>();
  for (const { path, id } of listed) {
    const file = present.get(path);
    if (file && "bytes" in file && blobId(file.bytes, id.length) === id) same.set(path, file);
  }
  const blobs = await readBlobs(
    root,
    listed.filter(({ path }) => !same.has(path)).map(({ id }) => id),
  );
  return listed.map(({ path, id }) => same.get(path) ?? { path, bytes: blobs.get(id) ?? UNREADABLE });
}

/** The name that git gives to a content, in the hash of the repository (40 digits: SHA-1, 64: SHA-256). */
function blobId(bytes: Uint8Array, digits: number): string {
  return createHash(digits === 40 ? "sha1" : "sha256")
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
}

function isObjectId(text: string): boolean {
  return /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text);
}
