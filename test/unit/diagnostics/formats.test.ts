import type { Log } from "sarif";
import { expect, test } from "vitest";
import { diagnose } from "../../../src/diagnostics/diagnose.ts";
import type { LocatedDiagnostic } from "../../../src/diagnostics/diagnostic.ts";
import { renderGithub } from "../../../src/diagnostics/github.ts";
import { renderMarkdown } from "../../../src/diagnostics/markdown.ts";
import { renderers } from "../../../src/diagnostics/renderers.ts";
import { renderSarif } from "../../../src/diagnostics/sarif.ts";
import type { Severity } from "../../../src/diagnostics/words.ts";

const FILE = "experiments/a.yaml";
const sources = new Map([[FILE, '\u{feff}name: "😀"; wieght: 1\r\nunit:\n  user\n']]);
const options = { color: false, folder: "apps/shop/", version: "1.2.3" };

function found(key: string, severity: Severity = "error", start = 13, end = 19): LocatedDiagnostic {
  const place = { file: FILE, path: ["variants", key], span: { start, end } };
  const args = { key, suggestion: "weight", known: ["weight"] };
  return { ...diagnose("schema/unknown-key", place, args, { severity }), place };
}

test("nothing found is said in each form's way", () => {
  const render = (name: keyof typeof renderers) => renderers[name]([], sources, options);
  expect(render("pretty")).toBe("");
  expect(render("github")).toBe("");
  expect(JSON.parse(render("json"))).toEqual({ formatVersion: 1, diagnostics: [] });
  expect(render("markdown")).toBe("### ✓ No problems in the experiments\n");
  expect((JSON.parse(render("sarif")) as Log).runs[0]?.results).toEqual([]);
});

test("a workflow command has the place in the repository, counted as GitHub counts", () => {
  expect(renderGithub([found("wieght")], sources, options)).toBe(
    "::error file=apps/shop/experiments/a.yaml,line=1,endLine=1,col=13,endColumn=19,title=schema/unknown-key" +
      "::unknown key `wieght`%0Ahelp: did you mean `weight`?\n",
  );
});

test("of a place over several lines GitHub gets no columns", () => {
  expect(renderGithub([found("x", "error", 0, 35)], sources, options)).toMatch(/line=1,endLine=3,title=/);
});

test("no text of a file ends a workflow command or begins another", () => {
  const hostile = "a\r\n::error::b%0A::set-output name=x::y\u001b[31m";
  const text = renderGithub([found(hostile)], sources, options);
  expect(text.trimEnd().split("\n")).toHaveLength(1);
  expect(text).not.toMatch(/[^\P{Control}\n]/u);
  expect(text).toContain("b%250A::set-output");
});

test("errors come first, ten of each level are shown, and the rest is counted", () => {
  const many = (count: number, severity: Severity) =>
    Array.from({ length: count }, (_, index) => found(`k${index}`, severity));
  const lines = renderGithub(
    [...many(12, "note"), ...many(3, "warning"), ...many(11, "error")],
    sources,
    options,
  )
    .trimEnd()
    .split("\n");
  const levels = lines.map((line) => /^::(\w+)/.exec(line)?.[1]);
  expect(levels).toEqual([
    ...Array(10).fill("error"),
    ...Array(3).fill("warning"),
    ...Array(10).fill("notice"),
  ]);
  expect(lines.at(-1)).toBe("::notice title=Fairtrial::1 more error, 3 more notes without an annotation");
});

test("a page is headed by the counts, and shows errors first, each in a fence", () => {
  const page = renderMarkdown([found("a", "note"), found("b", "error")], sources);
  expect(page.split("\n")[0]).toBe("### ✗ 1 error, 1 note in the experiments");
  expect(page.indexOf("#### Errors")).toBeGreaterThan(0);
  expect(page.indexOf("#### Notes")).toBeGreaterThan(page.indexOf("unknown key `b`"));
});

