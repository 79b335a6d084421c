import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Program, pattern } from "../../src/runtime/pattern.ts";
import { compilePattern, isProgram } from "../../src/runtime/pattern-program.ts";

const LETTERS = ["a", "b", "é", "😀", "-", " ", "\n", "\u2028", "0", "_", "\ud800", "Z", "^", "."];

const atoms = fc.constantFrom(
  ...["a", "b", "é", "😀", "-", " ", "0", ".", "\\.", "\\^", "\\\\", "\\/", "\\n", "^", "$"],
  ...["[ab]", "[^a]", "[a-z0-9]", "[^\\s-]", "[\\w.]", "[^]", "[]", "[é-😀]", "[\\]\\^]", "[-a]", "[a-]"],
  ...["[^\\D]", "[\\S\\n]", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S"],
);
const quantifiers = fc.constantFrom("", "", "", "?", "*", "+", "{0}", "{2}", "{1,}", "{0,2}", "{1,3}");

/** Patterns of the dialect, some of which repeat what cannot be repeated. */
const patterns: fc.Arbitrary<string> = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    { weight: 4, arbitrary: fc.tuple(atoms, quantifiers).map((parts) => parts.join("")) },
    {
      weight: 3,
      arbitrary: fc.array(tie("pattern"), { maxLength: 4 }).map((parts) => parts.join("")),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom("(", "(?:"),
          fc.array(tie("pattern"), { minLength: 1, maxLength: 3 }),
          quantifiers,
        )
        .map(([open, parts, quantifier]) => `${open}${parts.join("|")})${quantifier}`),
    },
  ),
})).pattern;

const texts = fc.array(fc.constantFrom(...LETTERS), { maxLength: 8 }).map((parts) => parts.join(""));

function expressionOf(source: string): RegExp | null {
  try {
    return new RegExp(source, "u");
  } catch {
    return null;
  }
}

describe("a pattern", () => {
  test("fits what JavaScript's regular expression fits", () => {
    const seen = { fits: 0, not: 0, refused: 0 };
    fc.assert(
      fc.property(patterns, fc.array(texts, { minLength: 8, maxLength: 8 }), (source, samples) => {
        const program = compilePattern(source);
        const expression = expressionOf(source);
        expect(isProgram(program)).toBe(expression !== null);
        if (!isProgram(program) || expression === null) {
          seen.refused++;
          return;
        }
        const fits = pattern(program);
        for (const text of samples) {
          const expected = expression.test(text);
          expect([source, text, fits(text)]).toEqual([source, text, expected]);
          seen[expected ? "fits" : "not"]++;
        }
      }),
      { numRuns: 5_000 },
    );
    expect(Math.min(seen.fits, seen.not)).toBeGreaterThan(3_000);
    expect(seen.refused).toBeGreaterThan(20);
  });

  test("of any text is read or refused, and what is read JavaScript reads the same", () => {
    const pieces = fc.constantFrom(..."ab^$\\.*+?()[]{}|/,-:=!<0129dDwWsSbBpPnkux".split(""), "😀");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 10 }), fc.array(texts), (parts, samples) => {
        const source = parts.join("");
        const program = compilePattern(source);
        if (!isProgram(program)) return;
        const expression = new RegExp(source, "u");
        const fits = pattern(program);
        for (const text of samples) expect([text, fits(text)]).toEqual([text, expression.test(text)]);
      }),
      { numRuns: 20_000 },
    );
  });

  const HUNGRY = ["(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){10}$", "((a*)*)*$", "^(a?){30}a{30}$", "a*a*a*a*b"];
  test.each(HUNGRY)("%s takes steps in proportion to the text", (source) => {
    for (const size of [100, 1_000, 10_000]) {
      const { fits, program, count } = counting(source);
      fits(`${"a".repeat(size)}!`);
      expect(count()).toBeLessThanOrEqual(3 * program.length * (size + 2));
    }
  });

  test("finds what begins behind thousands of false starts", () => {
    const { fits } = counting("a{50}b");
    expect(fits(`${"a".repeat(5_000)}b`)).toBe(true);
    expect(fits(`${"a".repeat(49)}b`)).toBe(false);
  });

  test("can be asked again and again, whatever it said before", () => {
    const fits = pattern(compilePattern("^(ab|c)+$") as Program);
    for (const [text, expected] of [
      ["abc", true],
      ["abx", false],
      ["", false],
      ["cab", true],
      ["ab", true],
    ] as const)
      expect(fits(text)).toBe(expected);
  });
});

/** A pattern, and how many instructions it has looked at. */
function counting(source: string) {
  const program = compilePattern(source) as Program;
  let steps = 0;
  const counted = new Proxy(program, {
    get(target, name) {
      if (typeof name === "string" && /^\d+$/.test(name)) steps++;
      return Reflect.get(target, name);
    },
  });
  return { fits: pattern(counted), program, count: () => steps };
}
