import fc from "fast-check";
import { expect, test } from "vitest";
import { learnOutline, outlineOf } from "../../src/syntax/entry-outline.ts";
import { parse } from "../../src/syntax/parse.ts";
import { type ReadValue, rememberEntries } from "../../src/syntax/remember-entries.ts";
import { toJson } from "../../src/syntax/to-json.ts";

const CALM =
  'a|Zoë|steps|5%|2026-11-02|1.0|null|true|12:30|it\'s|x,y|[b]|{c}|https://x.y/z|a-b|!|&|*d|say "so"'.split(
    "|",
  );

/** What may stand where an outline leaves a scalar open, and much that may not. */
const word = fc.constantFrom(
  ..."a|Zoë|5%|2026-11-02|1.0|1e3|0x1f|0o17|-0|9007199254740993|null|~|true|Yes|.inf|12:30|https://x.y/z".split(
    "|",
  ),
  ...'x: y|x:|:x|a #b|a#b|#|it\'s|say "so"|[|]|{|}|,|a, b|&a|*a|!t|!!str|<<|---|...|- |? |@|`|%|\\n|\t|\u2028'.split(
    "|",
  ),
  ..."'|''|\"|\"\"|'a'|\"a\"|\"\\x41\"|'it''s'|[]|[a]|[a, b]|[a,b]|[5%, no]|[a, [b]]|{ a: 1 }|>-|\\|| |\ufeff|\u00a0".split(
    "|",
  ),
);
const odd = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(""));
const calm = fc
  .array(fc.constantFrom(...CALM), { minLength: 1, maxLength: 3 })
  .map((words) => words.join(" "));
const scalar = fc.oneof({ weight: 4, arbitrary: calm }, { weight: 1, arbitrary: odd });
const quoted = fc.tuple(fc.constantFrom('"', "'"), scalar).map(([quote, text]) => quote + text + quote);
const list = fc.array(scalar, { maxLength: 3 }).map((items) => `[${items.join(", ")}]`);
/** Entries with places for scalars, some of them in the midst of something else. */
const FORMS: readonly string[] = [
  "a: _\n",
  "a:\n  b: _\n  c: _\n",
  "a:\n  - _\n  - _\n",
  "a:\n  - b: _\n    c: _\n  - - _\n",
  "a:\r\n  b: _\r\n",
  "a: _",
  "a:\n  b: _\n    more\n",
  "a: |\n  b: _\n  - _\n",
  "a: >-\n  b: _\n",
  'a: "b\n  c: _\n  d"\n',
  "a: [b,\n  c: _\n  ]\n",
  "a: {\n  b: _\n  }\n",
  "a: &x\n  b: _\n",
  "a:\n  # b: _\n  c: _\n",
  "a:\n  b: _ # c\n  d: _\n",
  "a:\n  b: _\n\n  c: _\n",
  "a:\n  b:\n    _\n",
  "a:\n  ? b: _\n  : c: _\n",
  "a:\n  b: _\n  b: _\n",
  "a:\n  \"b\": _\n  'c': _\n",
  "a:\n - b: _\n   c: _\n",
  "a:\n  b: sample0 : # ,[]\n  c: _\n",
  "a:\n\tb: _\n",
];

/** A form, filled in twice with scalars of the same kinds. */
const pair = fc.constantFrom(...FORMS).chain((form) => {
  const parts = form.split("_");
  const kinds = fc.constantFrom<fc.Arbitrary<string>>(scalar, scalar, quoted, list);
  const places = fc.array(kinds, { minLength: parts.length - 1, maxLength: parts.length - 1 });
  return places.chain((open) => {
    const filled = fc
      .tuple(...open)
      .map((scalars) => parts.map((part, index) => part + (scalars[index] ?? "")).join(""));
    return fc.tuple(filled, filled);
  });
});

test("an entry is read by the outline of another as parsing reads it", () => {
  let read = 0;
  fc.assert(
    fc.property(pair, ([one, other]) => {
      const [known, asked] = [outlineOf(one), outlineOf(other)];
      if (known.text !== asked.text) return;
      const value = learnOutline(known, "a")?.(asked.scalars);
      if (value === undefined) return;
      read += asked.scalars.length;
      expectParsed(other, { a: value });
    }),
    { numRuns: 6_000 },
  );
  expect(read).toBeGreaterThan(200);
});

test("so are texts of entries, one after the other", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(pair, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 8 }),
      (texts) => {
        const readValue = rememberEntries();
        for (const entries of [...texts, ...texts]) {
          const text = entries
            .map(([one, other], index) => (index % 2 ? other : one).replace(/^a/, `a${index}`))
            .join("");
          expectSame(text, readValue);
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

test("what is alike but for single scalars has one outline, and a scalar keeps its type", () => {
  const form = (...scalars: readonly string[]) =>
    `a:\n  b: ${scalars[0]}\n  c: ${scalars[1]}\n  d:\n    - ${scalars[2]}\n  e: ${scalars[3]}\n`;
  const one = outlineOf(form("x", "y", "1", "[a]"));
  const other = outlineOf(form("Steps, [and] {headlines}: it's", '"y"', "5%", "[a, 2, yes please]"));
  expect(one.text).not.toBe(other.text);
  const third = outlineOf(form("Steps, [and] {headlines} of it's 2", "z", "true", "[b, 2, yes please]"));
  expect(one.text).toBe(third.text);
  expect(learnOutline(one, "a")?.(third.scalars)).toEqual({
    b: "Steps, [and] {headlines} of it's 2",
    c: "z",
    d: [true],
    e: ["b", 2, "yes please"],
  });
});

test.each<readonly [why: string, text: string]>([
  ["it goes on behind the scalar", "a:\n  b: x\n    more\n"],
  ["the scalar is a line of a block of text", "a: |\n  b: x\n"],
  ["the scalar is in a flow collection, where signs mean something", "a: {\n  b: x\n  }\n"],
  ["the scalar is a key", "a:\n  - x\n  : y\n"],
  [
    "the text holds a sample itself",
    'a:\n  - "\\x73ample0 : # , [] {} \' & * ! | > % @ ` - ? = ~ --- ... "\n  - "x"\n',
  ],
  ["it is not YAML", "a:\n  b: x\n c: y\n"],
])("nothing is learnt of an outline where %s", (_, text) => {
  const outline = outlineOf(text);
  expect(outline.scalars.length).toBeGreaterThan(0);
  expect(learnOutline(outline, "a")).toBeNull();
});

test("a line that could hold many scalars is looked through once", () => {
  for (const piece of ["- ", "a: ", "- a: ", "x", " ", '"', "[a, ", "a:"]) {
    const text = `a: ${piece.repeat(100_000)}\n`;
    const begun = process.cpuUsage();
    outlineOf(text);
    expect(process.cpuUsage(begun).user).toBeLessThan(2_000_000);
  }
});

function expectSame(text: string, readValue: ReadValue) {
  const value = readValue(text);
  if (value !== undefined) expectParsed(text, value);
}

function expectParsed(text: string, value: unknown) {
  const { tree, diagnostics } = parse("experiments/x.yaml", text);
  expect(diagnostics).toEqual([]);
  expect(JSON.stringify(value)).toBe(JSON.stringify(toJson(tree!.root)));
}