test("no text of a file leaves its fence", () => {
  const hostile = "a`````\n```\n<script>@everyone #1\n</details>";
  const page = renderMarkdown([found(hostile)], sources);
  const lines = page.split("\n");
  const fences = lines.flatMap((line, index) => (/^`{6}/.test(line) ? [index] : []));
  expect(fences).toHaveLength(2);
  const outside = [...lines.slice(0, fences[0]), ...lines.slice(fences[1]! + 1)].join("\n");
  expect(outside).not.toMatch(/script|everyone|details/);
});

test("a page stays small enough for a comment, and counts what it leaves out", () => {
  const page = renderMarkdown(
    Array.from({ length: 3_000 }, (_, index) => found(`k${index}`)),
    sources,
  );
  expect(page.length).toBeLessThan(65_536);
  const shown = page.match(/unknown key/g)?.length ?? 0;
  expect(page).toContain(`${3_000 - shown} more are not shown`);
});

test("a SARIF log names the rule, the place, the fix, and how columns are counted", () => {
  const fix = {
    title: "rename it",
    automatic: true,
    edits: [{ place: { file: FILE, span: { start: 13, end: 19 } }, text: "weight" }],
  };
  const related = [{ place: { file: FILE, span: { start: 26, end: 30 } }, label: "here" }];
  const log = JSON.parse(
    renderSarif([{ ...found("wieght"), fixes: [fix], related }], sources, options),
  ) as Log;
  const [run] = log.runs;
  expect(log.version).toBe("2.1.0");
  expect(run?.columnKind).toBe("utf16CodeUnits");
  expect(run?.tool.driver).toMatchObject({ name: "Fairtrial", semanticVersion: "1.2.3" });
  expect(run?.tool.driver.rules).toMatchObject([
    { id: "schema/unknown-key", shortDescription: { text: "A key is not known here." } },
  ]);
  expect(run?.tool.driver.rules?.[0]?.help?.markdown).toContain("## What gives it");
  const region = { startLine: 1, startColumn: 13, endLine: 1, endColumn: 19 };
  const artifactLocation = { uri: "apps/shop/experiments/a.yaml", uriBaseId: "%SRCROOT%" };
  expect(run?.results).toMatchObject([
    {
      ruleId: "schema/unknown-key",
      ruleIndex: 0,
      level: "error",
      message: { text: "unknown key `wieght`\ndid you mean `weight`?" },
      locations: [{ physicalLocation: { artifactLocation, region } }],
      relatedLocations: [{ message: { text: "here" }, physicalLocation: { region: { startLine: 2 } } }],
      fixes: [
        {
          description: { text: "rename it" },
          artifactChanges: [
            {
              artifactLocation,
              replacements: [{ deletedRegion: region, insertedContent: { text: "weight" } }],
            },
          ],
        },
      ],
    },
  ]);
});

test("fingerprints outlive lines that come before, and tell equal findings apart", () => {
  const prints = (text: string, from: number) => {
    const log = JSON.parse(
      renderSarif(
        [
          found("a", "error", from, from + 1),
          found("b", "error", from, from + 1),
          found("a", "error", from, from),
        ],
        new Map([[FILE, text]]),
        options,
      ),
    ) as Log;
    return log.runs[0]?.results?.map(({ partialFingerprints }) => partialFingerprints?.["fairtrial/v1"]);
  };
  const before = prints("a: 1\n", 0);
  expect(prints("# x\n\na: 1\n", 5)).toEqual(before);
  expect(new Set(before).size).toBe(3);
  expect(before?.[2]?.replace(":2", ":1")).toBe(before?.[0]);
});

test("addresses of files are escaped", () => {
  const place = { file: "experiments/a b#é?.yaml", span: { start: 0, end: 0 } };
  const log = JSON.parse(
    renderSarif([{ ...diagnose("yaml/empty", place, {}), place }], new Map([[place.file, ""]]), options),
  ) as Log;
  expect(log.runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(
    "apps/shop/experiments/a%20b%23%C3%A9%3F.yaml",
  );
});
