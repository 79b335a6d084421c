import { expect, test } from "vitest";
import { diagnose } from "../../../src/diagnostics/diagnose.ts";
import type { LocatedDiagnostic } from "../../../src/diagnostics/diagnostic.ts";
import { renderJson } from "../../../src/diagnostics/json.ts";
import { renderPretty } from "../../../src/diagnostics/pretty.ts";

const A = "experiments/a.yaml";
const B = "experiments/b.yaml";
const sources = new Map([
  [A, "name: A\nvariants:\n  control: { wieght: 50% }\n"],
  [B, `${"# x\n".repeat(9)}name: one\nname: two\n`],
]);

const span = (file: string, text: string, from = 0) => {
  const start = sources.get(file)!.indexOf(text, from);
  return { start, end: start + text.length };
};

const unknown: LocatedDiagnostic = {
  ...diagnose(
    "schema/unknown-key",
    { file: A, path: ["variants", "control", "wieght"] },
    { key: "wieght", suggestion: "weight", known: ["weight", "params"] },
    {
      fixes: [
        {
          title: "rename it to `weight`",
          automatic: true,
          edits: [{ place: { file: A, span: span(A, "wieght") }, text: "weight" }],
        },
      ],
    },
  ),
  place: { file: A, path: ["variants", "control", "wieght"], span: span(A, "wieght") },
};
const duplicate: LocatedDiagnostic = {
  ...diagnose(
    "yaml/duplicate-key",
    { file: B },
    { key: "name" },
    {
      severity: "warning",
      related: [{ place: { file: B, span: span(B, "name") }, label: "first given here" }],
    },
  ),
  place: { file: B, span: span(B, "name", sources.get(B)!.indexOf("two") - 8) },
};
const absent: LocatedDiagnostic = {
  ...diagnose("file/no-project", { file: "experiments/project.yaml" }, {}),
  place: { file: "experiments/project.yaml", span: { start: 0, end: 0 } },
};

test("people get a frame, the related place, help, fixes and a count", () => {
  expect(renderPretty([absent, duplicate, unknown], sources, { color: false })).toBe(
    `error[schema/unknown-key]: unknown key \`wieght\`
 --> experiments/a.yaml:3:14
  |
3 |   control: { wieght: 50% }
  |              ^^^^^^
  = help: did you mean \`weight\`?
  = fix: rename it to \`weight\`

warning[yaml/duplicate-key]: \`name\` is given twice
  --> experiments/b.yaml:11:1
   |
11 | name: two
   | ^^^^
  ::: experiments/b.yaml:10:1
   |
10 | name: one
   | ---- first given here
   = help: keep one of the two

error[file/no-project]: there is no \`experiments/project.yaml\`
--> experiments/project.yaml:1:1
 = help: create it with at least \`name\` and \`units\`; \`fairtrial init\` writes one

2 errors, 1 warning
`,
  );
});

test("nothing is printed for no problems", () => {
  expect(renderPretty([], sources, { color: true })).toBe("");
});

test("colour adds codes and nothing else", () => {
  const colored = renderPretty([duplicate, unknown], sources, { color: true });
  expect(colored).toContain("\u001b[31merror[schema/unknown-key]\u001b[0m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes are what it takes out
  const plain = colored.replace(/\u001b\[\d+m/g, "");
  expect(plain).toBe(renderPretty([duplicate, unknown], sources, { color: false }));
});

test("no text of a file drives the terminal", () => {
  const file = "experiments/\u001b[2J.yaml";
  const text = "name: \u001b]0;owned\u0007\n";
  const hostile: LocatedDiagnostic = {
    ...diagnose("yaml/duplicate-key", { file }, { key: "\u001b[2Jx\n\u202e" }),
    place: { file, path: ["name"], span: { start: 6, end: 16 } },
    related: [{ place: { file, span: { start: 6, end: 16 } }, label: "\u001b[1m" }],
    fixes: [{ title: "\u009b2J", automatic: false, edits: [] }],
  };
  const output = renderPretty([hostile], new Map([[file, text]]), { color: false });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them
  expect(output).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
});

test("machines get places from 1, the end exclusive, in reading order", () => {
  expect(JSON.parse(renderJson([duplicate, unknown], sources))).toEqual({
    formatVersion: 1,
    diagnostics: [
      {
        code: "schema/unknown-key",
        severity: "error",
        message: "unknown key `wieght`",
        help: "did you mean `weight`?",
        file: A,
        line: 3,
        column: 14,
        endLine: 3,
        endColumn: 20,
        related: [],
        fixes: [
          {
            title: "rename it to `weight`",
            automatic: true,
            edits: [{ text: "weight", file: A, line: 3, column: 14, endLine: 3, endColumn: 20 }],
          },
        ],
      },
      {
        code: "yaml/duplicate-key",
        severity: "warning",
        message: "`name` is given twice",
        help: "keep one of the two",
        file: B,
        line: 11,
        column: 1,
        endLine: 11,
        endColumn: 5,
        related: [{ label: "first given here", file: B, line: 10, column: 1, endLine: 10, endColumn: 5 }],
        fixes: [],
      },
    ],
  });
});
