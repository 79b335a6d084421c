import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { fairtrial, workedExample, writeFiles } from "./command-line.ts";

afterEach(() => vi.unstubAllEnvs());

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
  expect(await everything(folder)).toEqual(without);
  const written = readFileSync(cacheOf(folder), "utf8");
  expect(written.split("\n").length).toBeGreaterThan(120);
  expect(await everything(folder)).toEqual(without);
  expect(readFileSync(cacheOf(folder), "utf8")).toBe(written);

  writeFileSync(cacheOf(folder), written.slice(0, written.length / 2));
  expect(await everything(folder)).toEqual(without);
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
