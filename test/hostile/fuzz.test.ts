import fc from "fast-check";
import { expect, test } from "vitest";
import { readProjectFiles } from "../../src/cli/project-files.ts";
import { emit } from "../../src/compile.ts";
import { repository } from "../command-line.ts";
import { runtimeSources } from "../unit/emit/generated.ts";
import { compileSafely } from "./render.ts";

const files = readProjectFiles(repository).flatMap((file) =>
  "bytes" in file ? [{ path: file.path, text: new TextDecoder().decode(file.bytes) }] : [],
);
const tokens = [...new Set(files.flatMap(({ text }) => text.match(/[\w.%-]+|[^\w\s]/g) ?? []))];

/** Words of the language where others stood, lines moved, dropped and doubled: most results are YAML, few are sound. */
const change = fc.record({
  file: fc.nat(files.length - 1),
  kind: fc.constantFrom("word", "word", "word", "drop", "double", "swap", "splice"),
  at: fc.nat(),
  to: fc.nat(),
  text: fc.oneof(
    fc.constantFrom(...tokens),
    fc.constantFrom(
      "-1",
      "0",
      "1e308",
      "-0",
      "null",
      "[]",
      "{}",
      "''",
      "100%",
      "0%",
      "99999%",
      "0d",
      "9999999d",
      "0000-01-01",
      "9999-12-31",
      "2026-02-30",
    ),
    fc.string({ unit: "binary", maxLength: 3 }),
  ),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

test("whatever is changed in a sound project, compiling ends with a project that can be emitted or with errors", () => {
  let sound = 0;
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const changed = files.map((file) => ({ ...file }));
      for (const one of changes) changed[one.file]!.text = applied(changed[one.file]!.text, one);
      const { project, plan, diagnostics } = compileSafely(changed);
      const failed = diagnostics.some(({ severity }) => severity === "error");
      expect(failed || (project !== null && plan !== null)).toBe(true);
      if (failed || project === null || plan === null) return;
      sound += 1;
      const plans = emit(project, plan, runtimeSources).filter(({ path }) => path.startsWith("experiments/"));
      for (const { text } of plans)
        expect(text.replace(/"(?:[^"\\]|\\.)*"/g, '""')).not.toMatch(/\b(?:NaN|Infinity)\b/);
    }),
    { numRuns: 600 },
  );
  expect(sound).toBeGreaterThan(20);
});

function applied(text: string, { kind, at, to, text: other }: Change): string {
  if (kind === "splice")
    return text.slice(0, at % (text.length + 1)) + other + text.slice((at % (text.length + 1)) + (to % 4));
  if (kind === "word") {
    const words = [...text.matchAll(/[\w.%-]+/g)];
    const word = words[at % Math.max(words.length, 1)];
    return word === undefined
      ? other
      : text.slice(0, word.index) + other + text.slice(word.index + word[0].length);
  }
  const lines = text.split("\n");
  const [from, target] = [at % lines.length, to % lines.length];
  if (kind === "drop") lines.splice(from, 1);
  else if (kind === "double") lines.splice(target, 0, lines[from]!);
  else [lines[from], lines[target]] = [lines[target]!, lines[from]!];
  return lines.join("\n");
}
