import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fairtrial, temporaryFolder, workedExample, writeFiles } from "./command-line.ts";

/** The program has an identity only where it is built. */
vi.mock("../src/cli/cache-key.ts", async (original) => ({
  ...(await original<typeof import("../src/cli/cache-key.ts")>()),
  programIdentity: () => "tested",
}));

beforeEach(() => void vi.stubEnv("XDG_CACHE_HOME", temporaryFolder()));
afterEach(() => void vi.unstubAllEnvs());

/** The worked example with so many more drafts that a cache is worth it. */
function largeProject(): string {
  const folder = workedExample();
  mkdirSync(join(folder, "node_modules"));
  const draft = (index: number) => `name: Draft ${index}
status: draft
unit: user
variants:
  control: {}
  other: {}
metrics:
  primary: checkout-conversion
mde: 5%
`;
  const drafts = Array.from({ length: 120 }, (_, index) => [`experiments/draft-${index}.yaml`, draft(index)]);
  writeFiles(folder, Object.fromEntries(drafts));
  return folder;
}

const cacheOf = (folder: string) => join(folder, "node_modules", ".cache", "fairtrial", "values");

/** What the commands that only read say and emit. */
async function everything(folder: string) {
  const outcomes = [
    await fairtrial(folder, "validate", "--format", "json"),
    await fairtrial(folder, "plan", "--format", "json"),
    await fairtrial(folder, "build"),
  ];
  const experiments = join(folder, "generated", "experiments");
  const files = readdirSync(experiments).map((name) => [name, readFileSync(join(experiments, name), "utf8")]);
  return { outcomes: outcomes.map(({ code, stdout }, index) => [code, index < 2 && stdout]), files };
}

test("commands say and emit the same without a cache, with a new one, a full one and a spoilt one", async () => {
  const folder = largeProject();
  vi.stubEnv("FAIRTRIAL_CACHE", "off");
  const without = await everything(folder);
  expect(existsSync(cacheOf(folder))).toBe(false);
  expect(without.outcomes.map(([code]) => code)).toEqual([0, 0, 0]);

  vi.unstubAllEnvs();
  vi.stubEnv("XDG_CACHE_HOME", temporaryFolder());
  expect(await everything(folder)).toEqual(without);
  const outcome = join(cacheOf(folder), "..", "outcome");
  expect(existsSync(outcome)).toBe(true);
  const written = readFileSync(cacheOf(folder), "utf8");
  expect(written.split("\n").length).toBeGreaterThan(120);
  expect(await everything(folder)).toEqual(without);
  expect(readFileSync(cacheOf(folder), "utf8")).toBe(written);

  rmSync(outcome);
  writeFileSync(cacheOf(folder), written.slice(0, written.length / 2));
  expect(await everything(folder)).toEqual(without);
});

test("what an outcome in the cache says is said, unless another user wrote it", async () => {
  const folder = largeProject();
  await fairtrial(folder, "validate");
  const outcome = join(cacheOf(folder), "..", "outcome");
  const own = readFileSync(outcome);
  rmSync(cacheOf(folder));
  await fairtrial(folder, "validate");
  expect(existsSync(cacheOf(folder))).toBe(false);

  vi.stubEnv("XDG_CACHE_HOME", temporaryFolder());
  await fairtrial(folder, "validate");
  expect(existsSync(cacheOf(folder))).toBe(true);
  expect(readFileSync(outcome).equals(own)).toBe(false);
});

test("a project with errors has no outcome", async () => {
  const folder = largeProject();
  writeFiles(folder, { "experiments/broken.yaml": "name: [" });
  expect(await fairtrial(folder, "validate")).toMatchObject({ code: 1 });
  expect(existsSync(join(cacheOf(folder), "..", "outcome"))).toBe(false);
});

test("an edited file is read anew, whatever its date", async () => {
  const folder = largeProject();
  await fairtrial(folder, "validate");
  const path = join(folder, "experiments", "draft-7.yaml");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replace("unit: user", "unit: usre"));
  const { code, stdout } = await fairtrial(folder, "validate", "--format", "json");
  expect(code).toBe(1);
  expect(JSON.parse(stdout).diagnostics[0]).toMatchObject({ code: "unit/unknown" });
  writeFileSync(path, text);
  expect(await fairtrial(folder, "validate")).toMatchObject({ code: 0 });
});

test("a small project is read without one", async () => {
  const folder = workedExample();
  mkdirSync(join(folder, "node_modules"));
  await fairtrial(folder, "validate");
  expect(readdirSync(join(folder, "node_modules"))).toEqual([]);
});
