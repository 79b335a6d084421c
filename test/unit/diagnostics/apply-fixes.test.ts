import fc from "fast-check";
import { expect, test } from "vitest";
import { applyFixes } from "../../../src/diagnostics/apply-fixes.ts";
import { diagnose } from "../../../src/diagnostics/diagnose.ts";
import type { LocatedDiagnostic } from "../../../src/diagnostics/diagnostic.ts";

interface Edit {
  readonly file?: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function fixing(edits: readonly Edit[], automatic = true): LocatedDiagnostic {
  const places = edits.map(({ end, file = "a.yaml", start, text }) => ({
    place: { file, span: { start, end } },
    text,
  }));
  const fixes = [{ title: "mend it", automatic, edits: places }];
  const place = places[0]!.place;
  return { ...diagnose("yaml/empty", place, {}, { fixes }), place };
}

const sources = new Map([
  ["a.yaml", "one two three"],
  ["b.yaml", "four"],
]);

test("edits of several diagnostics and files are applied together", () => {
  const { applied, texts } = applyFixes(
    [
      fixing([{ start: 8, end: 13, text: "3" }]),
      fixing([
        { start: 0, end: 3, text: "1" },
        { file: "b.yaml", start: 0, end: 0, text: "# " },
      ]),
    ],
    sources,
  );
  expect([...texts]).toEqual([
    ["a.yaml", "1 two 3"],
    ["b.yaml", "# four"],
  ]);
  expect(applied).toHaveLength(2);
});

test("what has more than one answer is left", () => {
  expect(applyFixes([fixing([{ start: 0, end: 3, text: "1" }], false)], sources)).toEqual({
    texts: new Map(),
    applied: [],
  });
});

test("of two that touch one text only the first is applied, the other not in part either", () => {
  const first = fixing([{ start: 4, end: 7, text: "2" }]);
  const second = fixing([
    { start: 5, end: 9, text: "" },
    { file: "b.yaml", start: 0, end: 4, text: "4" },
  ]);
  const { applied, texts } = applyFixes([second, first], sources);
  expect([...texts]).toEqual([["a.yaml", "one 2 three"]]);
  expect(applied.map(({ diagnostic }) => diagnostic)).toEqual([first]);
});

test("all text outside of the edits stays", () => {
  const edit = fc.record({
    at: fc.nat(60),
    length: fc.nat(8),
    text: fc.string({ unit: "binary", maxLength: 8 }),
  });
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 70 }), fc.array(edit), (source, edits) => {
      const found = edits.map(({ at, length, text }) => fixing([{ start: at, end: at + length, text }]));
      const { applied, texts } = applyFixes(found, new Map([["a.yaml", source]]));
      let expected = "";
      let from = 0;
      for (const { fix } of applied) {
        const { place, text } = fix.edits[0]!;
        expect(place.span!.start).toBeGreaterThanOrEqual(from);
        expected += source.slice(from, place.span!.start) + text;
        from = place.span!.end;
      }
      expect(texts.get("a.yaml") ?? source).toBe(expected + source.slice(from));
    }),
  );
});
