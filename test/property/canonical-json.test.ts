import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../src/plan/canonical-json.ts";
import { canonicalJson as runtimeJson } from "../../src/runtime/canonical-json.ts";
import type { Json } from "../../src/runtime/manifest.ts";

test("the quick canonical JSON is the runtime's, and means the value", () => {
  const key = fc.oneof(fc.string(), fc.string({ unit: "binary", maxLength: 2 }), fc.nat(30).map(String));
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue({ maxDepth: 0 }),
      fc.string({ unit: "binary" }),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(key, tie("value"), { maxKeys: 5 }),
    ),
  })).value as fc.Arbitrary<Json>;
  fc.assert(
    fc.property(value, (json) => {
      expect(canonicalJson(json)).toBe(runtimeJson(json));
      expect(JSON.parse(canonicalJson(json))).toEqual(JSON.parse(JSON.stringify(json)));
    }),
    { numRuns: 2_000 },
  );
});
