import { expect } from "vitest";
import { type Compilation, compile, type SourceFile } from "../../src/compile.ts";
import { renderJson } from "../../src/diagnostics/json.ts";
import { renderPretty } from "../../src/diagnostics/pretty.ts";

/** What could drive a terminal or reorder its line; line feeds are the renderers' own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const RAW = /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/;

/** Compiles files, sees that every problem can be printed without harm, and gives what was found. */
export function compileSafely(files: readonly SourceFile[]): Compilation {
  const compilation = compile(files);
  const { diagnostics, texts } = compilation;
  const json = renderJson(diagnostics, texts);
  expect(JSON.parse(json).diagnostics).toHaveLength(diagnostics.length);
  for (const text of [json, renderPretty(diagnostics, texts, { color: false })])
    expect(text).not.toMatch(RAW);
  for (const { place } of diagnostics) {
    const length = texts.get(place.file)?.length ?? 0;
    expect(place.span.start <= place.span.end && place.span.end <= length).toBe(true);
  }
  return compilation;
}

/** The codes of what was found in a file, each once. */
export function codesIn(file: string, { diagnostics }: Compilation): readonly string[] {
  return [...new Set(diagnostics.filter(({ place }) => place.file === file).map(({ code }) => code))];
}
