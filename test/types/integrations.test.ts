import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { emit } from "../../src/emit/emit.ts";
import type { EmittedFile } from "../../src/emit/source-file.ts";
import { repository } from "../command-line.ts";
import { compileGenerated, runtimeSources } from "../unit/emit/generated.ts";
import { GREEN_BUTTON, ONE_PAGE_CHECKOUT, planned, shop } from "../unit/emit/shop.ts";

const folder = join(repository, "src", "integrations");
const integrationSources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));

const modules = join(repository, "node_modules");

/** As an app of a bundler, with the packages of the integrations installed. */
const BUNDLED = {
  module: "ESNext",
  moduleResolution: "Bundler",
  lib: ["ES2022", "DOM"],
  jsx: "react-jsx",
  skipLibCheck: true,
  paths: {
    "fairtrial/*": ["./package/integrations/*/index.ts"],
    "*": [`${modules}/@types/*`, `${modules}/*`],
  },
};

function compile(integrations: readonly string[], app: string, openfeature = false): string {
  const project = shop([GREEN_BUTTON, ONE_PAGE_CHECKOUT], {
    emit: { imports: "js", integrations, openfeature },
  });
  const files = emit(project, planned(project), runtimeSources, integrationSources);
  const page = { path: "../page.tsx", text: app };
  return compileGenerated([...files, ...packaged(files), page], 'import "./page.js";', BUNDLED).errors;
}

/** Runtime and integrations as they are in a package beside the app: a copy of their own. */
function packaged(files: readonly EmittedFile[]): readonly EmittedFile[] {
  return files
    .filter(({ path }) => /^(integrations|runtime)\//.test(path))
    .map(({ path, text }) => ({ path: `../package/${path}`, text }));
}

describe.each([
  ["React components", "react-app.tsx", ["react"], false],
  ["a server's assigner", "server-app.ts", ["server"], false],
  ["OpenFeature clients", "openfeature-app.ts", ["openfeature-server", "openfeature-web"], true],
] as const)("%s over emitted experiments", (_name, file, integrations, openfeature) => {
  const app = readFileSync(join(import.meta.dirname, "fixtures", file), "utf8");

  test("are held to exactly their types", () => {
    expect(compile(integrations, app, openfeature)).toBe("");
  });

  test("are held to the same by a package, whose runtime is another copy", () => {
    const other = app.replace(/"\.\/generated\/integrations\/([\w-]+)\/index\.js"/g, '"fairtrial/$1"');
    expect(other).toContain("fairtrial/");
    expect(compile(integrations, other, openfeature)).toBe("");
  });

  test("are told what they do wrong: the check itself can fail", () => {
    const wrong = app.replaceAll("@ts-expect-error", "");
    const errors = compile(integrations, wrong, openfeature).match(/page\.tsx\(/g);
    expect(errors).toHaveLength(app.match(/@ts-expect-error/g)!.length);
  });
});

describe("without registration", () => {
  const app = (use: string) => `
import { everyExperiment, greenButton, onePageCheckout } from "./generated/index.js";
import { TestExperiments, useExperiment } from "./generated/integrations/react/index.js";
export const use = () => ${use};
export { everyExperiment, greenButton, onePageCheckout, TestExperiments, useExperiment };`;

  test("a hook asks for the whole context", () => {
    expect(compile(["react"], app('useExperiment(greenButton, { context: { userId: "u-42" } })'))).toBe("");
    expect(compile(["react"], app("useExperiment(greenButton)"))).toContain("Expected 2 arguments");
  });

  test("any variant can be forced, and any flag be asked for", () => {
    expect(compile(["react"], app('TestExperiments({ force: { anything: "at-all" } })'))).toBe("");
    const flags =
      'import { OpenFeature } from "@openfeature/server-sdk";\nOpenFeature.getClient().getStringValue("any", "");';
    expect(compile(["openfeature-server"], flags)).toBe("");
  });
});
