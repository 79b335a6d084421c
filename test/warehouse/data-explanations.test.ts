import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ExampleFiles } from "../../src/diagnostics/explanation.ts";
import { dataExplanations } from "../../src/diagnostics/explanations/data.ts";
import { fairtrial, repository, temporaryFolder, writeFiles } from "../command-line.ts";
import { putInto } from "../unit/diagnostics/put-into.ts";

const folder = join(repository, "test", "cases", "first-exposure");
const project = new Map(
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
);

/** What needs a broken machine, a project that other rules refuse before, or a file that is no text. */
const UNSHOWN: readonly string[] = [
  "data/as-of-beyond-data",
  "data/engine-failure",
  "data/ids-apart",
  "data/mixed-ids",
  "data/no-exposure-days",
  "data/no-rows",
  "data/unmapped-unit",
  "data/unreadable-table",
  "data/wrong-type",
];

const shown = Object.entries(dataExplanations).flatMap(([code, { example }]) =>
  example === null ? [] : [{ code, ...example }],
);

test("what has no example is listed", () => {
  const codes = Object.entries(dataExplanations).filter(([, { example }]) => example === null);
  expect(codes.map(([code]) => code).sort()).toEqual(UNSHOWN);
});

describe.each(shown)("$code", ({ code, bad, good }) => {
  test("the bad example gives it, alone, where the marks are", async () => {
    const { found, mark } = await analyzeExample(bad);
    expect(found.map((each) => each.code)).toEqual([code]);
    if (mark !== null) expect(found[0]?.place).toBe(mark);
  });

  test("the good example gives none", async () => {
    expect((await analyzeExample(good)).found).toEqual([]);
  });
});

/** Codes and places as they are printed. */
async function analyzeExample(example: ExampleFiles) {
  const root = temporaryFolder();
  let mark: string | null = null;
  for (const [path, text] of putInto(project, example)) {
    const [line] = text.includes("«") ? text.slice(0, text.indexOf("«")).split("\n").slice(-1) : [];
    if (line !== undefined) {
      mark = `${path}:${text.slice(0, text.indexOf("«")).split("\n").length}:${line.length + 1}`;
    }
    writeFiles(root, { [path]: text.replaceAll(/[«»]/g, "") });
  }
  const { stderr } = await fairtrial(root, "analyze", "--format", "json");
  const found = [...stderr.matchAll(/^(?:error|warning)\[(.+?)\].*\n *--> (.+)$/gm)].map(
    ([, code, place]) => ({
      code,
      place,
    }),
  );
  return { found, mark };
}
