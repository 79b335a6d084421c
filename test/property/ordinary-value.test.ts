import fc from "fast-check";
import { expect, test } from "vitest";
import { readProjectFiles } from "../../src/cli/project-files.ts";
import { ordinaryValue } from "../../src/syntax/ordinary-value.ts";
import { parse } from "../../src/syntax/parse.ts";
import { type ReadValue, rememberEntries } from "../../src/syntax/remember-entries.ts";
import { toJson } from "../../src/syntax/to-json.ts";
import { repository } from "../command-line.ts";
import { READ, REFUSED } from "../hostile/odd-texts.ts";
import { EXPERIMENT, METRICS, PROJECT } from "../unit/syntax/design-project.ts";

const usual = readProjectFiles(repository).flatMap((file) =>
  "bytes" in file ? [new TextDecoder().decode(file.bytes)] : [],
);
const odd = [...Object.values(READ), ...Object.values(REFUSED)].flatMap(([text]) =>
  typeof text === "string" && text.length < 10_000 ? [text] : [],
);
const seeds = [PROJECT, EXPERIMENT, ...Object.values(METRICS), ...usual, ...odd];

/** Pieces of every syntax that YAML has, whole entries, and what may stand where a line begins. */
const piece = fc.oneof(
  fc.constantFrom(
    ..."a: |b: |unit: user\n|- |? |: |[|]|{|}|, |:|,".split("|"),
    ...[
      "\n",
      "\n  ",
      "\n    ",
      "\n- ",
      "\n#",
      " # ",
      "#",
      "\t",
      "\r\n",
      "\r",
      "\u2028",
      "\u0085",
      "\u{feff}",
    ],
    ...["a: 1\n", "b:\n  - x\n", "c: [x, y]\n", "d: { e: 1, f: [] }\n", "g: >-\n  x\n  y\n", "h: |\n  x\n\n"],
    ...["'", '"', "''", "'it''s'", '"\\x41\\n"', "|", ">", "|2\n", ">+\n", "~", "null", "true", "1.0", "-0"],
    ...["1e3", "0x1f", "0o17", ".inf", "9007199254740993", "0: x\n", "10: y\n", "&a ", "*a", "!t ", "!!str "],
    ...["<<: ", "__proto__: ", "constructor: 1\n", "---\n", "...\n", "%YAML 1.1\n", "@", "`", "%", "-", "?"],
  ),
  fc.constantFrom(...seeds.flatMap((text) => text.split(/(?<=\n)/))),
  fc.string({ unit: "binary", maxLength: 3 }),
);
const soup = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
const edit = fc
  .record({ seed: fc.constantFrom(...seeds), at: fc.nat(), length: fc.nat(20), text: soup })
  .map(({ seed, at, length, text }) => {
    const start = at % (seed.length + 1);
    return seed.slice(0, start) + text + seed.slice(start + length);
  });
const lines = fc
  .array(fc.constantFrom(...seeds.flatMap((text) => text.split(/(?<=\n)/))), { maxLength: 30 })
  .map((all) => all.join(""));

test("what is read without places is what parsing finds, and nothing that it refuses", () => {
  fc.assert(
    fc.property(fc.oneof(soup, edit, lines), (text) => expectSame(text, ordinaryValue)),
    { numRuns: 6_000 },
  );
  for (const text of odd) expectSame(text, ordinaryValue);
});

test("so it is where entries are remembered from other texts", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(soup, edit, lines), { minLength: 2, maxLength: 8 }), (texts) => {
      const readValue = rememberEntries();
      for (const text of [...texts, ...texts]) expectSame(text, readValue);
    }),
    { numRuns: 1_500 },
  );
  const readValue = rememberEntries();
  for (const text of [...odd, ...usual, ...odd]) expectSame(text, readValue);
});

test("the usual files are all read so, but for those with numbers as keys, which objects put elsewhere", () => {
  const readValue = rememberEntries();
  const [numbered, others] = [true, false].map((wanted) =>
    usual.filter((text) => /^ +"?\d+"?:/m.test(text) === wanted),
  );
  expect(numbered?.length).toBeGreaterThan(0);
  for (const text of numbered ?? []) expect(ordinaryValue(text)).toBeUndefined();
  expect(others?.length).toBeGreaterThan(10);
  for (const text of others ?? []) {
    expect(ordinaryValue(text)).toBeDefined();
    expect(readValue(text)).toBeDefined();
    expect(readValue(`# again\n${text}`)).toBeDefined();
  }
});

test("a text whose entries are all known is read by what is known", () => {
  const readValue = rememberEntries();
  expect(readValue("unit: user\ntags: [a]\n")).toEqual({ unit: "user", tags: ["a"] });
  expect(readValue("tags: [a]\nunit: user\n")).toEqual({ tags: ["a"], unit: "user" });
  expect(readValue("unit: user\nunit: user\n")).toBeUndefined();
  expect(readValue("unit: [a,\ntags: [a]\nunit: b]\n")).toBeUndefined();
});

function expectSame(text: string, readValue: ReadValue) {
  const value = readValue(text);
  if (value === undefined) return;
  const { tree, diagnostics } = parse("experiments/x.yaml", text);
  expect(diagnostics).toEqual([]);
  const expected = toJson(tree!.root);
  expect(value).toEqual(expected);
  // The order of keys and the sign of nought, which equality does not look at.
  expect(JSON.stringify(value)).toBe(JSON.stringify(expected));
  if (tree!.root.kind === "mapping")
    expect(Object.keys(value as object)).toEqual([...tree!.root.entries.keys()]);
}
