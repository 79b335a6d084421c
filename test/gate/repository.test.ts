import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { fairtrial, temporaryFolder, writeFiles } from "../command-line.ts";
import { openRepository } from "./repository.ts";
import { edited, SHOP } from "./shop.ts";

const CHECKOUT = "experiments/checkout.yaml";
const PROJECT = "experiments/project.yaml";
const CONVERSION = "experiments/metrics/conversion.yaml";
const STOPPED = { [CHECKOUT]: edited(CHECKOUT, ["status: running", "status: stopped"]) };
const refused = { [CHECKOUT]: edited(CHECKOUT, ["mde: 10%", "mde: 11%"]) };

const started = (key: string, from: string, to: string) => ({
  [`experiments/${key}.yaml`]: edited(
    "experiments/banner.yaml",
    ["status: draft", "status: running\nowner: me\nhypothesis: Larger is seen.\nremoveBy: 2027-06-01"],
    ["from: 60%", `from: ${from}`],
    ["to: 100%", `to: ${to}`],
    ["mde: 10%", "mde: 15%"],
  ),
});

describe("the base is where the branch left it", () => {
  test("what has happened on main since is not this change", async () => {
    const { folder, git, commit } = openRepository(SHOP);
    const left = git("rev-parse", "HEAD");
    git("checkout", "--quiet", "-b", "feature");
    commit("ramp", { [CHECKOUT]: edited(CHECKOUT, ["rollout: 50%", "rollout: 60%"]) });
    git("checkout", "--quiet", "main");
    commit("another draft", { "experiments/other.yaml": SHOP["experiments/banner.yaml"] });
    git("checkout", "--quiet", "feature");
    const { code, stdout } = await fairtrial(folder, "plan", "--base", "main");
    expect(code).toBe(0);
    expect(stdout).toContain(`base main at ${left}`);
    expect(stdout).toContain("Plan: 0 to start, 1 to change, 0 to stop, 0 restarts");
  });

  test("two pull requests that are valid alone overlap when merged: the second fails, and both files are named", async () => {
    const { folder, git, commit } = openRepository(SHOP);
    for (const [branch, files] of [
      ["one", started("first", "60%", "80%")],
      ["two", started("second", "70%", "90%")],
    ] as const) {
      git("checkout", "--quiet", "-b", branch, "main");
      commit(branch, files);
      const { code, stdout } = await fairtrial(folder, "plan", "--base", "main");
      expect({ code, stdout }).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("Plan: 1 to start"),
      });
    }
    git("checkout", "--quiet", "main");
    git("merge", "--quiet", "--ff-only", "one");

    git("checkout", "--quiet", "-b", "queue", "main");
    git("merge", "--quiet", "--no-edit", "two");
    const queued = await fairtrial(folder, "plan", "--base", "main");
    git("checkout", "--quiet", "two");
    git("rebase", "--quiet", "main");
    const rebased = await fairtrial(folder, "plan", "--base", "main");
    for (const { code, stderr, stdout } of [queued, rebased]) {
      expect(code).toBe(1);
      expect(stderr).toContain("error[layer/overlap]");
      expect(stderr).toContain("experiments/first.yaml:");
      expect(stderr).toContain("experiments/second.yaml:");
      expect(stdout).toContain("Not valid: 1 error in the files.");
    }
  });

  test("a project below the repository's root, with files that are not committed", async () => {
    const folder = temporaryFolder();
    const inApp = Object.fromEntries(Object.entries(SHOP).map(([path, text]) => [`apps/web/${path}`, text]));
    const { git } = openRepository({ ...inApp, "experiments/project.yaml": "name: [" }, folder);
    const app = join(folder, "apps", "web");
    writeFiles(app, refused);
    const before = git("status", "--porcelain");
    const { code, stderr } = await fairtrial(app, "plan", "--base", "main");
    expect(code).toBe(1);
    expect(stderr).toContain("experiments/checkout.yaml:");
    expect(git("status", "--porcelain")).toBe(before);
    expect(git("stash", "list")).toBe("");
  });
});

