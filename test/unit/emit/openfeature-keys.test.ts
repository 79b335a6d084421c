import { parseSync } from "oxc-parser";
import { describe, expect, test } from "vitest";
import { openFeatureKeys } from "../../../src/emit/openfeature-keys.ts";
import { manifestEntry } from "../../../src/model/manifest.ts";
import type { ManifestExperiment } from "../../../src/runtime/manifest.ts";
import { emitted, textOf } from "./generated.ts";
import { experiment, ONE_PAGE_CHECKOUT, shop } from "./shop.ts";

function entry(
  key: string,
  params: Readonly<Record<string, string | number | boolean | null>>,
): ManifestExperiment {
  const variants = [
    { key: "control", share: 500_000, params },
    { key: "treatment", share: 500_000, params },
  ];
  const declared = experiment(key, { variants });
  return manifestEntry(declared, shop([declared]));
}

/** The keys of one type, in the order of the file. */
function keysOf(type: string, text: string): readonly string[] {
  const list = new RegExp(`type ${type}FlagKey =([^;]*);`).exec(text)?.[1] ?? "";
  return [...list.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, key]) => key as string);
}

describe("the keys of OpenFeature's flags", () => {
  test("are experiments and their params, by type, sorted", () => {
    const { path, text } = openFeatureKeys([
      entry("b", { flag: true, count: 3, colour: "red", nothing: null }),
      entry("a", { count: 1 }),
    ]);
    expect(path).toBe("openfeature.d.ts");
    expect(keysOf("Boolean", text)).toEqual(["b.flag"]);
    expect(keysOf("Number", text)).toEqual(["a.count", "b.count"]);
    expect(keysOf("String", text)).toEqual(["a", "b", "b.colour"]);
    expect(keysOf("Object", text)).toEqual(["a", "b", "b.nothing"]);
  });

  test("have every type that a param has in some variant", () => {
    const mixed = entry("mixed", {});
    const { text } = openFeatureKeys([
      {
        ...mixed,
        variants: [
          { key: "control", share: 500_000, params: { size: 1 } },
          { key: "treatment", share: 500_000, params: { size: "large" } },
        ],
      },
    ]);
    expect(keysOf("Number", text)).toEqual(["mixed.size"]);
    expect(keysOf("String", text)).toEqual(["mixed", "mixed.size"]);
  });

  test("have the params that are drawn, where there are no variants to read them from", () => {
    const parameters = [
      { name: "price", operator: { kind: "randomFloat", min: 1, max: 2 }, hash: "a" },
      { name: "banner", operator: { kind: "uniformChoice", choices: [true, false] }, hash: "b" },
    ] as const;
    const { text } = openFeatureKeys([
      { ...entry("price", {}), variants: [], draw: { kind: "parameters", parameters } },
    ]);
    expect(keysOf("Number", text)).toEqual(["price.price"]);
    expect(keysOf("Boolean", text)).toEqual(["price.banner"]);
  });

  test("are none where there are none", () => {
    const { text } = openFeatureKeys([]);
    expect(text.match(/= never;/g)).toHaveLength(4);
  });

  test("hold no code of a param's name", () => {
    const name = '"; } export const stolen = 1; //';
    const { path, text } = openFeatureKeys([entry("hostile", { [name]: 1 })]);
    const { program, errors } = parseSync(path, text);
    expect(errors).toEqual([]);
    expect(program.body.map(({ type }) => type)).toEqual(["ExportNamedDeclaration", "TSModuleDeclaration"]);
    expect(text).toContain(JSON.stringify(`hostile.${name}`));
  });

  test("are emitted where the project asks for them", () => {
    const paths = (openfeature: boolean) =>
      emitted(shop([ONE_PAGE_CHECKOUT], { emit: { imports: "js", integrations: [], openfeature } })).map(
        ({ path }) => path,
      );
    expect(paths(false)).not.toContain("openfeature.d.ts");
    expect(paths(true)).toContain("openfeature.d.ts");
    const files = emitted(
      shop([ONE_PAGE_CHECKOUT], { emit: { imports: "js", integrations: [], openfeature: true } }),
    );
    expect(keysOf("Number", textOf(files, "openfeature.d.ts"))).toEqual(["one-page-checkout.steps"]);
  });
});
