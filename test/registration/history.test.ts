import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readPlanRecords } from "../../src/cli/plan-records.ts";
import { readProjectFiles } from "../../src/cli/project-files.ts";
import { compile } from "../../src/compile.ts";
import { specHash } from "../../src/plan/spec-hash.ts";
import type { PlanRecord } from "../../src/registration.ts";
import { temporaryFolder, writeFiles } from "../command-line.ts";
import { createRepository } from "./git-repository.ts";
import {
  EXPERIMENT,
  experimentText,
  METRIC,
  metricText,
  PROJECT,
  projectText,
  trialFiles,
} from "./trial-files.ts";

async function recordOf(root: string, key = "checkout-v2") {
  const { project } = compile(readProjectFiles(root));
  const experiments = project!.experiments.filter((experiment) => experiment.key === key);
  expect(experiments).toHaveLength(1);
  const { records, diagnostics } = await readPlanRecords(root, experiments, project!.file);
  return { record: records.get(key)!, diagnostics, experiment: experiments[0]! };
}

/** The registration, for a test that expects one. */
async function registrationOf(root: string, key?: string) {
  const { record } = await recordOf(root, key);
  if (typeof record === "string") throw new Error(`not registered: ${record}`);
  return record;
}

/** What changed, a line per field. */
const told = (record: PlanRecord) =>
  typeof record === "string"
    ? record
    : record.changes.flatMap(({ fields }) =>
        fields.map(({ field, weight, spoils }) => `${field} ${weight}${spoils ? " spoils" : ""}`),
      );

describe("the plan is fixed", () => {
  test("at the commit that set it running, on that commit's date in UTC, with what it said", async () => {
    const { folder, commit } = createRepository();
    commit(trialFiles({ status: "draft", mde: "5%" }));
    commit(trialFiles({ status: "draft" }));
    const started = commit(trialFiles());
    commit({ "README.md": "unrelated" });
    const { record, experiment } = await recordOf(folder);
    expect(record).toEqual({
      commit: started,
      date: "2026-01-03T12:00:00Z",
      specHash: specHash(experiment),
      spec: expect.objectContaining({
        key: "checkout-v2",
        iteration: 1,
        mde: { kind: "relative", value: 0.18 },
      }),
      changes: [],
      unreadable: [],
    });
  });

  test("at the first commit of all, when it was running there", async () => {
    const { folder, commit } = createRepository();
    const started = commit(trialFiles());
    commit(trialFiles({ rollout: "50%" }));
    expect(await registrationOf(folder)).toMatchObject({ commit: started });
  });

  test("by the merge that brought it to the main line, not by the branch's own commit", async () => {
    const { folder, git, commit } = createRepository();
    commit(trialFiles({ status: "draft" }));
    git("checkout", "--quiet", "-b", "topic");
    commit(trialFiles());
    git("checkout", "--quiet", "main");
    commit({ "README.md": "meanwhile" });
    git("merge", "--quiet", "--no-ff", "--message", "merge", "topic");
    expect(await registrationOf(folder)).toMatchObject({ commit: git("rev-parse", "HEAD"), changes: [] });
  });

  test("anew by a raised iteration; what went before is another trial", async () => {
    const { folder, commit } = createRepository();
    commit(trialFiles());
    commit(trialFiles({ mde: "5%" }));
    const restarted = commit(trialFiles({ mde: "5%", iteration: 2, weights: ["20%", "80%"] }));
    expect(await registrationOf(folder)).toMatchObject({ commit: restarted, changes: [] });
  });

  test("at the same commit after its file moved to the archive, and back to a draft is no way to a new plan", async () => {
    const { folder, commit } = createRepository();
    const started = commit(trialFiles());
    commit(trialFiles({ status: "draft" }));
    commit(trialFiles({ status: "draft", mde: "5%" }));
    commit(trialFiles({ mde: "5%" }));
    commit({
      [EXPERIMENT]: null,
      "experiments/archive/checkout-v2.yaml": experimentText({ status: "stopped", mde: "5%" }),
    });
    const registration = await registrationOf(folder);
    expect(registration.commit).toBe(started);
    expect(told(registration)).toEqual(["status refused spoils", "mde refused spoils", "status safe"]);
  });

  test("at the same commit when the file was away for a while", async () => {
    const { folder, commit } = createRepository();
    const started = commit(trialFiles());
    commit({ [EXPERIMENT]: null });
    commit(trialFiles({ mde: "5%" }));
    const registration = await registrationOf(folder);
    expect(registration.commit).toBe(started);
    expect(told(registration)).toEqual(["mde refused spoils"]);
  });

  test("in a project that is a folder of the repository, whatever lies beside it", async () => {
    const { folder, commit } = createRepository();
    const inFolder = (files: Record<string, string>, name: string) =>
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text]));
    const started = commit(inFolder(trialFiles(), "apps/web"));
    commit(inFolder(trialFiles({ mde: "5%" }), "apps/other"));
    commit(trialFiles({ mde: "7%" }));
    expect(await registrationOf(join(folder, "apps", "web"))).toMatchObject({ commit: started, changes: [] });
  });
});