describe("errors that are not this change's", () => {
  test("of the base are left out, and what cannot be compared is said", async () => {
    const broken = { [CHECKOUT]: "name: [", "experiments/notes.yaml": "x: 1" };
    const { folder, commit } = openRepository({ ...SHOP, ...broken });
    commit("mended", { [CHECKOUT]: SHOP[CHECKOUT], "experiments/notes.yaml": null });
    const { code, stderr, stdout } = await fairtrial(folder, "plan", "--base", "main~1");
    expect(code).toBe(0);
    expect(stderr).toContain("warning[change/unread-base]");
    expect(stderr).not.toContain("error[");
    expect(stdout).toContain("1 to start");
  });

  test("without a project at the base everything is new", async () => {
    const { folder, commit } = openRepository({ "README.md": "# Shop" });
    commit("experiments", SHOP);
    const { code, stderr, stdout } = await fairtrial(folder, "plan", "--base", "main~1");
    expect(code).toBe(0);
    expect(stderr).toContain("warning[change/no-base-project]");
    expect(stdout).toContain("Plan: 1 to start, 0 to change, 0 to stop, 0 restarts, 3 to add");
  });

  test.each([
    ["a metric that it reads", { [CONVERSION]: "kind: [" }],
    ["the project", { [PROJECT]: "name: [" }],
    ["another experiment", { "experiments/banner.yaml": "name: Banner\n" }],
  ])("in %s do not keep an experiment from being stopped or dropped", async (_, broken) => {
    const { folder, write } = openRepository({ ...SHOP, ...broken });
    for (const files of [STOPPED, { [CHECKOUT]: null }]) {
      write(files);
      const { code, stdout } = await fairtrial(folder, "plan", "--base", "main", "--detailed-exitcode");
      expect(code).toBe(3);
      expect(stdout).toContain("do not keep it from passing");
    }
  });

  test("in the file that is stopped, or beside another change, do", async () => {
    const { folder, git, write } = openRepository({ ...SHOP, [CONVERSION]: "kind: [" });
    for (const files of [
      { [CHECKOUT]: `${STOPPED[CHECKOUT]}colour: red\n` },
      { [CHECKOUT]: STOPPED[CHECKOUT]!.replace("steps: 1", "steps: 2") },
      { ...STOPPED, "experiments/metrics/errors.yaml": "kind: [" },
      {},
    ]) {
      write(files);
      expect((await fairtrial(folder, "plan", "--base", "main")).code).toBe(1);
      git("checkout", "--quiet", "--force", "main");
    }
  });
});

describe("a base that cannot be read is said, with the mend:", () => {
  test("no repository", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, SHOP);
    const { code, stderr, stdout } = await fairtrial(folder, "plan", "--base", "main");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("error[base/no-repository]");
  });

  test("an unknown ref, for machines too", async () => {
    const { folder } = openRepository(SHOP);
    const { code, stderr } = await fairtrial(folder, "plan", "--base", "origin/trunk");
    expect(code).toBe(1);
    expect(stderr).toContain("there is no commit `origin/trunk`");
    const { stdout } = await fairtrial(folder, "plan", "--base", "origin/trunk", "--format", "json");
    expect(JSON.parse(stdout).diagnostics).toMatchObject([{ code: "base/unknown" }]);
  });

  test("a shallow clone", async () => {
    const { folder, commit } = openRepository(SHOP);
    commit("second", refused);
    const clone = temporaryFolder();
    execFileSync("git", ["clone", "--quiet", "--depth", "1", pathToFileURL(folder).href, clone], {
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null" },
    });
    const { code, stderr } = await fairtrial(clone, "plan", "--base", "HEAD~1");
    expect(code).toBe(1);
    expect(stderr).toContain("error[base/shallow]");
    expect(stderr).toContain("fetch-depth: 0");
  });

  test("another history", async () => {
    const { folder, git, commit } = openRepository(SHOP);
    git("checkout", "--quiet", "--orphan", "elsewhere");
    commit("unrelated");
    expect((await fairtrial(folder, "plan", "--base", "main")).stderr).toContain("error[base/unrelated]");
  });

  test.each(["--upload-pack=touch pwned", "-n", "--all", "", "main\nHEAD", "a b"])(
    "%j is no ref",
    async (ref) => {
      const { folder } = openRepository(SHOP);
      const { code, stderr, stdout } = await fairtrial(folder, "plan", `--base=${ref}`);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain("--base wants a git ref");
    },
  );

  test.each(["$(touch pwned)", "main;touch", "`id`", "main:experiments", "..", "@{-99}"])(
    "%j is no commit",
    async (ref) => {
      const { folder, git } = openRepository(SHOP);
      const { code } = await fairtrial(folder, "plan", `--base=${ref}`);
      expect([1, 2]).toContain(code);
      expect(git("status", "--porcelain")).toBe("");
    },
  );
});

describe("wrong usage", () => {
  test.each([
    [["--units", "ids.txt"]],
    [["--detailed-exitcode"]],
    [["--format", "markdown"]],
    [["--base", "main", "--units", "a", "--contexts", "b"]],
    [["--base", "main", "--units", "no-such-file"]],
  ])("%j", async (args) => {
    const { folder } = openRepository(SHOP);
    expect((await fairtrial(folder, "plan", ...args)).code).toBe(2);
  });
});
