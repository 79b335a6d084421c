import { expect } from "vitest";
import { type Compilation, compile, type SourceFile } from "../../src/compile.ts";
import { renderers } from "../../src/diagnostics/renderers.ts";

/** What could drive a terminal or reorder its line; line feeds are the renderers' own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const RAW = /[\0-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** Compiles files, sees that every problem can be printed without harm, and gives what was found. */
export function compileSafely(files: readonly SourceFile[]): Compilation {
  const compilation = compile(files);
  const { diagnostics, texts } = compilation;
  const options = { color: false, folder: "", version: "0.0.0" };
  const rendered = Object.entries(renderers).map(
    ([form, render]) => [form, render(diagnostics, texts, options)] as const,
  );
  for (const [form, text] of rendered) {
    expect(text.match(RAW), form).toBeNull();
    if (form === "json") expect(JSON.parse(text).diagnostics).toHaveLength(diagnostics.length);
    if (form === "sarif") expect(JSON.parse(text).runs[0].results).toHaveLength(diagnostics.length);
    // Every line is one command, and nothing of a file's begins another.
    if (form === "github" && text !== "")
      for (const line of text.trimEnd().split("\n")) expect(line).toMatch(/^::(?:error|warning|notice) /);
  }
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
