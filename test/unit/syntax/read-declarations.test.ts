import { describe, expect, test } from "vitest";
import { locate } from "../../../src/syntax/locate.ts";
import { parse } from "../../../src/syntax/parse.ts";
import { readDeclarations } from "../../../src/syntax/read-declarations.ts";
import { AUDIENCE, EXPERIMENT, PROJECT, projectFiles } from "./design-project.ts";

describe("a project that uses the whole language", () => {
  const { declarations, diagnostics, trees, texts } = readDeclarations(projectFiles());

  test("has no problems", () => {
    expect(diagnostics).toEqual([]);
    expect(declarations.broken).toEqual({ experiments: [], metrics: [], audiences: [] });
  });

  test("gives every file's document under its key", () => {
    expect(declarations.project?.key).toBe("project");
    expect(declarations.experiments.map(({ key, archived }) => [key, archived])).toEqual([
      ["one-page-checkout", false],
      ["old-checkout", true],
    ]);
    expect(declarations.metrics.map(({ key }) => key).sort()).toEqual([
      "column",
      "conversion",
      "count",
      "mean",
      "ratio",
      "sum",
    ]);
    expect(declarations.audiences).toEqual([
      {
        key: "power-users",
        file: "experiments/audiences/power-users.yaml",
        document: {
          name: "Power users",
          description: "Those who stay.",
          when: { visits: [10, 11], country: "US" },
        },
      },
    ]);
  });

  test("keeps values as YAML 1.2 reads them", () => {
    const { document } = declarations.experiments[0]!;
    expect(document.start).toBe("2026-11-02");
    expect(document.hypothesis).toBe(
      "Seeing every step at once raises checkout conversion, because the length is no longer a surprise.",
    );
    expect(document.variants!.control!.params).toEqual({
      steps: 3,
      headline: "Checkout",
      nested: { list: [1, null, true], "5%": "5%" },
    });
    expect(declarations.project?.document.attributes?.country?.values).toEqual(["US", "CA", "NO"]);
  });

  test("keeps a tree and a text per file", () => {
    for (const [file, text] of texts) expect(trees.get(file)).toEqual(parse(file, text).tree);
    expect(trees.get("experiments/nowhere.yaml")).toBeUndefined();
    expect(texts.get("experiments/project.yaml")).toBe(PROJECT);
  });

  test("makes objects on which no inherited name can be found", () => {
    const { variants } = declarations.experiments[0]!.document;
    expect("toString" in variants!).toBe(false);
  });
});

test("mapping keys are read by their source text", () => {
  const text = EXPERIMENT.replace("control:  {", "1.0: {").replace("one-page: {", "yes: {");
  const { declarations, trees } = readDeclarations(projectFiles({ "experiments/numbers.yaml": text }));
  const numbers = declarations.experiments.find(({ key }) => key === "numbers");
  expect(numbers).toBeUndefined();
  const root = trees.get("experiments/numbers.yaml")!.root;
  const variants = root.kind === "mapping" ? root.entries.get("variants")?.value : undefined;
  expect(variants?.kind === "mapping" && [...variants.entries.keys()]).toEqual(["1.0", "yes"]);
});

test("a broken file leaves the others as they are, and is named as broken", () => {
  const { declarations, diagnostics } = readDeclarations(
    projectFiles({
      "experiments/one-page-checkout.yaml": "name: [",
      "experiments/metrics/sum.yaml": "kind: summ\nname: x\nbetter: higher\n",
      "experiments/audiences/power-users.yaml": `${AUDIENCE}when: again\n`,
    }),
  );
  expect(declarations.broken).toEqual({
    experiments: ["one-page-checkout"],
    metrics: ["sum"],
    audiences: ["power-users"],
  });
  expect(declarations.experiments.map(({ key }) => key)).toEqual(["old-checkout"]);
  expect(diagnostics.map(({ code }) => code).sort()).toEqual([
    "schema/choice",
    "yaml/duplicate-key",
    "yaml/syntax",
  ]);
});

test("bytes, line endings and a byte order mark make no difference to the documents", () => {
  const plain = readDeclarations(projectFiles());
  const encoded = readDeclarations(
    projectFiles().map((file) => ({
      path: file.path,
      bytes: new TextEncoder().encode(`\u{feff}${"text" in file ? file.text.replaceAll("\n", "\r\n") : ""}`),
    })),
  );
  expect(encoded.diagnostics).toEqual([]);
  expect(encoded.declarations).toEqual(plain.declarations);
});

test("files that are not YAML are passed over", () => {
  const files = [...projectFiles(), { path: "experiments/README.md", text: "# : [" }];
  expect(readDeclarations(files).diagnostics).toEqual([]);
});

test("places that do not exist fall to the nearest one above", () => {
  const { trees, texts } = readDeclarations(projectFiles());
  const file = "experiments/one-page-checkout.yaml";
  const [found] = locate(
    [
      {
        code: "schema/missing-key",
        severity: "error",
        place: { file, path: ["variants", "control", "nowhere", 3] },
        args: { keys: ["x"] },
        related: [{ place: { file, path: ["layer", "to"] }, label: "" }],
        fixes: [{ title: "", automatic: false, edits: [{ place: { file, path: ["unit"] }, text: "org" }] }],
      },
    ],
    trees,
  );
  const slice = (span: { start: number; end: number } | undefined) =>
    texts.get(file)!.slice(span?.start, span?.end);
  expect(slice(found?.place.span)).toBe("control");
  expect(slice(found?.related[0]?.place.span)).toBe("40%");
  expect(slice(found?.fixes[0]?.edits[0]?.place.span)).toBe("user");
});

test.each([[[0xe2, 0x82]], [[0xff]], [[0x61, 0xf0, 0x9f]]])(
  "a file that ends within a character says nothing of the files after it: %j",
  (bytes) => {
    const [first, ...others] = projectFiles();
    const { diagnostics, texts } = readDeclarations([
      first!,
      { path: "experiments/broken.yaml", bytes: new Uint8Array(bytes) },
      ...others,
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["file/not-utf8"]);
    for (const file of others)
      expect(texts.get(file.path)).toBe("bytes" in file ? new TextDecoder().decode(file.bytes) : file.text);
  },
);
