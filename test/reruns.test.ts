import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fairtrial, repository, temporaryFolder, writeFiles } from "./command-line.ts";
import { type Files, openRepository } from "./gate/repository.ts";

const CASE = join(repository, "test", "cases", "first-exposure");
const file = (path: string) => readFileSync(join(CASE, path), "utf8");

const EXPERIMENT = file("experiments/checkout.yaml");
const RATE = file("experiments/metrics/purchase-rate.yaml");
const PROJECT = file("experiments/project.yaml")
  .replace("data/events.csv", "data/events-*.csv")
  .replace("data/exposures.csv", "data/exposures-*.csv");
const JANUARY = {
  "data/exposures-1.csv": file("data/exposures.csv"),
  "data/events-1.csv": file("data/events.csv"),
};
/** What comes later: in new files, and for units that are known already. */
const APRIL = {
  "data/exposures-2.csv":
    "user,experiment,variant,time\n6,checkout,variant,2023-01-12 10:00\n1,checkout,variant,2023-01-20 10:00\n",
  "data/events-2.csv":
    "user,event,amount,time\n2,purchase,70,2023-01-11 08:00\n6,purchase,9,2023-01-13 08:00\n2,purchase,70,2023-04-11 08:00\n",
};
const AS_OF = "2023-01-10T12:00:00Z";

function open(changes: Files = {}) {
  return openRepository({
    "experiments/checkout.yaml": EXPERIMENT,
    "experiments/project.yaml": PROJECT,
    "experiments/metrics/purchase-rate.yaml": RATE,
    "experiments/metrics/revenue.yaml": file("experiments/metrics/revenue.yaml"),
    ".gitignore": "data/\n",
    ...JANUARY,
    ...changes,
  });
}

async function analyze(folder: string, ...options: readonly string[]) {
  return fairtrial(folder, "analyze", "checkout", "--format", "json", ...options);
}

function decided(evidence: { iteration: number; spec: string; asOf: string }): string {
  const decision = [
    "decision:",
    "  ship: variant",
    "  date: 2023-02-01",
    "  by: team-checkout",
    "  verdict: inconclusive",
    "  why: It reads better.",
    "  evidence:",
    `    iteration: ${evidence.iteration}`,
    `    spec: "${evidence.spec}"`,
    `    asOf: ${evidence.asOf}`,
  ];
  return `${EXPERIMENT.replace("status: stopped", "status: concluded")}${decision.join("\n")}\n`;
}

describe("--spec", () => {
  test("gives the same bytes months later, though the data grew and the plan changed", async () => {
    const { folder, git, commit, write } = open();
    const planned = git("rev-parse", "HEAD");
    const before = await analyze(folder, "--as-of", AS_OF);
    expect(before.code).toBe(0);
    commit("change the plan", {
      "experiments/metrics/purchase-rate.yaml": RATE.replace("7d", "2d"),
      "experiments/checkout.yaml": EXPERIMENT.replace("mde: 10%", "mde: 5%"),
    });
    write(APRIL);
    const now = await analyze(folder, "--as-of", AS_OF);
    expect(now.stdout).not.toBe(before.stdout);
    const again = await analyze(folder, "--spec", planned, "--as-of", AS_OF);
    expect(again).toEqual(before);
    expect(await analyze(folder, "--spec", planned.slice(0, 10), "--as-of", AS_OF)).toEqual(before);
    expect(git("status", "--porcelain")).toBe("");
  });

  test("takes the sources as they were mapped then", async () => {
    const { folder, commit } = open();
    commit("rename a column", {
      "experiments/project.yaml": PROJECT.replaceAll("user: user", "user: person"),
    });
    expect((await analyze(folder)).stderr).toContain("data/missing-column");
    expect((await analyze(folder, "--spec", "HEAD^")).code).toBe(0);
  });

  test.each([
    ["nowhere", "error[rerun/unknown-commit]: there is no commit `nowhere` in this repository"],
    ["HEAD~9", "error[rerun/unknown-commit]: there is no commit `HEAD~9` in this repository"],
    ["HEAD^{tree}", "error[rerun/unknown-commit]: there is no commit `HEAD^{tree}` in this repository"],
  ])("an unknown ref is an error: %s", async (ref, words) => {
    const { code, stdout, stderr } = await analyze(open().folder, "--spec", ref);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(words);
  });

  test.each([["--exec=x"], ["-n"], [""], ["a b"], ["a\nb"]])("a ref is no option of git: %j", async (ref) => {
    const { code, stderr } = await analyze(open().folder, `--spec=${ref}`);
    expect(code).toBe(2);
    expect(stderr).toContain("--spec wants a git ref");
  });

  test("a commit before the project, and a key that it does not have, are errors", async () => {
    const other = openRepository({ "README.md": "empty\n" });
    other.commit("a project", {
      "experiments/checkout.yaml": EXPERIMENT,
      "experiments/project.yaml": PROJECT,
      "experiments/metrics/purchase-rate.yaml": RATE,
      "experiments/metrics/revenue.yaml": file("experiments/metrics/revenue.yaml"),
    });
    other.commit("one more", {
      "experiments/later.yaml": EXPERIMENT.replace("name: Checkout", "name: Later"),
    });
    expect((await analyze(other.folder, "--spec", "HEAD~2")).stderr).toContain("error[rerun/no-project]");
    const unknown = await fairtrial(other.folder, "analyze", "later", "--spec", "HEAD^");
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("there is no experiment later");
  });

  test("outside a repository, there is no earlier plan", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      "experiments/checkout.yaml": EXPERIMENT,
      "experiments/project.yaml": PROJECT,
      "experiments/metrics/purchase-rate.yaml": RATE,
      "experiments/metrics/revenue.yaml": file("experiments/metrics/revenue.yaml"),
      ...JANUARY,
    });
    const { code, stderr } = await analyze(folder, "--spec", "main");
    expect(code).toBe(1);
    expect(stderr).toContain("error[rerun/no-repository]");
  });
});

