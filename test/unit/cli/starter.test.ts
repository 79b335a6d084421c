import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { diffLines } from "../../../src/cli/line-diff.ts";
import { chooseRange } from "../../../src/cli/starter/choose-range.ts";
import { detectImports } from "../../../src/cli/starter/detect-imports.ts";
import { installCommand } from "../../../src/cli/starter/package-manager.ts";
import { plainScalar } from "../../../src/cli/starter/plain-scalar.ts";
import { temporaryFolder, writeFiles } from "../../command-line.ts";
import { experiment, USER } from "../emit/shop.ts";

test("any text on one line comes back from YAML as itself", () => {
  const texts = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom(
      "yes",
      "null",
      "1.0",
      "0x1F",
      "1e5",
      "5%",
      "a: b",
      "a #b",
      "- a",
      "*a",
      "@x",
      "~",
      "",
      " ",
      "2026-01-01",
    ),
    fc.stringMatching(/^[\w+.:%/ -]{1,8}$/),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(parse(`key: ${plainScalar(text)}\n`)).toEqual({ key: text });
    }),
    { numRuns: 2_000 },
  );
});

test("a difference of lines turns one text into the other", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "c", "", "  d"), { maxLength: 12 })
    .map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const difference = diffLines(before, after);
      const gone = new Set(difference.filter(({ side }) => side === "-").map(({ line }) => line));
      const come = new Map(
        difference.filter(({ side }) => side === "+").map(({ line, text }) => [line, text]),
      );
      const kept = before.split("\n").filter((_, index) => !gone.has(index + 1));
      const made: string[] = [];
      while (kept.length > 0 || come.has(made.length + 1))
        made.push(come.get(made.length + 1) ?? kept.shift()!);
      expect(made.join("\n")).toBe(after);
      if (before === after) expect(difference).toEqual([]);
    }),
  );
});

describe("the next free range of a layer", () => {
  const owner = (key: string, status: "running" | "draft" | "stopped", from: number, to: number) =>
    experiment(key, { status, layer: { layer: { key: "checkout", unit: USER }, from, to } });

  test("is the first that is wide enough", () => {
    const owners = [owner("a", "running", 0, 200_000), owner("b", "draft", 300_000, 900_000)];
    expect(chooseRange("checkout", null, owners)).toEqual({ from: 200_000, to: 300_000 });
    expect(chooseRange("checkout", 50_000, owners)).toEqual({ from: 200_000, to: 250_000 });
    expect(() => chooseRange("checkout", 200_000, owners)).toThrow(
      "a has 0% to 20%; b has 30% to 90%; free: 20% to 30%, 90% to 100%",
    );
  });

  test("leaves room for another, and takes what stopped experiments had", () => {
    expect(chooseRange("checkout", null, [owner("a", "stopped", 0, 1_000_000)])).toEqual({
      from: 0,
      to: 500_000,
    });
    expect(() => chooseRange("checkout", null, [owner("a", "running", 0, 1_000_000)])).toThrow(
      "nothing is free",
    );
  });
});

describe("how imports end", () => {
  const json = (value: unknown) => JSON.stringify(value);
  const nodenext = '{ // yes\n "compilerOptions": { "module": "NodeNext", } }';
  test.each([
    ["nothing", {}, "js"],
    ["Next.js", { "package.json": json({ dependencies: { next: "16.0.0", vite: "7.0.0" } }) }, "none"],
    ["Next.js by its config", { "next.config.mjs": "export default {}" }, "none"],
    ["webpack", { "package.json": json({ devDependencies: { webpack: "5.0.0" } }) }, "none"],
    [
      "webpack under NodeNext",
      { "package.json": json({ devDependencies: { webpack: "5" } }), "tsconfig.json": nodenext },
      "js",
    ],
    ["webpack with aliases", { "webpack.config.js": "resolve: { extensionAlias: {} }" }, "js"],
    [
      "webpack beside a bundler for tests",
      { "package.json": json({ devDependencies: { webpack: "5", vite: "8", esbuild: "0.28" } }) },
      "none",
    ],
    ["Rspack", { "package.json": json({ devDependencies: { "@rspack/core": "1" } }) }, "none"],
    ["Rspack with aliases", { "rspack.config.ts": "resolve: { extensionAlias: {} }" }, "js"],
    ["React Native", { "metro.config.js": "module.exports = {}" }, "none"],
    [
      "Vite",
      {
        "package.json": json({ devDependencies: { vite: "7.0.0" } }),
        "tsconfig.json": json({ compilerOptions: { allowImportingTsExtensions: true } }),
      },
      "js",
    ],
    ["tsc NodeNext", { "tsconfig.json": nodenext }, "js"],
    [
      "Node without a build",
      {
        "tsconfig.json": json({ extends: "./base" }),
        "base.json": json({ compilerOptions: { allowImportingTsExtensions: true } }),
      },
      "ts",
    ],
    ["Deno", { "deno.json": "{}" }, "ts"],
    ["a broken manifest", { "package.json": "{ not json" }, "js"],
  ] as const)("%s", (_, files, imports) => {
    const folder = temporaryFolder();
    writeFiles(folder, files as Record<string, string>);
    expect(detectImports(folder).imports).toBe(imports);
  });
});

test.each([
  [{}, "npm install --save-dev"],
  [{ "pnpm-lock.yaml": "" }, "pnpm add --save-dev"],
  [{ "app/yarn.lock": "", "pnpm-lock.yaml": "" }, "yarn add --dev"],
  [{ "app/.git/HEAD": "", "pnpm-lock.yaml": "" }, "npm install --save-dev"],
])("the lock file of the repository tells what installs (%o)", (files, expected) => {
  const folder = temporaryFolder();
  writeFiles(folder, { "app/a.txt": "", ...files });
  expect(installCommand(join(folder, "app"))).toBe(expected);
});
