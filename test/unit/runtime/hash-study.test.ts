import { describe, expect, test } from "vitest";
import { FNV_1A, murmur3, NATIVE, SEEDED, XXH32, xxh32 } from "../../bench/hash-study/candidates.ts";
import { ID_SHAPES } from "../../bench/hash-study/id-shapes.ts";
import {
  type Dependence,
  dependenceOfArms,
  dependenceOnLayers,
  dependenceOnThePast,
  pairsWithTheSameHash,
  unevenness,
} from "../../bench/hash-study/measures.ts";
import { referenceHash } from "./reference-hash.ts";

const UNITS = 20_000;
const bytesOf = (text: string) => new TextEncoder().encode(text);

function total(measure: (shape: (typeof ID_SHAPES)[number]) => Dependence): Dependence {
  return ID_SHAPES.map(measure).reduce((sum, { tests, found }) => ({
    tests: sum.tests + tests,
    found: sum.found + found,
  }));
}

describe("the study's own hashes are what they are called", () => {
  test.each(["", "a", "abc", "user-42", "0123456789abcdefghij"])("murmur3 of %j, with a seed", (text) => {
    expect(murmur3(text, 0x9747b28c) >>> 0).toBe(referenceHash(bytesOf(text), 0x9747b28cn));
  });

  test.each([
    ["", 0, 0x02cc5d05],
    ["a", 0, 0x550d7456],
    ["abc", 0, 0x32d153ff],
    ["Nobody inspects the spammish repetition", 0, 0xe2293b2f],
  ])("xxh32 of %j is the published value", (text, seed, expected) => {
    expect(xxh32(text, seed) >>> 0).toBe(expected);
  });

  test.each(ID_SHAPES)("ids do not repeat: $name", ({ idAt }) => {
    const ids = Array.from({ length: UNITS }, (_, index) => idAt(index));
    expect(new Set(ids).size).toBe(UNITS);
    expect(ids.every((id) => /^[\x20-\x7e]+$/.test(id))).toBe(true);
  });
});

describe.each([NATIVE, SEEDED, XXH32])("$name", (candidate) => {
  test.each(ID_SHAPES)("fills its space evenly with ids of the shape $name", (shape) => {
    expect(unevenness(candidate, shape, UNITS, 1_000)).toBeLessThan(5);
  });

  test("gives experiments arms that do not depend on each other", () => {
    const { tests, found } = total((shape) => dependenceOfArms(candidate, shape, UNITS, 10));
    expect(tests).toBe(45 * ID_SHAPES.length);
    expect(found).toBeLessThanOrEqual(5);
  });

  test("gives variants that do not depend on layers, holdouts and earlier iterations", () => {
    const layers = total((shape) => dependenceOnLayers(candidate, shape, UNITS, 5));
    const past = total((shape) => dependenceOnThePast(candidate, shape, UNITS, 5));
    expect(layers.tests + past.tests).toBe(35 * ID_SHAPES.length);
    expect(layers.found + past.found).toBeLessThanOrEqual(5);
  });
});

describe("the study finds what is to be found", () => {
  test("FNV-1a makes more than half of the pairs of experiments depend on each other", () => {
    const { tests, found } = total((shape) => dependenceOfArms(FNV_1A, shape, UNITS, 10));
    expect(found / tests).toBeGreaterThan(0.5);
  });

  test("a hash of 16 bits has as many pairs with the same as it must", () => {
    const shape = ID_SHAPES[0]!;
    const short = (id: string) => murmur3(id, 7) & 0xffff0000;
    const expected = UNITS ** 2 / 2 / 2 ** 16;
    expect(Math.abs(pairsWithTheSameHash(short, shape, UNITS, 1) - expected)).toBeLessThan(
      5 * Math.sqrt(expected),
    );
  });
});
