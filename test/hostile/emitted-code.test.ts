import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { type Compilation, emit } from "../../src/compile.ts";
import { compileGenerated, runtimeSources } from "../unit/emit/generated.ts";
import { compileSafely } from "./render.ts";

/** What would leave a string, a comment, a template, a type, a page or a workflow's log, and then run. */
const INJECTIONS = [
  '"); globalThis.injected = 1; //',
  "'); globalThis.injected = 1; //",
  "`); globalThis.injected = 1; //",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what must stay a text
  "${globalThis.injected = 1}",
  "*/ globalThis.injected = 1; /*",
  "*/ globalThis.injected = 1; //",
  "\\u002a/ globalThis.injected = 1; /*",
  "\\",
  '\\"; globalThis.injected = 1; //',
  '"} & { injected: 1 }; export const injected = 1; type X = {"',
  "\u2028globalThis.injected = 1\u2029",
  "</script><script>globalThis.injected = 1</script>",
  "<!-- --><img src=x onerror=globalThis.injected=1>",
  "$(touch injected) `touch injected`; touch injected",
  "::error::injected %0A::set-output name=x::y",
  "@deprecated {@link injected}",
  "/// <reference path='injected' />",
  "// @ts-nocheck",
  "=cmd|'/C calc'!A0",
  "__proto__",
  "constructor",
  "\u202einjected\u202c",
  "\ud800",
  "\u{1f600}\u200d",
  "#sourceMappingURL=injected",
];

afterEach(() => {
  Reflect.deleteProperty(globalThis, "injected");
});

/** A project in which every place that takes free text holds one. */
function projectOf(texts: readonly string[]) {
  const quoted = texts.map(quote);
  const patterns = texts.map((text) => quote(text.replace(/[\^$\\.*+?()[\]{}|/]/g, "\\$&")));
  const [first = '""'] = quoted;
  const list = (items: readonly string[]) => `[${items.join(", ")}]`;
  const project = `name: hostile
units: { user: { id: userId } }
attributes:
  text: { type: string }
  chosen: { type: string, values: ${list(quoted)} }
  listed: { type: list }
layers: { shared: { unit: user } }
events:
  purchase: { source: app, units: [user] }
${quoted.map((text) => `  ${text}: { source: app, units: [user], properties: { kind: [${text}] } }`).join("\n")}
`;
  const experiments = quoted.map((text, index) => ({
    path: `experiments/hostile-${index}.yaml`,
    text: `name: ${text}
description: ${text}
owner: ${text}
hypothesis: ${text}
tags: [${text}]
status: draft
unit: user
audience: { all: [{ text: { not: ${text} } }, { text: ${list(quoted)} }, { chosen: ${text} }, { listed: { contains: ${text}, containsAny: ${list(quoted)} } }, { text: { startsWith: ${text}, endsWith: [${text}], contains: ${text}, matches: ${patterns[index]} } }] }
overrides: [{ variant: other, when: { text: ${text} } }]
variants:
  control: { params: { text: ${text}, nested: { ${text}: [${text}] } } }
  other: { params: { text: ${first}, nested: { ${text}: [${text}] } } }
metrics: { primary: conversion }
`,
  }));
  return [
    { path: "experiments/project.yaml", text: project },
    {
      path: "experiments/metrics/conversion.yaml",
      text: "name: Conversion\nkind: conversion\nevent: purchase\nbetter: higher\n",
    },
    ...experiments,
  ];
}

function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029\u007f-\u009f]/g, escapeCharacter);
}

function emittedBy({ project, plan }: Compilation) {
  return emit(project!, plan!, runtimeSources);
}

test("whatever texts a project holds, its code compiles, holds them as data only, and does nothing else", async () => {
  const all = compileSafely(projectOf(INJECTIONS));
  const refused = new Set(
    all.diagnostics.filter(({ severity }) => severity === "error").map(({ place }) => place.file),
  );
  const sound = INJECTIONS.filter((text) => !["__proto__", "constructor"].includes(text));
  expect(refused.size).toBeGreaterThan(0);

  const compilation = compileSafely(projectOf(sound.filter((text) => isLine(text))));
  expect(compilation.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(compilation.project!.experiments.length).toBeGreaterThan(15);
  const files = emittedBy(compilation);
  for (const { path, text } of files) if (path.endsWith(".ts")) expectHarmless(text);

  const compiled = compileGenerated(files);
  expect(compiled.errors).toBe("");
  const index: Record<string, unknown> = await compiled.load("index.js");
  const assign = index.assign as (experiment: unknown, context: object) => { params: { text: string } };
  expect(globalThis).not.toHaveProperty("injected");
  expect(index).not.toHaveProperty("injected");
  for (const [place, text] of sound.filter(isLine).entries()) {
    const experiments: Record<string, unknown> = await compiled.load(`experiments/hostile-${place}.js`);
    expect(assign(experiments[`hostile${place}`], {}).params.text).toBe(text);
  }
  expect(globalThis).not.toHaveProperty("injected");
});

test("nor whatever is put together from their pieces", () => {
  const pieces = fc.oneof(
    fc.constantFrom(
      ...INJECTIONS,
      "*/",
      "/*",
      "//",
      '"',
      "'",
      "`",
      "${",
      "}",
      "\\",
      "<!--",
      "-->",
      "</",
      "@",
      "*",
      "/",
      "\n",
      " ",
    ),
    fc.string({ unit: "binary", maxLength: 3 }),
  );
  const text = fc.array(pieces, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""));
  const samples = new Set(fc.sample(text, { numRuns: 60, seed: 11 }).filter(isLine));
  const compilation = compileSafely(projectOf([...samples]));
  expect(compilation.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const files = emittedBy(compilation);
  for (const { path, text } of files) if (path.endsWith(".ts")) expectHarmless(text);
  expect(compileGenerated(files).errors).toBe("");
});

/** What the language takes as one line of text. */
function isLine(text: string): boolean {
  return (
    /^[^\p{Cc}\p{Z}][^\p{Cc}]*$/u.test(text) &&
    !["__proto__", "constructor", "prototype", "<<"].includes(text)
  );
}

function expectHarmless(code: string): void {
  expect(code).not.toMatch(/<\/script|<!--/i);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
  expect(code).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
