import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compareFolder, writeFolder } from "../../../src/cli/write-folder.ts";
import { temporaryFolder } from "../../command-line.ts";

const files = [
  { path: "index.ts", text: "export {};\n" },
  { path: "experiments/a.ts", text: "a\n" },
  { path: "experiments/b.ts", text: "b\n" },
];

function written(): string {
  const folder = join(temporaryFolder(), "generated");
  writeFolder(folder, files);
  for (const { path } of files) utimesSync(join(folder, path), 1_000, 1_000);
  return folder;
}

const dateOf = (folder: string, path: string) => statSync(join(folder, path)).mtimeMs / 1000;

test("files that are the same stay the very same, the others are written, and what is no more goes", () => {
  const folder = written();
  writeFileSync(join(folder, "stray.ts"), "");
  const next = [
    files[0]!,
    { path: "experiments/a.ts", text: "another\n" },
    { path: "experiments/c.ts", text: "c\n" },
  ];
  const difference = compareFolder(folder, next);
  expect(difference).toEqual({
    missing: ["experiments/c.ts"],
    changed: ["experiments/a.ts"],
    extra: ["experiments/b.ts", "stray.ts"],
    same: new Set(["index.ts"]),
  });
  writeFolder(folder, next, difference.same);
  expect(compareFolder(folder, next)).toMatchObject({ missing: [], changed: [], extra: [] });
  expect(dateOf(folder, "index.ts")).toBe(1_000);
  expect(dateOf(folder, "experiments/a.ts")).toBeGreaterThan(1_000);
  expect(statSync(join(folder, "index.ts")).nlink).toBe(1);
  expect(readdirSync(join(folder, ".."))).toEqual(["generated"]);
});

test("a link in place of a file is replaced by the file", () => {
  const folder = written();
  const elsewhere = join(temporaryFolder(), "elsewhere.ts");
  writeFileSync(elsewhere, "d\n");
  symlinkSync(elsewhere, join(folder, "d.ts"));
  const next = [...files, { path: "d.ts", text: "d\n" }, { path: "e.ts", text: "e\n" }];
  const { changed, missing, same } = compareFolder(folder, next);
  expect([changed, missing, same.has("d.ts")]).toEqual([[], ["e.ts"], false]);
  writeFolder(folder, next, same);
  expect(statSync(join(folder, "d.ts")).ino).not.toBe(statSync(elsewhere).ino);
});

test("what is the same but went since is written", () => {
  const folder = written();
  const { same } = compareFolder(folder, files);
  mkdirSync(join(folder, "..", "empty"));
  writeFolder(join(folder, "..", "empty"), files, same);
  expect(compareFolder(join(folder, "..", "empty"), files)).toMatchObject({
    missing: [],
    changed: [],
    extra: [],
  });
});

test("where a file cannot be written, the folder stays as it is", () => {
  const folder = written();
  const { same } = compareFolder(folder, files);
  expect(() => writeFolder(folder, [...files, { path: `${"x".repeat(300)}.ts`, text: "" }], same)).toThrow();
  for (const { path, text } of files) expect(readFileSync(join(folder, path), "utf8")).toBe(text);
  expect(readdirSync(join(folder, ".."))).toEqual(["generated"]);
});
