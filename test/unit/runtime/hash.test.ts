import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { assign } from "../../../src/runtime/assign.ts";
import { defineExperiment } from "../../../src/runtime/experiment.ts";
import { hash, place } from "../../../src/runtime/hash.ts";
import { referenceHash } from "./reference-hash.ts";

interface Published {
  readonly salt: string;
  readonly variants: readonly { readonly key: string; readonly share: number }[];
  readonly vectors: readonly {
    readonly id: string;
    readonly hash: number;
    readonly place: number;
    readonly variant: string;
  }[];
}

const published: Published = JSON.parse(
  readFileSync(join(import.meta.dirname, "assignment-vectors.json"), "utf8"),
);

describe("hash", () => {
  test("the tests' own reference has the verification value of SMHasher", () => {
    const keys = Uint8Array.from({ length: 256 }, (_, index) => index);
    const hashes = new Uint8Array(1024);
    const view = new DataView(hashes.buffer);
    for (let length = 0; length < 256; length++)
      view.setUint32(length * 4, referenceHash(keys.subarray(0, length), BigInt(256 - length)), true);
    expect(referenceHash(hashes)).toBe(0xb0f57ee3);
  });

  test.each([
    ["", 0],
    ["test", 0xba6bd213],
    ["Hello, world!", 0xc0363e43],
    ["The quick brown fox jumps over the lazy dog", 0x2e4ff723],
  ])("of %j is the published value", (text, expected) => {
    expect(hash(text) >>> 0).toBe(expected);
  });
});

describe("the published assignment vectors", () => {
  const experiment = defineExperiment({
    key: "buy-button",
    iteration: 1,
    unit: { key: "user", id: "userId" },
    exposure: "assignment",
    attributes: [],
    settle: null,
    draw: null,
    salt: hash(published.salt),
    variants: published.variants.map((variant) => ({ ...variant, params: {} })),
    default: 0,
  });

  test.each(published.vectors)("$id", ({ id, hash: unit, place: position, variant }) => {
    expect(hash(id) >>> 0).toBe(unit);
    expect(place(hash(id), hash(published.salt))).toBe(position);
    expect(assign(experiment, { userId: id } as never).variant).toBe(variant);
  });
});

describe("place", () => {
  test("spreads sequential ids evenly over its space: chi-squared of 100 cells below its 1e-6 quantile", () => {
    const units = 100_000;
    const cells = new Array<number>(100).fill(0);
    const salt = hash("experiment/buy-button/1/variant");
    for (let unit = 0; unit < units; unit++)
      cells[Math.floor(place(hash(`user-${unit}`), salt) / 10_000)]! += 1;
    const expected = units / cells.length;
    const statistic = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(statistic).toBeLessThan(180.8);
  });

  test("of two salts are independent: the same share of one's half is in the other's", () => {
    const [first, second] = [hash("layer/checkout"), hash("layer/search")];
    let both = 0;
    for (let unit = 0; unit < 100_000; unit++) {
      const hashed = hash(`user-${unit}`);
      if (place(hashed, first) < 500_000 && place(hashed, second) < 500_000) both++;
    }
    expect(Math.abs(both - 25_000)).toBeLessThan(5 * Math.sqrt(100_000 * 0.25 * 0.75));
  });
});
