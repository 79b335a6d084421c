import { describe, expect, test } from "vitest";
import { detectedStyle, expected, type ImportStyle, writeApp } from "./app.ts";
import { hasTools, type Outcome, runNode, tool } from "./tools.ts";

const COMPILERS = { "5.4": "typescript-5", "6.0": "typescript", "7.0": "typescript-7" } as const;
const compilers = Object.keys(COMPILERS) as readonly (keyof typeof COMPILERS)[];

/** No library but ECMAScript's own: no DOM, no Node. */
const STRICTEST = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: false,
  declaration: true,
  target: "ES2020",
  lib: ["ES2020"],
  types: [],
  rootDir: ".",
  outDir: "out",
};
const NODE = { module: "NodeNext", moduleResolution: "NodeNext" };
const BUNDLER = { module: "ESNext", moduleResolution: "Bundler" };

function compileApp(
  compiler: keyof typeof COMPILERS,
  style: ImportStyle,
  options: object,
): Promise<Outcome & { readonly app: string }> {
  const compilerOptions = { ...STRICTEST, ...options };
  const app = writeApp(style, {
    "tsconfig.json": JSON.stringify({ compilerOptions, include: ["main.ts", "generated"] }),
  });
  return runNode(app, tool(`${COMPILERS[compiler]}/bin/tsc`), "-p", ".").then((outcome) => ({
    ...outcome,
    app,
  }));
}

describe.skipIf(!hasTools()).each(compilers)("TypeScript %s", (compiler) => {
  test("is what it says", async () => {
    const { said } = await runNode(".", tool(`${COMPILERS[compiler]}/bin/tsc`), "--version");
    expect(said).toMatch(new RegExp(`^Version ${compiler}\\.`));
  });

  test("compiles `.js` as NodeNext, and what it makes of it runs", async () => {
    const { code, said, app } = await compileApp(compiler, "js", NODE);
    expect({ code, said }).toEqual({ code: 0, said: "" });
    expect(detectedStyle(app)).toBe("js");
    expect(await runNode(app, "out/main.js")).toEqual({ code: 0, said: `${expected}\n` });
  });

  test.each(["js", "none"] as const)("compiles %s as Bundler", async (style) => {
    expect(await compileApp(compiler, style, BUNDLER)).toMatchObject({ code: 0, said: "" });
  });

  test("compiles `.ts` as Bundler with allowImportingTsExtensions", async () => {
    const options = { ...BUNDLER, allowImportingTsExtensions: true, noEmit: true };
    const { code, said, app } = await compileApp(compiler, "ts", options);
    expect({ code, said }).toEqual({ code: 0, said: "" });
    expect(detectedStyle(app)).toBe("ts");
  });

  // Older ones have no such option.
  if (compiler !== "5.4")
    test("compiles `.ts` as NodeNext with rewriteRelativeImportExtensions, and what it makes of it runs", async () => {
      const { code, said, app } = await compileApp(compiler, "ts", {
        ...NODE,
        rewriteRelativeImportExtensions: true,
      });
      expect({ code, said }).toEqual({ code: 0, said: "" });
      expect(detectedStyle(app)).toBe("ts");
      expect(await runNode(app, "out/main.js")).toEqual({ code: 0, said: `${expected}\n` });
    });

  test.each([
    ["no ending", "none", "TS2835"],
    ["`.ts`", "ts", "TS5097"],
  ] as const)("refuses %s as NodeNext, which is why `js` is the default", async (_, style, reason) => {
    const { code, said } = await compileApp(compiler, style, NODE);
    expect(code).not.toBe(0);
    expect(said).toContain(reason);
  });
});