describe("a change since", () => {
  test.each<[string, Record<string, string | null>, readonly string[]]>([
    ["of the MDE", { [EXPERIMENT]: experimentText({ mde: "5%" }) }, ["mde refused spoils"]],
    [
      "of the weights",
      { [EXPERIMENT]: experimentText({ weights: ["40%", "60%"] }) },
      ["variants.control.weight refused spoils", "variants.one-page.weight refused spoils"],
    ],
    [
      "of a metric's window, in the metric's file",
      { [METRIC]: metricText("14d") },
      ["metrics.primary.window refused spoils"],
    ],
    ["of the project's error rate", { [PROJECT]: projectText("1%") }, ["analysis.alpha refused spoils"]],
    ["of the last day", { [EXPERIMENT]: experimentText({ end: "2026-03-01" }) }, ["end attention"]],
    ["of the rollout", { [EXPERIMENT]: experimentText({ rollout: "50%" }) }, ["rollout attention"]],
    ["to stopped", { [EXPERIMENT]: experimentText({ status: "stopped" }) }, ["status safe"]],
    [
      "of prose",
      { [EXPERIMENT]: experimentText({ description: "Words." }), [METRIC]: metricText("7d", "Conversion") },
      [],
    ],
    ["of formatting", { [EXPERIMENT]: `# a comment\n${experimentText().replace("50%", '"50%"')}` }, []],
  ])("%s", async (_, files, expected) => {
    const { folder, commit } = createRepository();
    commit(trialFiles());
    const changed = commit(files);
    const registration = await registrationOf(folder);
    expect(told(registration)).toEqual(expected);
    expect(registration.changes.map(({ commit: at, date }) => ({ at, date }))).toEqual(
      expected.length > 0 ? [{ at: changed, date: "2026-01-02T12:00:00Z" }] : [],
    );
  });

  test("of a metric that is only a part of a ratio, or of an audience's file, is found where it is used", async () => {
    const { folder, commit } = createRepository();
    const part = (name: string) =>
      `name: ${name}\nkind: sum\nevent: purchase\nvalue: amount\nbetter: higher\nwindow: 7d\n`;
    const project = `${projectText()}    properties:\n      amount: number\n      coupon: boolean\nattributes:\n  country:\n    type: string\n`;
    const text = experimentText()
      .replace("checkout-conversion\n", "checkout-conversion\n  secondary: [order-value]\n")
      .replace("unit: user\n", "unit: user\naudience: buyers\n");
    commit({
      ...trialFiles(),
      [PROJECT]: project,
      [EXPERIMENT]: text,
      "experiments/metrics/amount.yaml": part("Amount"),
      "experiments/metrics/orders.yaml": part("Orders"),
      "experiments/metrics/order-value.yaml":
        "name: Value\nkind: ratio\nnumerator: amount\ndenominator: orders\nbetter: higher\n",
      "experiments/audiences/buyers.yaml": "name: Buyers\nwhen:\n  country: [US]\n",
    });
    const changes = [
      commit({
        "experiments/metrics/amount.yaml": `${part("Amount")}where:\n  coupon: true\n`,
      }),
      commit({ "experiments/audiences/buyers.yaml": "name: Buyers\nwhen:\n  country: [US, CA]\n" }),
    ];
    const registration = await registrationOf(folder);
    expect(registration.changes.map(({ commit: at }) => at)).toEqual(changes);
    expect(told(registration)).toContain("audience refused spoils");
  });

  test("says the field before and after, oldest commit first", async () => {
    const { folder, commit } = createRepository();
    commit(trialFiles());
    commit(trialFiles({ end: "2026-03-01" }));
    commit({ [METRIC]: metricText("14d") });
    const { changes } = await registrationOf(folder);
    expect(changes.flatMap(({ fields }) => fields)).toMatchObject([
      { field: "end", before: "2026-02-15", after: "2026-03-01" },
      { field: "metrics.primary.window", before: "7d", after: "14d" },
    ]);
  });

  test("that is not committed has no commit and no date", async () => {
    const { folder, commit } = createRepository();
    commit(trialFiles());
    writeFiles(folder, { [EXPERIMENT]: experimentText({ mde: "5%" }) });
    const registration = await registrationOf(folder);
    expect(registration.changes).toMatchObject([
      { commit: null, date: null, fields: [{ field: "mde", spoils: true }] },
    ]);
  });

  test("of how the data are read does not spoil the trial once it is put back", async () => {
    const { folder, commit } = createRepository();
    commit(trialFiles());
    commit({ [METRIC]: metricText("14d") });
    commit({ [METRIC]: metricText("7d") });
    expect(told(await registrationOf(folder))).toEqual([
      "metrics.primary.window refused",
      "metrics.primary.window refused",
    ]);
  });

  test("of who meets which variant does, for units have met it", async () => {
    const { folder, commit } = createRepository();
    commit(trialFiles());
    commit(trialFiles({ weights: ["40%", "60%"] }));
    commit(trialFiles());
    expect(told(await registrationOf(folder))).toContain("variants.control.weight refused spoils");
  });
});

