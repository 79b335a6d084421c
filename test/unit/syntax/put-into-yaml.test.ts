import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatYaml } from "../../../src/syntax/format-yaml.ts";
import { putIntoYaml, type YamlPut } from "../../../src/syntax/put-into-yaml.ts";

const BASELINE: YamlPut = {
  path: ["baseline"],
  entries: { rate: "12.5%", measured: { from: "2026-10-01", to: "2026-10-28", units: 41_250 } },
};
const put = (text: string, ...puts: readonly YamlPut[]) => putIntoYaml("a.yaml", text, puts);

describe("putting values into YAML", () => {
  test("replaces a value and adds what is new, and leaves every comment and blank line", () => {
    const before = `# of all metrics
name: "A"   # shown

baseline: # today
  # guessed
  rate: 4.9%   # by Ann
  # the end of the baseline

better: higher
# the end
`;
    expect(put(before, BASELINE)).toBe(`# of all metrics
name: "A"   # shown

baseline: # today
  # guessed
  rate: 12.5%   # by Ann
  measured:
    from: 2026-10-01
    to: 2026-10-28
    units: 41250
  # the end of the baseline

better: higher
# the end
`);
  });

  test("adds a mapping at the end, or behind a neighbour", () => {
    const planning = { path: ["planning"], entries: { newPerDay: 12 }, behind: "mde" };
    expect(put("a: 1\nmde: 5% # small\nb:\n  - x\n", planning)).toBe(
      "a: 1\nmde: 5% # small\nplanning:\n  newPerDay: 12\nb:\n  - x\n",
    );
    expect(put("a: 1\nb:\n  - x # last\n# end\n", planning)).toBe(
      "a: 1\nb:\n  - x # last\nplanning:\n  newPerDay: 12\n# end\n",
    );
  });

  test("keeps a text without a last line end, and one with CRLF, as they are", () => {
    expect(put("name: A", BASELINE)).toMatch(/^name: A\nbaseline:\n {2}rate: 12\.5%\n/);
    expect(put("name: A\r\nbetter: higher\r\n", BASELINE)?.replaceAll("\r\n", "")).not.toContain("\n");
  });

  test("is not put off by a byte order mark", () => {
    expect(put("\u{feff}name: A\n", BASELINE)).toMatch(/^\u{feff}name: A\nbaseline:\n/u);
  });

  test("stays behind a block scalar and a text of several lines", () => {
    expect(put("d: |\n  one\n  two\n", BASELINE)).toMatch(/^d: \|\n {2}one\n {2}two\nbaseline:\n/);
    expect(put('d: "one\n  two" # said\n', BASELINE)).toMatch(/^d: "one\n {2}two" # said\nbaseline:\n/);
    expect(put("d:\n  - |\n    one\n", BASELINE)).toMatch(/^d:\n {2}- \|\n {4}one\nbaseline:\n/);
  });

  test("stays within braces", () => {
    expect(put("baseline: { rate: 4% } # said\n", BASELINE)).toBe(
      "baseline: { rate: 12.5%, measured: { from: 2026-10-01, to: 2026-10-28, units: 41250 } } # said\n",
    );
  });

  test("stays before a comma that nothing follows", () => {
    expect(put("baseline: { rate: 1%, }\n", BASELINE)).toBe(
      "baseline: { rate: 12.5%, measured: { from: 2026-10-01, to: 2026-10-28, units: 41250 }, }\n",
    );
  });

  test("keeps keys that it does not know", () => {
    expect(put("baseline:\n  rate: 4%\n  cuped:\n    correlation: 0.4\n", BASELINE)).toContain(
      "  cuped:\n    correlation: 0.4\n  measured:\n",
    );
  });

  test("changes nothing a second time", () => {
    const once = put("name: A\nmde: 5%\n", BASELINE)!;
    expect(put(once, BASELINE)).toBe(once);
  });

  test.each([
    ["an alias", "a: &a\n  rate: 1%\nbaseline: *a\n"],
    ["an anchor that others read", "baseline: &a\n  rate: 1%\nb: *a\n"],
    ["a scalar where a mapping goes", "baseline: 3\n"],
    ["a list", "- 1\n"],
    ["broken YAML", "baseline: [\n"],
  ])("refuses %s rather than change anything else", (_, text) => {
    expect(put(text, BASELINE)).toBeNull();
  });

  test("quotes what would not read as itself", () => {
    const text = put("a: 1\n", { path: ["b"], entries: { "x: y": "no # comment", true: "null", n: -1e-7 } });
    expect(text).toBe('a: 1\nb:\n  "x: y": "no # comment"\n  "true": "null"\n  n: -1e-7\n');
  });
});

const folder = join(import.meta.dirname, "../../../experiments");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".yaml"),
);

test.each(files)("%s stays in house form and loses no line but the old value's", (name) => {
  const before = readFileSync(join(folder, name), "utf8");
  const after = put(before, { ...BASELINE, behind: "mde" });
  expect(after).not.toBeNull();
  const formatted = formatYaml({ path: "a.yaml", bytes: new TextEncoder().encode(after!) });
  expect(formatted.after).toBe(after);
  const kept = new Set(after!.split("\n"));
  expect(before.split("\n").filter((line) => !kept.has(line) && !/^ {2}rate:/.test(line))).toEqual([]);
});
