import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { styleOf } from "../../../src/report/terminal-style.ts";
import { clip, displayWidth, pad, plainText, wrap } from "../../../src/report/terminal-text.ts";
import { renderText } from "../../../src/report/text.ts";
import { renderTextTable } from "../../../src/report/text-table.ts";
import { HOSTILE, poison } from "./hostile-site.ts";
import { keepRunning, samples, threeVariants } from "./samples.ts";

const GOLDEN = join(import.meta.dirname, "../../cases/report");

describe("an Analysis in a terminal", () => {
  test.each(samples.map((analysis) => [analysis.experiment, analysis] as const))(
    "%s is as it was reviewed",
    async (key, analysis) => {
      await expect(renderText(analysis, { color: false, width: 160 })).toMatchFileSnapshot(
        join(GOLDEN, `${key}.txt`),
      );
    },
  );

  test("leaves out columns to fit, and wraps prose", () => {
    for (const width of [80, 100, 120]) {
      const lines = renderText(keepRunning, { color: false, width }).split("\n");
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
      expect(lines.join("\n")).toContain("+0.3% to +39.6%");
    }
  });

  test("styles without changing a word", () => {
    const styled = renderText(threeVariants, { color: true, width: 140 });
    expect(styled).toContain("\u001b[32m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for styling.
    expect(styled.replace(/\u001b\[\d+m/g, "")).toBe(renderText(threeVariants, { color: false, width: 140 }));
  });

  test.each(HOSTILE)("%j cannot drive it", (text) => {
    const hostile = `${text}\u001b]0;owned\u0007\r\n\u009b2J`;
    const output = renderText(poison(keepRunning, hostile), { color: false, width: 120 });
    expect(output.match(/(?!\n)[\p{Control}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u)).toBeNull();
  });
});

describe("text for a terminal", () => {
  test("is one plain line", () => {
    expect(plainText("a\u001b[31m\nb\u202e\u2028c\ud800")).toBe("a [31m b c");
  });

  test.each([
    ["abc", 3],
    ["日本", 4],
    ["é", 1],
    ["e\u0301", 1],
    ["😀", 2],
    ["\u001b[1mab\u001b[22m", 2],
    ["├──○──┤", 7],
  ])("%j takes %d columns", (text, width) => expect(displayWidth(text)).toBe(width));

  test("is padded, clipped and wrapped by columns", () => {
    expect(pad("日", 4, "right")).toBe("日  ");
    expect(pad("1", 3, "left")).toBe("  1");
    expect(clip("日本語", 5)).toBe("日本…");
    expect(clip("abc", 3)).toBe("abc");
    expect(wrap("aa bb cccccc d", 5)).toEqual(["aa bb", "cccccc", "d"]);
  });

  test("stands in columns, numbers set right", () => {
    const rows = [
      ["name", "units", "lift", "said"],
      ["日本", "5,000", "+1.5%", "yes"],
      ["a", "12", "—", "1 no"],
    ];
    expect(renderTextTable(rows, styleOf(false))).toEqual([
      "name  units   lift  said",
      "日本  5,000  +1.5%  yes",
      "a        12      —  1 no",
    ]);
  });
});
