import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { integrationSources } from "../../src/cli/package.ts";
import { emit } from "../../src/emit/emit.ts";
import { integrationFiles } from "../../src/emit/integration-files.ts";
import { fairtrial, repository, temporaryFolder, workedExample, writeFiles } from "../command-line.ts";
import { runtimeSources } from "../unit/emit/generated.ts";
import { ONE_PAGE_CHECKOUT, planned, shop } from "../unit/emit/shop.ts";

const folder = join(repository, "src", "integrations");
const every = readdirSync(folder).filter((name) => existsSync(join(folder, name, "index.ts")));
const sources = integrationSources({ emit: { integrations: every } });

/** An app that uses copies, and the package's own integrations beside them. */
const APP = `
import { createExperiments, onePageCheckout } from "./generated/index.js";
import { createLive } from "./generated/integrations/live/index.js";
import { createRequestAssigner } from "./generated/integrations/server/index.js";
import { createLive as createPackageLive } from "fairtrial/live";
import { createRequestAssigner as createPackageAssigner } from "fairtrial/server";

const url = "https://shop.test/manifest.json";
const experiments = createExperiments({ live: createLive({ url }) });
createExperiments({ live: createPackageLive({ url }) });

for (const create of [createRequestAssigner, createPackageAssigner]) {
  const assignerOf = create({
    experiments,
    context: ({ id, request }) => ({
      userId: id,
      country: request.headers.get("cf-ipcountry") === "US" ? ("US" as const) : null,
      plan: "pro" as const,
      appVersion: "5.0.0",
      employee: null,
    }),
  });
  const answer = async (request: Request): Promise<Response> => {
    const assigner = await assignerOf(request);
    const arm = assigner.assign(onePageCheckout);
    const steps: 1 | 3 = arm.params.steps;
    // @ts-expect-error there is no such variant
    if (arm.variant === "two-pages") throw new Error();
    return assigner.respond(new Response(String(steps)));
  };
  void answer;
  const poor = create({ experiments, context: ({ id }) => ({ userId: id }) });
  // @ts-expect-error the context lacks what the experiment reads
  void poor(new Request(url)).then((assigner) => assigner.assign(onePageCheckout));
}
`;

/** What the compiler says of a strict app that has copied every integration. */
function compile(imports: "js" | "none" | "ts", options: object): string {
  const project = shop([ONE_PAGE_CHECKOUT], { emit: { ...shop([]).emit, imports, integrations: every } });
  const files = emit(project, planned(project), runtimeSources, sources);
  const app = temporaryFolder();
  writeFiles(app, {
    ...Object.fromEntries(files.map(({ path, text }) => [`generated/${path}`, text])),
    "app.ts": APP.replace(/\.js"/g, { js: '.js"', none: '"', ts: '.ts"' }[imports]),
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noImplicitReturns: true,
        noUnusedLocals: true,
        noUnusedParameters: true,
        isolatedModules: true,
        verbatimModuleSyntax: true,
        target: "ES2020",
        lib: ["ES2022", "DOM", "DOM.Iterable"],
        types: ["node"],
        skipLibCheck: true,
        noEmit: true,
        // The package's own sources, which import each other with their extensions.
        allowImportingTsExtensions: true,
        paths: { "fairtrial/*": [`${folder}/*/index.ts`] },
        ...options,
      },
      include: ["generated", "app.ts"],
    }),
  });
  symlinkSync(join(repository, "node_modules"), join(app, "node_modules"));
  try {
    const tsc = join(repository, "node_modules", "typescript", "bin", "tsc");
    execFileSync(process.execPath, [tsc, "--project", app], { cwd: app, encoding: "utf8", stdio: "pipe" });
    return "";
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}

describe("copied integrations", () => {
  test.each([
    ["js", { module: "NodeNext" }],
    ["none", { module: "ESNext", moduleResolution: "Bundler" }],
    ["ts", { module: "NodeNext" }],
  ] as const)("compile in a strict app with specifiers of style %s", (imports, options) => {
    expect(compile(imports, options)).toBe("");
  });

  test("do not compile where the specifiers are not the app's: the check itself can fail", () => {
    expect(compile("none", { module: "NodeNext" })).toMatch(/integrations\/live\/index\.ts.*TS2835/);
  });
});

describe("copying", () => {
  const pretend = [
    { path: "http/index.ts", text: 'import { post } from "../posting/post.ts";\nexport * from "./sink.ts";' },
    { path: "http/sink.ts", text: 'import "../../runtime/index.ts";' },
    { path: "posting/post.ts", text: 'export const later = () => import("../clock/clock.ts");' },
    { path: "clock/clock.ts", text: 'import type { Http } from "../http/index.ts";' },
    { path: "http-other/index.ts", text: "" },
  ];

  test("brings what is asked for and what that shares, with the app's specifiers", () => {
    const files = integrationFiles(["http"], pretend, "js");
    expect(
      Object.fromEntries(files.map(({ path, text }) => [path, text.split("\n").slice(1).join("\n")])),
    ).toEqual({
      "integrations/http/index.ts": 'import { post } from "../posting/post.js";\nexport * from "./sink.js";',
      "integrations/http/sink.ts": 'import "../../runtime/index.js";',
      "integrations/posting/post.ts": 'export const later = () => import("../clock/clock.js");',
      "integrations/clock/clock.ts": 'import type { Http } from "../http/index.js";',
    });
    for (const { text } of files) expect(text).toMatch(/^\/\/ @generated by fairtrial; do not edit\n/);
  });

  test("is refused for what there is not: a name the schema lets through has a folder", () => {
    expect(() => integrationFiles(["nothing"], pretend, "js")).toThrow("there is no integration nothing");
  });
});

describe("fairtrial build", () => {
  const projectFile = "experiments/project.yaml";

  function project(integrations: string): string {
    const app = workedExample();
    const text = readFileSync(join(app, projectFile), "utf8");
    writeFiles(app, { [projectFile]: `${text}\nemit:\n  integrations: ${integrations}\n` });
    return app;
  }

  test("copies what project.yaml lists, checks it, and takes away what is no longer listed", async () => {
    const app = project("[server, live, server]");
    expect(await fairtrial(app, "build")).toMatchObject({ code: 0 });
    const copied = join(app, "generated", "integrations");
    expect(readdirSync(copied).sort()).toEqual(["live", "server"]);
    expect(readFileSync(join(copied, "live", "index.ts"), "utf8")).toContain('from "./live.js"');
    expect(await fairtrial(app, "build", "--check")).toMatchObject({ code: 0 });
    writeFiles(app, { "generated/integrations/live/index.ts": "// @generated by fairtrial; do not edit\n" });
    const checked = await fairtrial(app, "build", "--check");
    expect(checked.code).toBe(1);
    expect(checked.stderr).toContain("generated/integrations/live/index.ts");
    const text = readFileSync(join(app, projectFile), "utf8");
    writeFiles(app, { [projectFile]: text.replace("[server, live, server]", "[]") });
    expect(await fairtrial(app, "build")).toMatchObject({ code: 0 });
    expect(existsSync(copied)).toBe(false);
  });

  test("says what can be copied where the name is wrong", async () => {
    const { code, stdout, stderr } = await fairtrial(project("[htp]"), "build");
    expect(code).toBe(1);
    expect(stdout + stderr).toMatch(/project\.yaml:\d+:\d+[\s\S]*htp[\s\S]*`http`/);
  });
});
