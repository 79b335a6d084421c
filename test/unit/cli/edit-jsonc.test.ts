import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addProperty, parseJsonc } from "../../../src/cli/starter/edit-jsonc.ts";

describe("adding a property to JSON with comments", () => {
  test.each([
    ["{}", '{\n  "new": 1\n}'],
    ['{\n  "a": 1\n}\n', '{\n  "a": 1,\n  "new": 1\n}\n'],
    ['{\n\t"a": [1, 2], // why\n}\n', '{\n\t"a": [1, 2], // why\n\t"new": 1\n}\n'],
    ['{\n    "a": "}, //" /* b */\n}', '{\n    "a": "}, //", /* b */\n    "new": 1\n}'],
    ["// top\n{\n  // nothing yet\n}\n", '// top\n{\n  // nothing yet\n  "new": 1\n}\n'],
    ['{\r\n  "a": {}\r\n}\r\n', '{\r\n  "a": {},\r\n  "new": 1\r\n}\r\n'],
  ])("%j", (before, after) => {
    expect(addProperty(before, [], "new", 1)).toBe(after);
  });

  test.each([
    "",
    "[]",
    '{"a": }',
    '{"a": 1',
    '{"a": 1} x',
    '{"new": 2}',
    "{a: 1}",
    '{"a" 1}',
    "{,}",
    '{"a": 1]}',
  ])("%j is left alone", (text) => {
    expect(addProperty(text, [], "new", 1)).toBeNull();
  });

  test("inside an object inside", () => {
    const text = '{\n  "name": "x",\n  "scripts": {\n    "test": "vitest" // all\n  }\n}\n';
    expect(addProperty(text, ["scripts"], "build", "tsc")).toBe(
      '{\n  "name": "x",\n  "scripts": {\n    "test": "vitest", // all\n    "build": "tsc"\n  }\n}\n',
    );
    expect(addProperty(text, ["name"], "build", "tsc")).toBeNull();
    expect(addProperty(text, ["missing"], "build", "tsc")).toBeNull();
  });

  test("whatever the object, it holds what it held, and the property", () => {
    const objects = fc
      .dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }))
      .map((object) => ({ ...object }));
    fc.assert(
      fc.property(
        objects,
        fc.constantFrom(undefined, 1, 2, "\t"),
        fc.jsonValue({ maxDepth: 2 }),
        (object, indent, value) => {
          fc.pre(!Object.hasOwn(object, "added") && !Object.hasOwn(object, "__proto__"));
          const text = JSON.stringify(object, null, indent);
          const after = addProperty(`// kept\n${text} // kept too`, [], "added", value);
          expect(after?.startsWith("// kept\n{")).toBe(true);
          expect(after?.endsWith("} // kept too")).toBe(true);
          expect(parseJsonc(after ?? "")).toEqual(JSON.parse(JSON.stringify({ ...object, added: value })));
          expect(addProperty(after ?? "", [], "added", 0)).toBeNull();
        },
      ),
      { numRuns: 500 },
    );
  });
});

test("JSON with comments and trailing commas is read", () => {
  expect(parseJsonc('\u{feff}{ // a\n "a": [1, /* , */ 2,], "b": "// not, a comment", }')).toEqual({
    a: [1, 2],
    b: "// not, a comment",
  });
  expect(parseJsonc("{ a: 1 }")).toBeUndefined();
});
