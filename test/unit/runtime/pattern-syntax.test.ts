import { expect, test } from "vitest";
import { compilePattern } from "../../../src/runtime/pattern-program.ts";
import { parsePattern } from "../../../src/runtime/pattern-syntax.ts";

test.each([
  ["(?=a)", "look", "(?="],
  ["(?!a)b", "look", "(?!"],
  ["(?<=a)b", "look", "(?<="],
  ["(?<!a)b", "look", "(?<!"],
  ["(?<name>a)", "group", "(?<"],
  ["(?i)a", "group", "(?i"],
  ["(?", "group", "(?"],
  ["(a)\\1", "back-reference", "\\1"],
  ["(a)\\k<a>", "back-reference", "\\k"],
  ["\\bword\\b", "word-boundary", "\\b"],
  ["\\p{L}", "property", "\\p"],
  ["\\x41", "escape", "\\x"],
  ["\\0", "escape", "\\0"],
  ["\\@", "escape", "\\@"],
  ["\\-", "escape", "\\-"],
  ["a\\", "escape", "\\"],
  ["a+?", "lazy", "+?"],
  ["a{2,3}?", "lazy", "{2,3}?"],
  ["*a", "nothing-to-repeat", "*"],
  ["a|+", "nothing-to-repeat", "+"],
  ["a**", "nothing-to-repeat", "*"],
  ["a+{2}", "nothing-to-repeat", "{"],
  ["^*", "nothing-to-repeat", "*"],
  ["a{3,2}", "bounds", "{3,2}"],
  ["a{x}", "bounds", "{x}"],
  ["a{,3}", "bounds", "{,3}"],
  ["a}", "literal", "}"],
  ["]", "literal", "]"],
  ["{2}", "literal", "{"],
  ["(a", "unclosed", "("],
  ["[a", "unclosed", "["],
  ["a)", "unopened", ")"],
  ["[b-a]", "class-order", "b-a"],
  ["[a-\\d]", "class", "a-\\d"],
  ["[\\w-z]", "class", "\\w-z"],
])("%s is refused: %s at %s", (source, fault, found) => {
  expect(parsePattern(source)).toEqual({ fault, found });
  // What JavaScript reads in two ways or not in one pass is refused too; the rest it refuses as well.
  if (!["look", "group", "back-reference", "word-boundary", "property", "lazy", "escape"].includes(fault))
    expect(() => new RegExp(source, "u")).toThrow(SyntaxError);
});

test.each([
  "a{1000}",
  "(a{30}){40}",
  "((((a{99}){99}){99}){99}){99}",
  "a{999999999}",
  "(".repeat(60) + ")".repeat(60),
])("%s is too large", (source) => {
  expect(compilePattern(source)).toEqual({ fault: "too-large", found: "" });
});

test("a program may be long", () => {
  expect(compilePattern("a{998}")).toHaveLength(999);
  expect(compilePattern("(a|bc)*")).toHaveLength(8);
});