describe("--iteration", () => {
  const withIterations = {
    "experiments/project.yaml": PROJECT.replace(
      "variant: variant",
      "variant: variant\n        iteration: iteration",
    ),
    "data/exposures-1.csv":
      "user,experiment,variant,iteration,time\n1,checkout,control,1,2023-01-01 10:00\n2,checkout,variant,1,2023-01-01 10:00\n3,checkout,control,2,2023-03-01 10:00\n",
  };
  const second = EXPERIMENT.replace(
    "start: 2023-01-01\nend: 2023-01-31",
    "start: 2023-03-01\nend: 2023-03-31",
  ).replace("unit: user", "iteration: 2\nunit: user");

  test("analyses an earlier iteration by its own plan", async () => {
    const { folder, commit } = open(withIterations);
    const before = JSON.parse((await analyze(folder, "--as-of", "2023-01-10")).stdout);
    commit("begin anew", { "experiments/checkout.yaml": second });
    const present = JSON.parse((await analyze(folder)).stdout);
    expect([present.iteration, present.design.start]).toEqual([2, "2023-03-01"]);
    expect(present.health.srm.observed).toEqual({ control: 1, variant: 0 });
    const first = JSON.parse((await analyze(folder, "--iteration", "1", "--as-of", "2023-01-10")).stdout);
    expect(first).toEqual(before);
    expect(first.health.srm.observed).toEqual({ control: 1, variant: 1 });
  });

  test("one that no commit has is an error", async () => {
    const { folder } = open(withIterations);
    const { code, stdout, stderr } = await analyze(folder, "--iteration", "3");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(
      "error[rerun/no-iteration]: `checkout` is at iteration 1, and no commit has it at iteration 3",
    );
  });

  test("one that the commit does not have is an error", async () => {
    const { code, stderr } = await analyze(open(withIterations).folder, "--spec", "HEAD", "--iteration", "2");
    expect(code).toBe(2);
    expect(stderr).toContain("at HEAD, checkout is at iteration 1, not 2");
  });

  test.each([["0"], ["-1"], ["1.5"], ["one"]])("%s is no iteration", async (iteration) => {
    expect((await analyze(open().folder, `--iteration=${iteration}`)).code).toBe(2);
  });
});

