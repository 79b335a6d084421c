import { describe, expect, test } from "vitest";
import { detectedStyle, expected, type ImportStyle, writeApp } from "./app.ts";
import { hasTools, runNode, tool } from "./tools.ts";

/** How an app makes `out/bundle.mjs` of its `main.ts`, with the bundler's defaults. */
const BUNDLERS = {
  esbuild: (app: string) => runNode(app, "esbuild.mjs"),
  vite: (app: string) => runNode(app, tool("vite/bin/vite.js"), "build"),
  webpack: (app: string) => runNode(app, "webpack.mjs"),
};
type Bundler = keyof typeof BUNDLERS;

/** What each takes without being told to. */
const TAKES: Readonly<Record<Bundler, readonly ImportStyle[]>> = {
  esbuild: ["js", "none", "ts"],
  vite: ["js", "none", "ts"],
  webpack: ["none", "ts"],
};

const ESBUILD = `import { build } from "esbuild";
await build({ entryPoints: ["main.ts"], bundle: true, format: "esm", outfile: "out/bundle.mjs" });
`;

const VITE = `export default {
  build: { outDir: "out", lib: { entry: "main.ts", formats: ["es"], fileName: () => "bundle.mjs" } },
};
`;

const WEBPACK = `import webpack from "webpack";
import config from "./webpack.config.mjs";
webpack(config, (error, stats) => {
  if (error) throw error;
  console.log(stats.toString("errors-only"));
  process.exitCode = stats.hasErrors() ? 1 : 0;
});
`;

/** As webpack's guide for TypeScript writes it, but for what is under test. */
const webpackConfig = (loader: object, resolve: object) => `export default {
  mode: "production",
  entry: "./main.ts",
  module: { rules: [{ test: /\\.tsx?$/, ...${JSON.stringify(loader)}, exclude: /node_modules/ }] },
  resolve: { extensions: [".tsx", ".ts", ".js"], ...${JSON.stringify(resolve)} },
  output: { path: import.meta.dirname + "/out", filename: "bundle.mjs" },
};
`;

const TSCONFIG = {
  module: "ESNext",
  moduleResolution: "Bundler",
  target: "ES2020",
  lib: ["ES2020"],
  types: [],
  strict: true,
};

/** An app whose code imports `.ts` is only checked by its TypeScript: to compile it is left to the loader. */
const CHECKED_ELSEWHERE = { allowImportingTsExtensions: true, noEmit: true };
const TRANSPILING = {
  transpileOnly: true,
  compilerOptions: { allowImportingTsExtensions: false, noEmit: false },
};

function bundlerApp(bundler: Bundler, style: ImportStyle, resolve: object = {}): string {
  const compilerOptions = style === "ts" ? { ...TSCONFIG, ...CHECKED_ELSEWHERE } : TSCONFIG;
  const loader = { loader: "ts-loader", options: style === "ts" ? TRANSPILING : {} };
  const files = {
    esbuild: { "esbuild.mjs": ESBUILD },
    vite: { "vite.config.js": VITE },
    webpack: { "webpack.mjs": WEBPACK, "webpack.config.mjs": webpackConfig(loader, resolve) },
  }[bundler];
  return writeApp(
    style,
    { ...files, "tsconfig.json": JSON.stringify({ compilerOptions, files: ["main.ts"] }) },
    bundler,
  );
}

const cases = Object.entries(TAKES).flatMap(([bundler, styles]) =>
  styles.map((style) => [bundler as Bundler, style] as const),
);

describe.skipIf(!hasTools())("what a bundler makes of the worked example prints its variants:", () => {
  test.each(cases)("%s with %s", async (bundler, style) => {
    const app = bundlerApp(bundler, style);
    const { code, said } = await BUNDLERS[bundler](app);
    expect({ code, said: code === 0 ? "" : said }).toEqual({ code: 0, said: "" });
    expect(await runNode(app, "out/bundle.mjs")).toEqual({ code: 0, said: `${expected}\n` });
    expect(TAKES[bundler]).toContain(detectedStyle(app));
  });

  test("webpack with js and its extensionAlias", async () => {
    const app = bundlerApp("webpack", "js", { extensionAlias: { ".js": [".ts", ".js"] } });
    expect(await BUNDLERS.webpack(app)).toMatchObject({ code: 0 });
    expect(await runNode(app, "out/bundle.mjs")).toEqual({ code: 0, said: `${expected}\n` });
    expect(detectedStyle(app)).toBe("js");
  });

  test("webpack without it finds no `.js`, which is why `init` writes `none` for it", async () => {
    const app = bundlerApp("webpack", "js");
    const { code, said } = await BUNDLERS.webpack(app);
    expect(code).toBe(1);
    expect(said).toContain("Can't resolve './variants.js'");
    expect(detectedStyle(app)).toBe("none");
  });
});
