import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { caseProject, fairtrial, temporaryFolder, writeFiles } from "../command-line.ts";
import { PROJECT, projectFiles } from "../unit/syntax/design-project.ts";
import { codesIn, compileSafely } from "./render.ts";

const FILE = "experiments/project.yaml";

test.each([
  "../other/*.csv",
  "../../etc/*",
  "data/../../x.csv",
  "data/..",
  "/etc/passwd",
  "//host/share/*",
  "C:/data/*.csv",
  "C:\\data\\*.csv",
  "..\\x.csv",
  "data\\..\\..\\x.csv",
  "~/x.csv",
  "!../x.csv",
  "{data,..}/x.csv",
  "data/{a,../../b}.csv",
  "@(..|data)/x.csv",
  "file:///etc/passwd",
  "https://example.com/x.parquet",
  "s3://bucket/x.parquet",
])("a source may not read %s", (pattern) => {
  const text = PROJECT.replace("data/2026/*.parquet", JSON.stringify(pattern));
  const compilation = compileSafely(projectFiles({ [FILE]: text }));
  expect(codesIn(FILE, compilation)).toEqual(["warehouse/outside-project"]);
  const { place } = compilation.diagnostics.find(({ code }) => code === "warehouse/outside-project")!;
  expect(text.slice(place.span.start, place.span.end)).toBe(JSON.stringify(pattern));
});

test.each(["data/*.csv", "data/**/[0-9]*.{csv,parquet}", "data/..x/a..b.csv", "./data/x.csv", "*.csv"])(
  "a source may read %s",
  (pattern) => {
    const text = PROJECT.replace("data/2026/*.parquet", JSON.stringify(pattern));
    expect(codesIn(FILE, compileSafely(projectFiles({ [FILE]: text })))).toEqual([]);
  },
);

test("a link that leads out of the project is not followed to data", async () => {
  const outside = temporaryFolder();
  writeFileSync(join(outside, "secret.csv"), "user,event,amount,time\n1,purchase,30,2023-01-02 08:00\n");
  const folder = caseProject("first-exposure");
  const project = readFileSync(join(folder, FILE), "utf8");
  mkdirSync(join(folder, "data"), { recursive: true });
  symlinkSync(outside, join(folder, "data", "linked"));
  symlinkSync(join(outside, "secret.csv"), join(folder, "data", "secret.csv"));
  for (const from of ["data/linked/*.csv", "data/linked/secret.csv", "data/secret.csv"]) {
    writeFiles(folder, { [FILE]: project.replace("data/events.csv", from) });
    const { code, stdout, stderr } = await fairtrial(folder, "analyze");
    expect({ from, code, stdout }).toEqual({ from, code: 1, stdout: "" });
    expect(stderr).toContain("data/missing-file");
  }
});

test("a link among the experiments is told, and not followed", async () => {
  const outside = temporaryFolder();
  writeFileSync(join(outside, "secret.yaml"), "secret: [\n");
  const folder = caseProject("first-exposure");
  symlinkSync(join(outside, "secret.yaml"), join(folder, "experiments", "linked.yaml"));
  symlinkSync(outside, join(folder, "experiments", "archive"));
  symlinkSync("..", join(folder, "experiments", "loop"));
  symlinkSync("nowhere.yaml", join(folder, "experiments", "metrics", "lost.yaml"));
  const { code, stdout } = await fairtrial(folder, "validate", "--format", "json");
  expect(code).toBe(1);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Record<string, string>[] };
  expect(diagnostics.map((found) => [found.code, found.severity, found.file])).toEqual([
    ["file/link", "warning", "experiments/archive"],
    ["file/link", "error", "experiments/linked.yaml"],
    ["file/link", "warning", "experiments/loop"],
    ["file/link", "error", "experiments/metrics/lost.yaml"],
  ]);
  const format = await fairtrial(folder, "fmt");
  expect(format).toMatchObject({ code: 1, stdout: "" });
  expect(readFileSync(join(outside, "secret.yaml"), "utf8")).toBe("secret: [\n");
  expect(stdout + format.stdout + format.stderr).not.toContain("secret");
});
