import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { repository, temporaryFolder, workedExample } from "./command-line.ts";

describe("the packed package", () => {
  let home = "";
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(home, "package", "dist", "cli", "main.js"), ...args], {
      encoding: "utf8",
    });

  beforeAll(() => {
    execFileSync(process.execPath, [join(repository, "scripts", "build.mjs")]);
    home = temporaryFolder();
    execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", home], {
      cwd: repository,
      stdio: "pipe",
    });
    const [tarball] = readdirSync(home);
    execFileSync("tar", ["-xzf", join(home, tarball!), "-C", home]);
    symlinkSync(join(repository, "node_modules"), join(home, "node_modules"));
  });

  test("runs from where it is installed, and brings the runtime's source", () => {
    const folder = workedExample();
    expect(run("validate", "--cwd", folder)).toMatchObject({ status: 0, stderr: "" });
    expect(run("build", "--cwd", folder)).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(join(folder, "generated", "runtime"))).toContain("assign.ts");
  });

  test("holds no tests, no data, no sources but those that are copied into apps", () => {
    expect(readdirSync(join(home, "package")).sort()).toEqual([
      "LICENSE",
      "README.md",
      "dist",
      "package.json",
      "schema",
      "src",
    ]);
    expect(readdirSync(join(home, "package", "src"))).toEqual(["integrations", "runtime"]);
  });

  test("gives its integrations as entry points", async () => {
    const { exports } = JSON.parse(readFileSync(join(home, "package", "package.json"), "utf8"));
    const targets = Object.values<{ readonly default?: string }>(exports)
      .map((target) => target.default ?? "")
      .filter((path) => path.startsWith("./dist/integrations/"));
    expect(targets.length).toBeGreaterThan(5);
    for (const target of targets)
      expect(Object.keys(await import(join(home, "package", target))), target).not.toEqual([]);
  });

  test("exits with 2 and one line for wrong usage", () => {
    mkdirSync(join(home, "empty"));
    const { status, stderr, stdout } = run("validate", "--cwd", join(home, "empty"));
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  test("gives its public API to an importer", async () => {
    const api = await import(join(home, "package", "dist", "index.js"));
    expect(Object.keys(api).sort()).toEqual([
      "analyze",
      "compareExperiments",
      "compile",
      "compileChange",
      "emit",
      "findRegistrations",
      "measureBaselines",
      "openDuckdb",
      "parseEffect",
      "renderBaselines",
      "renderBaselinesMarkdown",
      "renderJson",
      "renderMarkdown",
      "renderPlan",
      "renderPretty",
      "renderSite",
      "renderText",
      "simulate",
      "writeBaselines",
    ]);
  });
});
