import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repository } from "../command-line.ts";
import { type LanguageServer, startLanguageServer } from "./language-server.ts";

const experiments = join(repository, "experiments");
const EXAMPLE = readFileSync(join(experiments, "one-page-checkout.yaml"), "utf8");
let server: LanguageServer;
let names = 0;

beforeAll(async () => {
  server = await startLanguageServer(repository);
});
afterAll(() => server.close());

test.each([
  "one-page-checkout.yaml",
  "project.yaml",
  "metrics/revenue-per-user.yaml",
  "audiences/new-mobile-users.yaml",
])("finds no problem in %s of the worked example", async (path) => {
  const { file, text } = named(readFileSync(join(experiments, path), "utf8"), path);
  expect(await server.open(file, text)).toEqual([]);
});

test("completes keys with their descriptions", async () => {
  const { file, position } = await openAt(EXAMPLE.replace("mde: 12%", "mde: 12%\n|"));
  const completions = await server.complete(file, position);
  expect(completions.map(({ label }) => label)).toEqual(expect.arrayContaining(["rollout", "iteration"]));
  const rollout = completions.find(({ label }) => label === "rollout");
  expect(rollout?.documentation).toContain("It only rises while running.");
  expect(completions.map(({ label }) => label)).not.toContain("owner");
});

test("completes keys of nested mappings", async () => {
  const { file, position } = await openAt(EXAMPLE.replace("  newPerDay: 9000", "  newPerDay: 9000\n  |"));
  expect((await server.complete(file, position)).map(({ label }) => label)).toContain("baseline");
});

test("completes the values of a key that has a choice", async () => {
  const { file, position } = await openAt(EXAMPLE.replace("status: running", "status: |"));
  const labels = (await server.complete(file, position)).map(({ label }) => label);
  expect(labels).toEqual(expect.arrayContaining(["draft", "running", "stopped", "concluded"]));
});

test("explains a key on hover", async () => {
  const { file, position } = await openAt(EXAMPLE.replace("removeBy", "rem|oveBy"));
  expect(await server.hover(file, position)).toContain("The day by which the code must be gone.");
});

test("explains the chosen value on hover", async () => {
  const { file, position } = await openAt(EXAMPLE.replace("status: running", "status: run|ning"));
  expect(await server.hover(file, position)).toContain("Units are enrolled.");
});

test.each([
  ["an unknown key", "hypothesis:", "hypotesis:", /hypotesis/],
  ["a value that is no choice", "status: running", "status: runing", /draft.*running.*stopped.*concluded/s],
  [
    "a number where a percentage is meant, in our words",
    "weight: 50%",
    "weight: 50",
    /expected a percentage from `0%` to `100%`/,
  ],
  ["a day that is none, in our words", "start: 2026-11-02", "start: soon", /a day such as/],
  ["a missing key", "unit: user\n", "", /unit/],
])("marks %s", async (_, from, to, message) => {
  const { file, text } = named(EXAMPLE.replace(from, to));
  const problems = await server.open(file, text);
  expect(problems.map((problem) => problem.message).join("\n")).toMatch(message);
});

/** A file that is nowhere on disk, beside the example, so that its schema line finds the schemas. */
function named(text: string, path = "x.yaml"): { readonly file: string; readonly text: string } {
  names += 1;
  return { file: join(experiments, path.replace(/\.yaml$/, `-${names}.yaml`)), text };
}

/** Opens a text, the cursor where the bar is. */
async function openAt(marked: string) {
  const offset = marked.indexOf("|");
  const { file, text } = named(marked.slice(0, offset) + marked.slice(offset + 1));
  await server.open(file, text);
  const before = marked.slice(0, offset).split("\n");
  return { file, position: { line: before.length - 1, character: before.at(-1)!.length } };
}
