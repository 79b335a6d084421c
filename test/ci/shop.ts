import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { userWorkflows } from "../../src/cli/workflows/workflows.ts";
import { fairtrial, repository, temporaryFolder, writeFiles } from "../command-line.ts";
import type { Occasion } from "./run-job.ts";
import { SHOP } from "./shop-project.ts";

/** Files to write; null takes one away. */
export type Edit = Readonly<Record<string, string | null>>;

/**
 * A folder of executables for the steps: the command line built from `src`, an `npm` (and others) whose installing
 * links it into `node_modules`, and an `npx` that skips npm's start of half a second.
 */
export function installTools({ npx }: { readonly npx: "real" | "quick" }): readonly string[] {
  const folder = temporaryFolder();
  const built = join(folder, "package", "dist");
  mkdirSync(join(folder, "package"));
  execFileSync(process.execPath, [join(repository, "scripts", "build.mjs"), built]);
  for (const name of ["package.json", "schema", "src", "node_modules"])
    symlinkSync(join(repository, name), join(folder, "package", name));
  const bin = join(folder, "bin");
  const install = `#!/bin/sh
case "$(basename "$0") $1" in "corepack enable") exit ;; *" ci" | *" install") ;; *) exec ${REAL_NPM} "$@" ;; esac
echo "$(basename "$0") $*" >> "$RUNNER_TEMP/installed"
mkdir -p node_modules/.bin
ln -sf ${built}/cli/main.js node_modules/.bin/fairtrial
`;
  const tools = {
    ...Object.fromEntries(["npm", "pnpm", "yarn", "corepack"].map((name) => [name, install])),
    ...(npx === "quick" && {
      npx: '#!/bin/sh\n[ "$1 $2" = "--no --" ] || exit 99\nshift 2\nname="$1"\nshift\nexec "node_modules/.bin/$name" "$@"\n',
    }),
  };
  writeFiles(bin, tools);
  for (const name of Object.keys(tools)) chmodSync(join(bin, name), 0o755);
  return [bin];
}

const REAL_NPM = execFileSync("sh", ["-c", "command -v npm"], { encoding: "utf8" }).trim();

/** A bare repository of the shop with what `init` writes, its code generated; `main` is one commit. */
export async function openShop(): Promise<string> {
  const work = temporaryFolder();
  writeFiles(work, SHOP);
  writeFiles(work, Object.fromEntries(userWorkflows().map(({ path, text }) => [path, text])));
  await fairtrial(work, "build");
  git(work, "init", "--quiet", "--initial-branch=main");
  commit(work, "first");
  const origin = temporaryFolder();
  git(origin, "clone", "--quiet", "--bare", work, ".");
  return origin;
}

/** Commits an edit on a branch that starts at another, with the code generated anew where that is possible. */
export async function push(
  origin: string,
  {
    branch,
    from = "main",
    edit,
    build = true,
  }: { branch: string; from?: string; edit: Edit; build?: boolean },
): Promise<string> {
  const work = clone(origin);
  git(work, "checkout", "--quiet", "-B", branch, `origin/${from}`);
  for (const [path, text] of Object.entries(edit))
    if (text === null) rmSync(join(work, path));
    else writeFiles(work, { [path]: text });
  if (build) await fairtrial(work, "build");
  commit(work, "edit");
  git(work, "push", "--quiet", "origin", `HEAD:refs/heads/${branch}`);
  return git(work, "rev-parse", "HEAD");
}

/** What a check of the pull request of a branch gets: GitHub's merge of it into `main`, checked out with all refs. */
export function pullRequest(origin: string, branch: string): Omit<Occasion, "bin"> {
  const workspace = mergeInto(origin, branch);
  return {
    workspace,
    eventName: "pull_request",
    event: { pull_request: { number: 1 }, before: "0123456789012345678901234567890123456789" },
    env: { GITHUB_BASE_REF: "main", GITHUB_HEAD_REF: branch, GITHUB_REF: "refs/pull/1/merge" },
  };
}

/** What the check of a merge queue gets: the queue's merge on top of what is before it. */
export function mergeGroup(origin: string, branch: string): Omit<Occasion, "bin"> {
  const workspace = mergeInto(origin, branch);
  const base = git(workspace, "rev-parse", "origin/main");
  return {
    workspace,
    eventName: "merge_group",
    event: { merge_group: { base_sha: base } },
    env: { GITHUB_REF: `refs/heads/gh-readonly-queue/main/pr-1-${base}` },
  };
}

/** What the check after a push to `main` gets. */
export function pushed(origin: string, before: string): Omit<Occasion, "bin"> {
  const workspace = clone(origin);
  git(workspace, "checkout", "--quiet", "--detach", "origin/main");
  return { workspace, eventName: "push", event: { before }, env: { GITHUB_REF: "refs/heads/main" } };
}

/** The text of a file of the shop with one piece replaced, which must be there. */
export function changed(path: string, piece: string | RegExp, replacement: string): Edit {
  const text = SHOP[path]!;
  const next = text.replace(piece, () => replacement);
  if (next === text) throw new Error(`${path} has no ${piece}`);
  return { [path]: next };
}

export function git(folder: string, ...args: readonly string[]): string {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  return execFileSync("git", [...identity, ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
  }).trim();
}

function mergeInto(origin: string, branch: string): string {
  const workspace = clone(origin);
  git(workspace, "checkout", "--quiet", "--detach", "origin/main");
  git(workspace, "merge", "--quiet", "--no-ff", "-m", "merge", `refs/remotes/origin/${branch}`);
  return workspace;
}

function clone(origin: string): string {
  const folder = temporaryFolder();
  git(folder, "clone", "--quiet", origin, ".");
  return folder;
}

function commit(folder: string, message: string): void {
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--allow-empty", "-m", message);
}