describe("a commit whose files cannot be read", () => {
  test("is named, and the change is told at the next that can", async () => {
    const { folder, commit } = createRepository();
    const started = commit(trialFiles());
    const broken = commit({ [EXPERIMENT]: "status: [running\n" });
    const mended = commit(trialFiles({ mde: "5%" }));
    expect(await registrationOf(folder)).toMatchObject({
      commit: started,
      changes: [{ commit: mended }],
      unreadable: [{ commit: broken, date: "2026-01-02T12:00:00Z" }],
    });
  });

  test("right before the start is named as well, an older one is not", async () => {
    const { folder, commit } = createRepository();
    commit({ ...trialFiles({ status: "draft" }), [EXPERIMENT]: "status: [running\n" });
    commit(trialFiles({ status: "draft" }));
    const broken = commit({ [METRIC]: "name: no kind\n" });
    const started = commit(trialFiles());
    expect(await registrationOf(folder)).toMatchObject({ commit: started, unreadable: [{ commit: broken }] });
  });

  test("may hold what is no text, too large, or another experiment's problem", async () => {
    const { folder, commit } = createRepository();
    const started = commit(trialFiles());
    commit({ "experiments/other.yaml": "a: [\n", "experiments/notes.txt": "x" });
    const large = commit({ [METRIC]: `# ${"x".repeat(1_100_000)}\n${metricText()}` });
    commit({ ...trialFiles(), "experiments/other.yaml": null });
    expect(await registrationOf(folder)).toMatchObject({
      commit: started,
      changes: [],
      unreadable: [{ commit: large }],
    });
  });
});

describe("nothing is on record", () => {
  test("outside a repository", async () => {
    const folder = temporaryFolder();
    writeFiles(folder, trialFiles());
    expect(await recordOf(folder)).toMatchObject({ record: "no-repository", diagnostics: [] });
  });

  test("before the first commit", async () => {
    const { folder } = createRepository();
    writeFiles(folder, trialFiles());
    expect((await recordOf(folder)).record).toBe("no-commit");
  });

  test("while only the work tree has it running", async () => {
    const { folder, commit } = createRepository();
    commit(trialFiles({ status: "draft" }));
    writeFiles(folder, trialFiles());
    expect((await recordOf(folder)).record).toBe("never-running");
  });

  test("in a clone whose history begins too late, and the mend is told; one that reaches back is enough", async () => {
    const { folder, commit } = createRepository();
    commit(trialFiles({ status: "draft" }));
    commit({ "README.md": "one" });
    const started = commit(trialFiles());
    commit(trialFiles({ rollout: "50%" }));
    const shallow = (depth: number) => {
      const clone = temporaryFolder();
      execFileSync("git", ["clone", "--quiet", `--depth=${depth}`, `file://${folder}`, clone], {
        stdio: "ignore",
      });
      return clone;
    };
    const { record, diagnostics } = await recordOf(shallow(2));
    expect(record).toBe("shallow-history");
    expect(diagnostics).toMatchObject([
      { code: "history/shallow", severity: "warning", args: { experiments: ["checkout-v2"] } },
    ]);
    expect((await recordOf(shallow(3))).record).toMatchObject({ commit: started });
  });
});

