import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { armOf, variantKey } from "../../../src/integrations/server/index.ts";
import { readVariants, writeVariants } from "../../../src/integrations/server/variant-text.ts";
import { load } from "../../../src/runtime/index.ts";
import { experimentEntry } from "../experiment-entry.ts";

describe("variants as text", () => {
  test("come back as they were, whatever they hold", () => {
    const text = fc.string({ unit: "grapheme" });
    const name = text.filter((key) => key !== "");
    fc.assert(
      fc.property(fc.dictionary(name, fc.oneof(fc.constant(null), name)), (variants) => {
        const written = writeVariants(Object.entries(variants));
        expect(written).toMatch(/^[\w\-.:*]*$/);
        expect(new Map(readVariants(written))).toEqual(new Map(Object.entries(variants)));
      }),
    );
  });

  test("are null where nothing writes them so", () => {
    for (const text of ["a", ":b", "a:b:c", "a:b.", "a:*", "a:*zz", "a:*ff", "a:b c", "."])
      expect(readVariants(text), text).toBeNull();
  });
});

describe("a variant key", () => {
  const experiment = load(experimentEntry());
  const [control, green] = experiment.assigned;

  test("is the same for the same arms, in any order", () => {
    const search = { variant: null };
    const key = variantKey({ "buy-button": green!, search });
    expect(key).toBe("buy-button:green.search:");
    expect(variantKey({ search, "buy-button": green! })).toBe(key);
  });

  test("gives the arms back, and null for what the experiment does not have", () => {
    expect(armOf("buy-button:green.search:", experiment)).toBe(green);
    expect(armOf("buy-button:control", experiment)).toBe(control);
    expect(armOf("buy-button:", experiment)).toMatchObject({ variant: null, params: { colour: "red" } });
    for (const key of ["buy-button:blue", "search:", "", "%", "buy-button:__proto__"])
      expect(armOf(key, experiment), key).toBeNull();
    const concluded = load(experimentEntry({ status: "concluded", shipped: "green" }));
    expect(armOf("buy-button:green", concluded)).toMatchObject({ reason: "concluded" });
    expect(armOf("buy-button:control", concluded)).toBeNull();
  });
});
