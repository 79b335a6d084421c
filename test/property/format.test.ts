import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Lexer, Parser, stringify } from "yaml";
import { formatYaml } from "../../src/syntax/format-yaml.ts";
import { parse } from "../../src/syntax/parse.ts";
import { toJson } from "../../src/syntax/to-json.ts";
import { repository } from "../command-line.ts";
import { EXPERIMENT, METRICS, PROJECT } from "../unit/syntax/design-project.ts";

const FILE = "experiments/x.yaml";

test("whatever YAML a text is, its house form means the same, keeps each comment, and is its own house form", () => {
  let formatted = 0;
  fc.assert(
    fc.property(documents, (text) => {
      const { after } = formatYaml({ path: FILE, text });
      if (parse(FILE, text).tree === null) return;
      if (after === null) expect.unreachable(`${JSON.stringify(text)} was not formatted`);
      formatted++;
      expect(meaning(after)).toEqual(meaning(text));
      expect(commentsOf(after)).toEqual(commentsOf(text));
      expect(formatYaml({ path: FILE, text: after }).after).toBe(after);
    }),
    {
      numRuns: 4_000,
      examples: [["b: >-\n\n\na: "], ["b: { r }\n # note\n"], ["b: { r: }\n # note\nc: 1\n"]],
    },
  );
  expect(formatted).toBeGreaterThan(1_000);
});

test("a value printed in any style comes out the same", () => {
  fc.assert(
    fc.property(
      values,
      fc.constantFrom(1, 2, 4, 7),
      fc.constantFrom(0, 20, 80),
      fc.constantFrom("PLAIN", "QUOTE_SINGLE", "BLOCK_LITERAL", "BLOCK_FOLDED"),
      fc.boolean(),
      (value, indent, lineWidth, style, flow) => {
        const text = stringify(value, {
          indent,
          lineWidth,
          defaultStringType: style as "PLAIN",
          defaultKeyType: "PLAIN",
          collectionStyle: flow ? "flow" : "any",
          aliasDuplicateObjects: false,
        });
        const { after } = formatYaml({ path: FILE, text });
        if (after === null) return;
        expect(meaning(after)).toEqual(meaning(text));
        expect(formatYaml({ path: FILE, text: after }).after).toBe(after);
        expect(flowMaps([...new Parser().parse(after)])).toEqual([]);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("what the parser reads by good luck is refused, not rewritten", () => {
  expect(formatYaml({ path: FILE, text: "a:\n- '''" })).toMatchObject({
    after: null,
    diagnostics: [{ code: "yaml/syntax" }],
  });
  for (const text of ["? \"a\" 'b'", "? 'a' b", "? a\n- b", "a: 'it''"]) {
    const { tree, diagnostics } = parse(FILE, text);
    expect([tree, diagnostics[0]?.code]).toEqual([null, "yaml/syntax"]);
  }
});

test("this repository's own files are in house form", () => {
  const files = readdirSync(join(repository, "experiments"), { recursive: true, encoding: "utf8" });
  for (const file of files.filter((path) => path.endsWith(".yaml"))) {
    const text = readFileSync(join(repository, "experiments", file), "utf8");
    expect(formatYaml({ path: file, text }).after).toBe(text);
  }
});

function meaning(text: string): unknown {
  const { tree } = parse(FILE, text);
  return tree && toJson(tree.root);
}

/** What stands between braces. */
function flowMaps(tokens: unknown): readonly unknown[] {
  if (typeof tokens !== "object" || tokens === null) return [];
  const { type, start, items } = tokens as { type?: string; start?: { source?: string }; items?: unknown[] };
  const own = type === "flow-collection" && start?.source === "{" && (items ?? []).length > 0 ? [tokens] : [];
  return [...own, ...Object.values(tokens).flatMap(flowMaps)];
}

/** Sorted: those beside a closing bracket go to the line that opens it. */
function commentsOf(text: string): readonly string[] {
  return [...new Lexer().lex(text)].filter((token) => token.startsWith("#")).sort();
}

const piece = fc.constantFrom(
  ...["a", "b: ", "c:", "- ", "? ", "[", "]", "{", "}", ", ", ": ", "\n", "\n  ", "\n    ", "\n\n", " "],
  ...["&a ", "*a", "|\n", "|+\n", ">-\n", "|2\n", "'x'", '"y\\n"', "# note\n", " # note\n", "#x"],
  ...["---\n", "...\n", "~", "1.0", "\u{feff}", "\r\n", "''", '"', "'", "\t", "x y", "<z", "\n- ", "\nd: "],
);

const values: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.string({ unit: fc.constantFrom("a", " ", "\n", "#", ":", "-", "'", '"', "é", "\\", "{") }),
    fc.constantFrom<unknown>(null, true, 1.5, "1.0", "50%", ">=4.2.0", "yes", "x\n\n", "\n x\n", "  y\n z\n"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "key", "1.0", "a b", "true", ""), tie("value"), { maxKeys: 3 }),
  ),
})).value;

/** Whole documents with pieces put in, beside soup: random text alone rarely is YAML. */
const documents = fc.oneof(
  fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join("")),
  fc
    .tuple(
      fc.constantFrom(PROJECT, EXPERIMENT, ...Object.values(METRICS)),
      fc.array(fc.tuple(fc.nat(), fc.oneof(piece, fc.constant(" # note\n"), fc.constant("\n# note\n"))), {
        maxLength: 4,
      }),
    )
    .map(([text, edits]) =>
      edits.reduce((edited, [at, added]) => {
        const place = at % (edited.length + 1);
        return edited.slice(0, place) + added + edited.slice(place);
      }, text),
    ),
);
