import fc from "fast-check";
import { expect, test } from "vitest";
import { compareCodePoints } from "../../src/resolve/code-point-order.ts";
import { partsPerMillion } from "../../src/resolve/percentage.ts";
import { compileSample, SAMPLE } from "../unit/check/sample-files.ts";

test("a percentage is read exactly, whatever its decimals", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 0, max: 4 }), (parts, spare) => {
      const digits = String(parts).padStart(5, "0");
      const decimals = digits.slice(-4).replace(/0+$/, "").padEnd(spare, "0");
      const written = `${digits.slice(0, -4)}${decimals === "" ? "" : `.${decimals}`}%`;
      expect(partsPerMillion(written)).toBe(parts);
    }),
  );
});

test("code point order is that of UTF-8 bytes", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(text, text, (left, right) => {
      const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right));
      expect(Math.sign(compareCodePoints(left, right))).toBe(bytes);
    }),
  );
});

test("uniform shares sum to the whole and differ by at most one part", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), (others) => {
      const arms = Array.from({ length: others }, (_, index) => `v${index}: {}`).join(", ");
      const { project } = compileSample({
        "uniform.yaml": `name: Uniform\nstatus: draft\nunit: user\nvariants: { ${arms}, control: {} }\nmetrics: { primary: conversion }\nmde: 5%\n`,
      });
      const shares = project?.experiments
        .find(({ key }) => key === "uniform")
        ?.variants.map(({ share }) => share);
      expect(shares?.reduce((sum, share) => sum + share, 0)).toBe(1_000_000);
      expect(Math.max(...(shares ?? [])) - Math.min(...(shares ?? []))).toBeLessThanOrEqual(1);
    }),
    { numRuns: 20 },
  );
});

test("no edit of a file makes the pipeline throw", () => {
  const names = Object.keys(SAMPLE);
  const tokens = [
    "0%",
    "100%",
    "-1",
    "null",
    "[]",
    "{}",
    "user",
    "shoppers",
    "conversion",
    "2026-02-30",
    "__proto__",
    "\n",
    ": ",
    "not",
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.nat(2000),
      fc.nat(30),
      fc.oneof(fc.constantFrom(...tokens), fc.string({ maxLength: 5 })),
      (name, at, length, replacement) => {
        const text = SAMPLE[name]!;
        const start = at % text.length;
        const edited = text.slice(0, start) + replacement + text.slice(start + length);
        const { diagnostics } = compileSample({ [name]: edited });
        expect(diagnostics.every(({ place }) => place.span.start <= place.span.end)).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});
