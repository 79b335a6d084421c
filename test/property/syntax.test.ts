import fc from "fast-check";
import { expect, test } from "vitest";
import { renderJson } from "../../src/diagnostics/json.ts";
import type { Path } from "../../src/diagnostics/place.ts";
import { renderPretty } from "../../src/diagnostics/pretty.ts";
import { locate } from "../../src/syntax/locate.ts";
import type { LocatedNode } from "../../src/syntax/located-tree.ts";
import { parse } from "../../src/syntax/parse.ts";
import { readDeclarations, type SourceFile } from "../../src/syntax/read-declarations.ts";
import { EXPERIMENT, METRICS, PROJECT } from "../unit/syntax/design-project.ts";

const FILES = [
  "experiments/project.yaml",
  "experiments/x.yaml",
  "experiments/metrics/x.yaml",
  "experiments/audiences/x.yaml",
];
const seeds = [PROJECT, EXPERIMENT, ...Object.values(METRICS)];

/** Pieces that YAML gives a meaning, so that random text gets beyond the lexer. */
const piece = fc.oneof(
  fc.constantFrom(
    "a",
    "b: ",
    "- ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\n",
    "\n  ",
    "\t",
    "&a ",
    "*a",
    "!t ",
    "|\n",
    ">-\n",
    "'",
    '"',
    "#",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "<<: ",
    "~",
    "1.0",
    ".inf",
    "\u{feff}",
    "\r\n",
    "\r",
    "\0",
    "kind: ",
    "when: ",
    "weight",
    "__proto__: ",
  ),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const soup = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));

test("whatever the text, reading ends with a declaration or with located problems", () => {
  fc.assert(
    fc.property(soup, fc.constantFrom(...FILES), (text, path) => {
      expectReading([{ path, text }]);
    }),
    { numRuns: 2_000 },
  );
});

test("whatever the bytes, reading ends", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...FILES), (bytes, path) => {
      expectReading([{ path, bytes }]);
    }),
  );
});

test("an edit of a valid file gives a declaration or located problems", () => {
  const edit = fc.record({ seed: fc.constantFrom(...seeds), at: fc.nat(), length: fc.nat(20), text: soup });
  fc.assert(
    fc.property(edit, fc.constantFrom(...FILES), ({ seed, at, length, text }, path) => {
      const start = at % seed.length;
      expectReading([{ path, text: seed.slice(0, start) + text + seed.slice(start + length) }]);
    }),
    { numRuns: 1_000 },
  );
});

test("a value of any other type, anywhere, is a problem at that very place or none", () => {
  const path = "experiments/one-page-checkout.yaml";
  const places = scalarsOf(parse(path, EXPERIMENT).tree!.root, []);
  const values = [
    "null",
    "3",
    "0.5",
    "true",
    "[]",
    "{}",
    "[x]",
    "{ x: 1 }",
    "'\\e'",
    '"\\u0000"',
    "text",
    "5%",
  ];
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.constantFrom(...values), (place, value) => {
      const text = EXPERIMENT.slice(0, place.start) + value + EXPERIMENT.slice(place.end);
      const files = [{ path, text }];
      const { diagnostics, trees } = readDeclarations(files);
      for (const { place: found } of locate(diagnostics, trees)) {
        if (found.file !== path) continue;
        expect(found.path?.slice(0, place.path.length)).toEqual(place.path);
      }
      expectReading(files);
    }),
    { numRuns: 500 },
  );
});

test("deep and repetitive documents end in a diagnostic", () => {
  for (const text of [
    "[",
    "{",
    "- ",
    "? ",
    "{a: ",
    "!",
    "&",
    "-\t",
    "a: &a\n - *a\n",
    "? -\n",
    "%a\n",
    "---\n",
    "[a,",
    "\n",
    "\ta",
  ]) {
    expectReading([{ path: "experiments/x.yaml", text: text.repeat(2_000) }]);
  }
});

test("a large file of nothing but problems ends too", () => {
  const keys = Array.from({ length: 3_000 }, (_, index) => `key${index}: 1\n`).join("");
  const flow = `{ ${Array.from({ length: 3_000 }, (_, index) => `k${index}: [1]`).join(", ")} }`;
  for (const text of [keys, flow, `name: x\n${"name: y\n".repeat(3_000)}`, `when: ${flow}`]) {
    expectReading([{ path: "experiments/audiences/x.yaml", text }]);
  }
});

function expectReading(files: readonly SourceFile[]) {
  const { declarations, diagnostics, trees, texts } = readDeclarations(files);
  const located = locate(diagnostics, trees);
  for (const { place } of located) {
    const { start, end } = place.span;
    const length = texts.get(place.file)?.length ?? 0;
    expect(0 <= start && start <= end && end <= length).toBe(true);
  }
  // Every message can be worded and printed, and says something.
  for (const { message } of JSON.parse(renderJson(located, texts)).diagnostics) expect(message).not.toBe("");
  expect(renderPretty(located, texts, { color: false })).toMatch(
    located.length > 0 ? /\d (?:error|warning)/ : /^$/,
  );

  for (const { path } of files) {
    const { experiments, metrics, audiences, project } = declarations;
    const declared = [...experiments, ...metrics, ...audiences, project].some(
      (declaration) => declaration?.file === path,
    );
    const refused = diagnostics.some(({ place }) => place.file === path);
    expect(declared).toBe(!refused);
  }
}

function scalarsOf(node: LocatedNode, path: Path): readonly { path: Path; start: number; end: number }[] {
  if (node.kind === "scalar") return [{ path, ...node.span }];
  if (node.kind === "sequence") return node.items.flatMap((item, index) => scalarsOf(item, [...path, index]));
  return [...node.entries.values()].flatMap(({ key, value }) => scalarsOf(value, [...path, key]));
}
