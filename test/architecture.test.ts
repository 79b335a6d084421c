import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readModule } from "./architecture/modules.ts";
import { ARROWS, violations } from "./architecture/violations.ts";

const root = join(import.meta.dirname, "..");
const sources = new Map(
  readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") || path.endsWith(".tsx"))
    .map((path) => [`src/${path}`, readFileSync(join(root, "src", path), "utf8")]),
);
const modules = [...sources].map(([path, text]) => readModule(path, text));

describe("the architecture", () => {
  test("has only the arrows of the table, no cycle, no long file, and keeps the world outside", () => {
    expect(violations(modules)).toEqual([]);
  });

  test("sees the sources at all", () => {
    expect(modules.length).toBeGreaterThan(50);
    expect(modules.flatMap(({ imports }) => imports).length).toBeGreaterThan(modules.length);
  });

  test("keeps files small: median at most 100 lines", () => {
    const lines = modules
      .filter(({ generated }) => !generated)
      .map(({ lines }) => lines)
      .sort((a, b) => a - b);
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(100);
  });

  test("has no folder without a name for its idea", () => {
    const nameless = /(^|\/)(utils?|helpers?|common|core|types)(\/|\.tsx?$)/;
    expect([...sources.keys()].filter((path) => nameless.test(path))).toEqual([]);
  });

  test("lists only folders that could exist: every arrow ends at a folder of the table", () => {
    for (const { values, types = [] } of Object.values(ARROWS))
      for (const folder of [...values, ...types]) expect(ARROWS).toHaveProperty(folder);
  });
});

describe("the test of the architecture", () => {
  const planted = (path: string, text: string) =>
    violations([
      readModule("src/model/share.ts", "export const a = 1;"),
      readModule("src/runtime/hash.ts", "export {};"),
      readModule(path, text),
    ]);

  test.each([
    [
      "a bad arrow",
      "src/runtime/bad.ts",
      'import { a } from "../model/share.ts";',
      "runtime may not import model",
    ],
    ["a bad re-export", "src/sql/bad.ts", 'export * from "../model/share.ts";', "sql may not import model"],
    [
      "a bad dynamic import",
      "src/sql/bad.ts",
      'export const m = import("../model/share.ts");',
      "sql may not import model",
    ],
    [
      "a bad import type",
      "src/sql/bad.ts",
      'export type A = import("../model/share.ts").A;',
      "sql may not import model",
    ],
    [
      "a value where only types may cross",
      "src/model/bad.ts",
      'import { h } from "../runtime/hash.ts";',
      "model may not import runtime",
    ],
    ["an unknown folder", "src/utils/bad.ts", "export {};", "not in the table"],
    ["a missing file", "src/model/bad.ts", 'import "./absent.ts";', "not a source file"],
    ["the file system", "src/model/bad.ts", 'import "node:fs";', "imports node:fs"],
    ["a dependency of the runtime", "src/runtime/bad.ts", 'import "yaml";', "imports yaml"],
    ["a clock", "src/model/bad.ts", "export const now = Date.now();", "uses Date.now"],
    ["an unseeded die", "src/simulate/bad.ts", "export const die = Math.random();", "uses Math.random"],
    ["the console", "src/plan/bad.ts", "console.log(1);", "uses console"],
    ["a long file", "src/model/bad.ts", "export {};\n".repeat(401), "401 lines"],
  ])("turns red on %s", (_name, path, text, message) => {
    expect(planted(path, text).join("\n")).toContain(message);
  });

  test("turns red on a cycle, one of types too", () => {
    const found = violations([
      readModule("src/model/a.ts", 'import type { B } from "./b.ts";'),
      readModule("src/model/b.ts", 'import type { A } from "./a.ts";'),
    ]);
    expect(found).toEqual(["cycle: src/model/a.ts → src/model/b.ts → src/model/a.ts"]);
  });

  test("stays green where all is well", () => {
    expect(
      planted(
        "src/model/good.ts",
        'import type { H } from "../runtime/hash.ts"; import { a } from "./share.ts";',
      ),
    ).toEqual([]);
  });
});