describe("a concluded experiment", () => {
  test("is analysed as it was decided: by that plan, up to that instant", async () => {
    const { folder, git, commit, write } = open();
    const planned = git("rev-parse", "HEAD");
    const evidence = JSON.parse((await analyze(folder, "--as-of", AS_OF)).stdout);
    commit("conclude", {
      "experiments/checkout.yaml": decided({
        iteration: 1,
        spec: evidence.specHash.slice(0, 12),
        asOf: AS_OF,
      }),
      "experiments/metrics/purchase-rate.yaml": RATE.replace("7d", "2d"),
    });
    write(APRIL);
    const again = JSON.parse((await analyze(folder)).stdout);
    expect(again).toEqual({ ...evidence, commit: planned });
    const now = JSON.parse(
      (await analyze(folder, "--as-of", "2023-04-11T08:00:00Z", "--spec", "HEAD")).stdout,
    );
    expect(now.asOf).toBe("2023-04-11T08:00:00Z");
    expect(now.specHash).not.toBe(evidence.specHash);
  });

  test("whose plan no commit has is analysed by the present one, with a warning", async () => {
    const { folder, commit } = open();
    commit("conclude", {
      "experiments/checkout.yaml": decided({ iteration: 1, spec: "8f3c2e1", asOf: AS_OF }),
    });
    const { code, stdout, stderr } = await analyze(folder);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).asOf).toBe(AS_OF);
    expect(stderr).toContain("warning[rerun/no-evidence]");
  });

  test("of an earlier iteration is found in history", async () => {
    const { folder, commit } = open();
    const evidence = JSON.parse((await analyze(folder, "--as-of", AS_OF)).stdout);
    const concluded = decided({ iteration: 1, spec: evidence.specHash, asOf: AS_OF });
    commit("conclude", {
      "experiments/checkout.yaml": concluded.replace("unit: user", "iteration: 2\nunit: user"),
    });
    expect(JSON.parse((await analyze(folder)).stdout).iteration).toBe(1);
  });
});

describe("--from and --to", () => {
  const unitsOf = async (...options: readonly string[]) => {
    const { stdout } = await analyze(open().folder, ...options);
    const { health, verdict, design } = JSON.parse(stdout);
    return { observed: health.srm.observed, decision: verdict.decision, exposedOn: design.exposedOn };
  };

  test.each([
    [["--from", "2023-01-02"], { control: 1, variant: 1 }, { from: "2023-01-02", to: null }],
    [["--to", "2023-01-01"], { control: 2, variant: 1 }, { from: null, to: "2023-01-01" }],
    [
      ["--from", "2023-01-02", "--to", "2023-01-02"],
      { control: 1, variant: 1 },
      { from: "2023-01-02", to: "2023-01-02" },
    ],
    [["--from", "2023-01-03"], { control: 0, variant: 0 }, { from: "2023-01-03", to: null }],
  ])("count units by the day of their first exposure: %s", async (options, observed, exposedOn) => {
    expect(await unitsOf(...options)).toMatchObject({ observed, exposedOn });
  });

  test("give no verdict", async () => {
    const { stdout } = await analyze(open().folder, "--to", "2023-01-02");
    const { verdict } = JSON.parse(stdout);
    expect(verdict.decision).not.toBe("ship");
    expect(verdict.reasons).toContainEqual(
      expect.objectContaining({ code: "part-of-units", to: "2023-01-02" }),
    );
  });

  test.each([
    [["--from", "2023-02-30"], "expected an ISO day"],
    [["--to", "yesterday"], "expected an ISO day"],
    [["--from", "2023-02-02", "--to", "2023-02-01"], "--to is before --from"],
  ])("%s is wrong usage", async (options, words) => {
    const { code, stderr } = await analyze(open().folder, ...options);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});

describe("--as-of", () => {
  test("beyond the last row's day is taken at its word, with a warning", async () => {
    const beyond = await analyze(open().folder, "--as-of", "2024-01-01");
    expect(JSON.parse(beyond.stdout).asOf).toBe("2024-01-01T00:00:00Z");
    expect(beyond.stderr).toContain(
      "warning[data/as-of-beyond-data]: the data end at 2023-01-10T12:00:00Z, before 2024-01-01T00:00:00Z",
    );
  });

  test("may claim the rest of the last row's day", async () => {
    const { stdout, stderr } = await analyze(open().folder, "--as-of", "2023-01-11");
    expect(JSON.parse(stdout).asOf).toBe("2023-01-11T00:00:00Z");
    expect(stderr).toBe("");
  });
});
