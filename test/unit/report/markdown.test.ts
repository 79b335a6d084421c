import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../../src/report/markdown.ts";
import { escapeMarkdown, markdownCode } from "../../../src/report/markdown-text.ts";
import { HOSTILE, poison } from "./hostile-site.ts";
import { keepRunning, samples } from "./samples.ts";

const GOLDEN = join(import.meta.dirname, "../../cases/report");

describe("an Analysis as Markdown", () => {
  test.each(samples.map((analysis) => [analysis.experiment, analysis] as const))(
    "%s is as it was reviewed",
    async (key, analysis) => {
      await expect(renderMarkdown(analysis)).toMatchFileSnapshot(join(GOLDEN, `${key}.md`));
    },
  );

  test("has as many cells in every row of the table, whatever the names", () => {
    for (const text of [...HOSTILE, "a|b\\|c``|"]) {
      const rows = renderMarkdown(poison(keepRunning, text))
        .split("\n")
        .filter((line) => line.startsWith("|"));
      expect(rows.length).toBeGreaterThan(5);
      for (const row of rows) expect(row.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(12);
    }
  });

  test.each(HOSTILE)("%j is not HTML", (text) => {
    expect(renderMarkdown(poison(keepRunning, text))).not.toMatch(/<[a-z!/]/i);
  });
});

describe("text in Markdown", () => {
  test.each([
    ["a|b", "a\\|b"],
    [
      "*bold* _it_ `code` ~~no~~ [x](y) #1 $x$",
      "\\*bold\\* \\_it\\_ \\`code\\` \\~\\~no\\~\\~ \\[x\\](y) \\#\u200b1 \\$x\\$",
    ],
    ["<b>&amp;", "&lt;b&gt;&amp;amp;"],
    ["@octocat", "@\u200boctocat"],
    ["https://example.com www.example.com", "https:\u200b//example.com www\u200b.example.com"],
    ["GH-12", "GH-\u200b12"],
    ["- item", "\u200b- item"],
    ["1. item", "\u200b1. item"],
    ["0.0455", "0.0455"],
    ["8f3c2e1d90ab", "8f3c2e\u200b1d90ab"],
    ["two\nlines", "two lines"],
  ])("%j is %j", (text, markdown) => expect(escapeMarkdown(text)).toBe(markdown));

  test.each([
    ["key", "`key`"],
    ["a`b", "``a`b``"],
    ["`a``", "``` `a`` ```"],
    ["a|b", "`a\\|b`"],
    ["", "`  `"],
  ])("code %j is %j", (text, markdown) => expect(markdownCode(text)).toBe(markdown));
});
