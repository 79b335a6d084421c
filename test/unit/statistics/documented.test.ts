import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as statistics from "../../../src/statistics/index.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const FOLDER = join(ROOT, "src", "statistics");
const sources = readdirSync(FOLDER)
  .filter((file) => file !== "index.ts")
  .map((file) => ({ file, text: readFileSync(join(FOLDER, file), "utf8") }));

/** Arithmetic and plumbing that nobody is to be cited for. */
const PLAIN = [
  "beta-binomial.ts",
  "beta-density.ts",
  "bounds.ts",
  "critical-value.ts",
  "domain.ts",
  "duration.ts",
  "log-concave-integral.ts",
  "mde.ts",
  "moment-packing.ts",
  "proportion.ts",
  "sample.ts",
  "sequence-inflation.ts",
];

test("the page lists every function of the entry point, in order, and no other", () => {
  const page = readFileSync(join(ROOT, "docs", "statistics.md"), "utf8").split("\n## The library\n")[1]!;
  const listed = [...page.matchAll(/^\| `(\w+)` \| \S.+ \|$/gm)].map(([, name]) => name!);
  const names = Object.keys(statistics);
  expect(listed).toEqual(names.sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
});

test.each(sources)("every export of $file says what it is", ({ text }) => {
  for (const [, before, name] of text.matchAll(/([^\n]*)\nexport (?:async )?(?:function|const) (\w+)/g))
    expect(before, name).toMatch(/\*\/$/);
});

test.each(sources.filter(({ file }) => !PLAIN.includes(file)))("$file names author and year", ({ text }) => {
  const docstrings = [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].join(" ");
  expect(docstrings).toMatch(/\p{Lu}\p{Ll}+[\s\S]{1,250}?\b(?:19\d\d|20[0-2]\d)\b/u);
});
