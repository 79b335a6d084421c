import { describe, expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { type Code, catalog } from "../../../src/diagnostics/catalog.ts";
import type { ExampleFiles, Explanation } from "../../../src/diagnostics/explanation.ts";
import { explanations } from "../../../src/diagnostics/explanations.ts";
import { SAMPLE } from "../check/sample-files.ts";
import { putInto } from "./put-into.ts";

const project = new Map(Object.entries(SAMPLE).map(([name, text]) => [`experiments/${name}`, text]));

/** Codes of later stages than compiling: their examples are tried where those stages are tested. */
const LATER = /^(?:data|change|base|history|measure)\//;

/** What no text shows, or only a text too long to read; each has a test of its own. */
const UNSHOWN: readonly string[] = [
  "audience/too-large",
  "file/link",
  "file/more-problems",
  "file/not-utf8",
  "file/too-large",
  "rerun/no-evidence",
  "rerun/no-iteration",
  "rerun/no-project",
  "rerun/no-repository",
  "rerun/unknown-commit",
  "suppression/of-error",
];

const compiled = Object.entries(explanations).filter(([code]) => !LATER.test(code)) as [Code, Explanation][];
const shown = compiled.flatMap(([code, { example }]) => (example === null ? [] : [{ code, ...example }]));

test("what has no example is listed", () => {
  const codes = compiled.filter(([, { example }]) => example === null).map(([code]) => code);
  expect(codes.sort()).toEqual(UNSHOWN);
});

test.each(Object.entries(explanations))("%s is explained in a sentence or more", (_, { why }) => {
  expect(why).toMatch(/^[A-Z`].{30,}\.$/s);
});

describe.each(shown)("$code", ({ code, bad, good }) => {
  test("the bad example gives it, alone, where the marks are", () => {
    const { diagnostics, texts, mark } = compileExample(bad);
    expect(diagnostics.map((found) => `${found.code} ${found.place.file}`)).toEqual([`${code} ${mark.file}`]);
    const { start, end } = diagnostics[0]!.place.span;
    expect([start, texts.get(mark.file)?.slice(start, end)]).toEqual([mark.start, mark.text]);
    expect(diagnostics[0]?.severity).toBe(catalog[code].severity);
  });

  test("the good example gives none", () => {
    expect(compileExample(good).diagnostics.map((found) => found.code)).toEqual([]);
  });
});

function compileExample(example: ExampleFiles) {
  let mark = { file: "experiments/project.yaml", start: 0, text: undefined as string | undefined };
  const files = [...putInto(project, example)].map(([path, text]) => {
    const [start, end] = [text.indexOf("«"), text.indexOf("»") - 1];
    const plain = text.replaceAll(/[«»]/g, "");
    if (start >= 0) mark = { file: path, start, text: plain.slice(start, end) };
    return { path, text: plain };
  });
  return { ...compile(files), mark };
}