describe("a hostile repository", () => {
  test("with names, messages and links that would be taken for something else", async () => {
    const { folder, commit } = createRepository();
    const started = commit(
      trialFiles(),
      "--exec=touch owned\n\ncommit 0000000000000000000000000000000000000000 1",
    );
    commit({
      "experiments/:100644 100644 a b M": "x",
      "experiments/commit 1\n2.yaml": "x",
      "experiments/--help": "x",
    });
    symlinkSync("/etc/passwd", join(folder, "experiments", "metrics", "link.yaml"));
    mkdirSync(join(folder, "experiments", "audiences"));
    symlinkSync("../..", join(folder, "experiments", "audiences", "loop"));
    commit({});
    expect(await registrationOf(folder)).toMatchObject({ commit: started, changes: [], unreadable: [] });
  });

  test("whose settings change what git prints", async () => {
    const { folder, git, commit } = createRepository();
    const started = commit(trialFiles());
    const changed = commit(trialFiles({ mde: "5%" }));
    for (const [name, value] of [
      ["log.showRoot", "false"],
      ["log.follow", "true"],
      ["log.showSignature", "true"],
      ["log.diffMerges", "off"],
      ["diff.renames", "copies"],
      ["diff.noprefix", "true"],
      ["color.ui", "always"],
      ["core.quotePath", "true"],
      ["core.abbrev", "4"],
    ] as const)
      git("config", name, value);
    expect(await registrationOf(folder)).toMatchObject({ commit: started, changes: [{ commit: changed }] });
  });

  test("with a date that no calendar holds", async () => {
    const { folder, git, commit } = createRepository();
    commit({ "README.md": "x" });
    writeFiles(folder, trialFiles());
    git("add", "--all");
    const tree = git("write-tree");
    const raw = `tree ${tree}\nparent ${git("rev-parse", "HEAD")}\nauthor a <a@b> 0 +0000\ncommitter a <a@b> 99999999999999 +0000\n\nfar\n`;
    const id = execFileSync("git", ["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], {
      cwd: folder,
      input: raw,
      encoding: "utf8",
    }).trim();
    git("update-ref", "HEAD", id);
    expect(await registrationOf(folder)).toMatchObject({ commit: id, date: null });
  });
});

test("a history longer than one batch, with a change in each commit, is walked to its start", async () => {
  const { folder, git } = createRepository();
  const stream: string[] = [];
  const blob = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const header = (index: number) =>
    `commit refs/heads/main\ncommitter T <t@example.invalid> ${1_767_268_800 + index * 60} +0000\n${blob("x")}`;
  const file = (path: string, text: string) => `M 100644 inline ${path}\n${blob(text)}`;
  stream.push(header(0), ...Object.entries(trialFiles()).map(([path, text]) => file(path, text)));
  for (let index = 1; index <= 1200; index++) {
    const other = experimentText({ description: `version ${index}` });
    stream.push(header(index), file("experiments/other.yaml", other));
    if (index === 700) stream.push(file(METRIC, metricText("14d")));
  }
  execFileSync("git", ["fast-import", "--quiet"], { cwd: folder, input: stream.join("") });
  git("reset", "--quiet", "--hard");
  const registration = await registrationOf(folder);
  expect(registration.date).toBe("2026-01-01T12:00:00Z");
  expect(registration.changes).toMatchObject([
    { date: "2026-01-01T23:40:00Z", fields: [{ field: "metrics.primary.window" }] },
  ]);
});
