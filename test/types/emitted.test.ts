import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compileGenerated, emitted } from "../unit/emit/generated.ts";
import { experiment, GREEN_BUTTON, ONE_PAGE_CHECKOUT, shop } from "../unit/emit/shop.ts";

const app = readFileSync(join(import.meta.dirname, "fixtures", "app.ts"), "utf8");
const experiments = [GREEN_BUTTON, ONE_PAGE_CHECKOUT];

describe("an app over emitted experiments", () => {
  test("is held to exactly their types", () => {
    expect(compileGenerated(emitted(shop(experiments)), app).errors).toBe("");
  });

  test("is told what it does wrong: the check itself can fail", () => {
    const wrong = app.replaceAll("// @ts-expect-error", "//");
    const errors = compileGenerated(emitted(shop(experiments)), wrong).errors.match(/^app\.ts|\/app\.ts\(/gm);
    expect(errors).toHaveLength(app.match(/@ts-expect-error/g)!.length);
  });

  test.each([
    ["none", { module: "ESNext", moduleResolution: "Bundler" }],
    ["ts", { module: "NodeNext", allowImportingTsExtensions: true, noEmit: true }],
    ["js", { module: "ESNext", moduleResolution: "Bundler" }],
  ] as const)("compiles with specifiers of style %s", (imports, options) => {
    const files = emitted(shop(experiments, { emit: { imports, integrations: [], openfeature: false } }));
    const suffix = imports === "none" ? "" : `.${imports}`;
    const client = app.replace("./generated/index.js", `./generated/index${suffix}`);
    expect(compileGenerated(files, client, options).errors).toBe("");
  });

  test("may have no experiment, no event and no attribute", () => {
    const empty = shop([], { events: [], attributes: [] });
    expect(compileGenerated(emitted(empty)).errors).toBe("");
    expect(compileGenerated(emitted({ ...empty, experiments: [experiment("plain")] })).errors).toBe("");
  });
});
