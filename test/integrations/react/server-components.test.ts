import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { beforeAll, describe, expect, test } from "vitest";
import { integrationFiles } from "../../../src/emit/integration-files.ts";
import { repository, temporaryFolder } from "../../command-line.ts";

const folder = join(repository, "src", "integrations", "react");
const sources = readdirSync(folder).map((path) => ({
  path: `react/${path}`,
  text: readFileSync(join(folder, path), "utf8"),
}));

/** The directives of a module, as every parser finds them. */
function directivesOf(path: string, text: string): readonly string[] {
  return parseSync(path, text).program.body.flatMap((node) =>
    "directive" in node && node.directive ? [node.directive as string] : [],
  );
}

/** Whether a module imports a value of React, which exists in the browser's half only. */
function usesReact(path: string, text: string): boolean {
  return parseSync(path, text).module.staticImports.some(
    ({ moduleRequest, entries }) => moduleRequest.value === "react" && entries.some(({ isType }) => !isType),
  );
}

describe("every module that uses React", () => {
  test("says that it is the client's", () => {
    const using = sources.filter(({ path, text }) => usesReact(path, text)).map(({ path }) => path);
    const saying = sources.filter(({ path, text }) => directivesOf(path, text).includes("use client"));
    expect(using.length).toBeGreaterThan(5);
    expect(saying.map(({ path }) => path)).toEqual(using);
  });

  test.each(["js", "none", "ts"] as const)("still says so where it is copied, with imports %s", (style) => {
    const copies = integrationFiles(["react"], sources, style);
    const saying = (files: typeof copies) =>
      files.filter(({ path, text }) => directivesOf(path, text).includes("use client")).length;
    expect(copies.every(({ text }) => text.startsWith("// @generated"))).toBe(true);
    expect(saying(copies)).toBe(saying(sources));
  });
});

/** As bundlers do: what is the client's becomes references that cannot be called here. */
const BUNDLER = `
const references = (source) => [...source.matchAll(/^export (?:const|function) (\\w+)/gm)]
  .map(([, name]) => "export const " + name + " = Object.assign(() => { throw new Error('client only'); }, { $$typeof: Symbol.for('react.client.reference') });")
  .join("\\n");
export async function load(url, context, next) {
  const loaded = await next(url, context);
  const source = String(loaded.source ?? "");
  return /^\\s*["']use client["']/.test(source) ? { ...loaded, source: references(source) } : loaded;
}`;

const SERVER = `
import { createElement } from "react";
import * as react from "./out/integrations/react/index.js";
import { createExperiments, defineExperiment } from "./out/runtime/index.js";
const checkout = defineExperiment({
  key: "checkout", iteration: 1, unit: { key: "user", id: "userId" }, exposure: "assignment", attributes: [],
  settle: null, salt: 1, draw: null, variants: [{ key: "control", share: 1_000_000, params: { steps: 3 } }], default: 0,
});
const { beacon, ...arm } = react.getVariant(createExperiments({ now: () => 0 }), checkout, { userId: "u-1" });
const leaf = createElement(react.ExposureBeacon, beacon);
const reference = Symbol.for("react.client.reference");
const client = Object.entries(react).filter(([, value]) => value.$$typeof === reference).map(([name]) => name);
console.log(JSON.stringify({ arm, props: leaf.props, isReference: leaf.type.$$typeof === reference, client }));`;

describe("under the condition react-server", () => {
  let home = "";
  beforeAll(() => {
    home = temporaryFolder();
    const compiler = join(repository, "node_modules", "typescript", "bin", "tsc");
    writeFileSync(join(home, "package.json"), '{ "type": "module" }');
    writeFileSync(
      join(home, "tsconfig.json"),
      JSON.stringify({
        extends: join(repository, "tsconfig.json"),
        compilerOptions: {
          noEmit: false,
          declaration: false,
          outDir: "out",
          rootDir: join(repository, "src"),
          typeRoots: [join(repository, "node_modules", "@types")],
        },
        files: [join(folder, "index.ts")],
        include: [],
      }),
    );
    spawnSync(process.execPath, [compiler, "-p", home]);
    symlinkSync(join(repository, "node_modules"), join(home, "node_modules"));
    writeFileSync(join(home, "bundler.mjs"), BUNDLER);
    writeFileSync(
      join(home, "register.mjs"),
      'import { register } from "node:module"; register("./bundler.mjs", import.meta.url);',
    );
    writeFileSync(join(home, "server.mjs"), SERVER);
    writeFileSync(join(home, "client.mjs"), 'import "./out/integrations/react/provider.js";');
  });
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, ["--conditions", "react-server", ...args], { cwd: home, encoding: "utf8" });

  test("a server component assigns, and hands the exposure to a client leaf", () => {
    const { status, stdout, stderr } = run("--import", "./register.mjs", "server.mjs");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      arm: { variant: "control", params: { steps: 3 }, reason: "assigned" },
      props: { of: "checkout", shown: "control" },
      isReference: true,
      client: [
        "Experiment",
        "ExperimentsProvider",
        "ExposureBeacon",
        "TestExperiments",
        "useExperiment",
        "withExperiment",
      ],
    });
  });

  test("the client's half does not run: the test can fail", () => {
    expect(run("client.mjs")).toMatchObject({ status: 1 });
  });
});
