import { execFileSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalog } from "../src/diagnostics/catalog.ts";
import { caseProject, fairtrial, temporaryFolder, workedExample, writeFiles } from "./command-line.ts";

const EXPERIMENT = `name: Checkout
owner: team-checkout
hypothesis: The variant sells more.
status: stopped
start: 2023-01-01
end: 2023-01-31
unit: user
variants:
  control:
    weight: 50%
  variant:
    weight: 50%
metrics:
  primary: purchase-rate
mde: 10%
`;
const FILE = "experiments/checkout.yaml";
const project = (from: string, to: string) =>
  caseProject("first-exposure", { [FILE]: EXPERIMENT.replace(from, to) });

describe("--output", () => {
  test("writes each form beside what is printed", async () => {
    const folder = project("hypothesis:", "hypotesis:");
    const outputs = ["sarif=out/results.sarif", "markdown=page.md", "json=found.json"];
    const { code, stdout } = await fairtrial(
      folder,
      "validate",
      "--format",
      "github",
      ...outputs.flatMap((output) => ["--output", output]),
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/^::error file=experiments\/checkout\.yaml,line=3,/);
    const read = (path: string) => readFileSync(join(folder, path), "utf8");
    expect(JSON.parse(read("out/results.sarif"))).toMatchObject({ version: "2.1.0" });
    expect(JSON.parse(read("found.json"))).toMatchObject({ formatVersion: 1 });
    expect(read("page.md")).toContain("### ✗ 1 error");
  });

  test.each([["xml=a.xml"], ["json"], ["json="], ["constructor=a"], ["json=experiments/project.yaml"]])(
    "%s is wrong usage",
    async (output) => {
      const { code, stderr } = await fairtrial(project("", ""), "validate", "--output", output);
      expect(code).toBe(2);
      expect(stderr).toContain("error: ");
    },
  );

  test("a place that cannot be written is wrong usage", async () => {
    const { code, stderr } = await fairtrial(project("", ""), "validate", "--output", "json=experiments");
    expect(code).toBe(2);
    expect(stderr).toContain("cannot be written");
  });
});

test("places are those of the repository, where the project lies below its root", async () => {
  const repository = temporaryFolder();
  execFileSync("git", ["init", "--quiet", repository], {
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null" },
  });
  writeFiles(join(repository, "apps", "shop"), {
    "experiments/project.yaml": "name: shop\nunits:\n  user:\n    id: userId\nbogus: 1\n",
  });
  const { stdout } = await fairtrial(join(repository, "apps", "shop"), "validate", "--format", "github");
  expect(stdout).toMatch(/^::error file=apps\/shop\/experiments\/project\.yaml,/);
});

describe("--fix", () => {
  test("mends what has one right answer, says so, and reports the rest", async () => {
    const folder = caseProject("first-exposure", {
      [FILE]: EXPERIMENT.replace("hypothesis:", "hypotesis:").replace("mde: 10%", "mde: 10"),
    });
    const { code, stdout, stderr } = await fairtrial(folder, "validate", "--fix");
    expect(code).toBe(1);
    expect(stderr).toBe(
      "fixed experiments/checkout.yaml:3:1: rename it to `hypothesis` (schema/unknown-key)\n1 fixed\n",
    );
    expect(stdout).toContain("schema/type");
    expect(readFileSync(join(folder, FILE), "utf8")).toBe(EXPERIMENT.replace("mde: 10%", "mde: 10"));
  });

  test("leaves every other byte and the permissions as they are", async () => {
    const text = `\u{feff}# ünïcode 😀\r\n${EXPERIMENT.replaceAll("\n", "\r\n")}\tx`.replace(
      "\tx",
      "   \r\n# end",
    );
    const broken = text.replace("owner:", "onwer:").replace("control:", '"control"  :');
    const folder = caseProject("first-exposure", { [FILE]: broken });
    chmodSync(join(folder, FILE), 0o640);
    const { code } = await fairtrial(folder, "validate", "--fix");
    expect(code).toBe(0);
    expect(readFileSync(join(folder, FILE)).equals(Buffer.from(broken.replace("onwer:", "owner:")))).toBe(
      true,
    );
    expect(statSync(join(folder, FILE)).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(folder, "experiments")).filter((name) => name.endsWith(".new"))).toEqual([]);
  });

  test("goes on where a mend shows another problem", async () => {
    const folder = project("", "");
    writeFiles(folder, {
      [FILE]: EXPERIMENT.replace("status: stopped", "control: 0\nstatus: stopped")
        .replace("  control:\n    weight", '  "0":\n    wieght')
        .replace("unit: user", "# fairtrial-ignore-next-line layer/overlap -- not any more\nunit: user"),
    });
    const { code, stderr } = await fairtrial(folder, "validate", "--fix");
    expect(code).toBe(0);
    expect(stderr.match(/^fixed /gm)).toHaveLength(3);
    expect(readFileSync(join(folder, FILE), "utf8")).toBe(
      EXPERIMENT.replace("status: stopped", 'control: "0"\nstatus: stopped').replace("  control:", '  "0":'),
    );
  });

  test("a rename between two keys that are equally near is not made", async () => {
    const folder = project("unit: user", "analysis:\n  manDays: 14\nunit: user");
    const before = readFileSync(join(folder, FILE), "utf8");
    const { stderr } = await fairtrial(folder, "validate", "--fix");
    expect(stderr).toContain("nothing to fix by itself");
    expect(readFileSync(join(folder, FILE), "utf8")).toBe(before);
  });

  test("changes nothing in files without problems", async () => {
    const { code, stderr } = await fairtrial(workedExample(), "validate", "--fix");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "nothing to fix by itself\n" });
  });
});

describe("explain", () => {
  test.each(Object.keys(catalog))("%s has a page in every form", async (code) => {
    const pages = ["pretty", "markdown", "json"].map((format) =>
      fairtrial("/", "explain", code, "--format", format),
    );
    for (const page of await Promise.all(pages)) {
      expect(page.code).toBe(0);
      expect(page.stdout).toContain(code);
      expect(page.stdout).not.toMatch(/[«»]/);
    }
  });

  test("without a code lists all", async () => {
    const { code, stdout } = await fairtrial("/", "explain");
    expect(code).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual(Object.keys(catalog).sort());
  });

  test.each([
    ["layer/overlp", "did you mean layer/overlap?"],
    ["constructor", "there is no code constructor"],
    ["layer", "there are layer/"],
    ["overlap", "there are layer/overlap"],
  ])("%s is wrong usage", async (word, expected) => {
    const { code, stdout, stderr } = await fairtrial("/", "explain", word);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(expected);
  });
});
