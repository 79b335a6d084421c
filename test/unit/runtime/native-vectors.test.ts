import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fraction, hash, place } from "../../../src/runtime/hash.ts";
import * as operators from "../../../src/runtime/operators.ts";
import { referenceHash, referencePlace, referenceWord } from "./reference-hash.ts";

interface Published {
  readonly salt: string;
  readonly salts: readonly { readonly salt: string; readonly hash: number }[];
  readonly vectors: readonly {
    readonly id: string;
    readonly hash: number;
    readonly places: readonly number[];
    readonly fraction: number;
    readonly operators: Readonly<Record<string, unknown>>;
  }[];
}

const path = join(import.meta.dirname, "..", "..", "..", "docs", "vectors", "native.json");
const { salt, salts, vectors } = JSON.parse(readFileSync(path, "utf8")) as Published;
const CHOICES = ["plain", "bold", "huge"];

describe("the published vectors of the native hash", () => {
  test("have every length of tail, texts that are not ASCII, long ones, and lone surrogates", () => {
    const ids = vectors.map(({ id }) => id);
    const lengths = new Set(ids.map((id) => new TextEncoder().encode(id).length % 4));
    expect(lengths).toEqual(new Set([0, 1, 2, 3]));
    expect(ids.some((id) => id.length > 4000)).toBe(true);
    expect(ids.some((id) => /^[\ud800-\udbff]$/.test(id))).toBe(true);
    expect(ids.filter((id) => /[^\0-\x7f]/.test(id)).length).toBeGreaterThan(10);
  });

  test.each(salts)("salt %j", ({ salt: text, hash: expected }) => {
    expect(naiveHash(text)).toBe(expected);
    expect(hash(text) >>> 0).toBe(expected);
  });

  test.each(vectors)("id $id", (vector) => {
    const { id } = vector;
    expect(naiveHash(id)).toBe(vector.hash);
    expect(hash(id) >>> 0).toBe(vector.hash);
    expect(salts.map((own) => referencePlace(naiveHash(id), own.hash))).toEqual(vector.places);
    expect(salts.map((own) => place(hash(id), hash(own.salt)))).toEqual(vector.places);
    expect(naiveFraction(id, salt)).toBe(vector.fraction);
    expect(fraction(hash(id), hash(salt))).toBe(vector.fraction);
    expect(naiveOperators(id)).toEqual(vector.operators);
    expect({
      uniformChoice: operators.uniformChoice(id, salt, CHOICES),
      weightedChoice: operators.weightedChoice(id, salt, CHOICES, [0.2, 0.3, 0.5]),
      bernoulliTrial: operators.bernoulliTrial(id, salt, 0.1),
      randomInteger: operators.randomInteger(id, salt, 1, 6),
      randomFloat: operators.randomFloat(id, salt, 7.99, 11.99),
      bernoulliFilter: operators.bernoulliFilter(id, salt, CHOICES, 0.5),
      sample: operators.sample(id, salt, CHOICES, 2),
    }).toEqual(vector.operators);
  });
});

describe("native operators", () => {
  const ids = Array.from({ length: 20_000 }, (_, index) => `user-${index}`);
  const near = (count: number, p: number) =>
    expect(Math.abs(count - ids.length * p)).toBeLessThan(5 * Math.sqrt(ids.length * p * (1 - p)));

  test("give each choice its share", () => {
    const uniform = ids.map((id) => operators.uniformChoice(id, "s", [1, 2, 3]));
    for (const choice of [1, 2, 3]) near(uniform.filter((given) => given === choice).length, 1 / 3);
    const weighted = ids.map((id) => operators.weightedChoice(id, "s", ["a", "b"], [1, 3]));
    near(weighted.filter((given) => given === "b").length, 0.75);
    near(ids.filter((id) => operators.bernoulliTrial(id, "s", 0.1) === 1).length, 0.1);
    near(ids.filter((id) => operators.randomInteger(id, "s", -2, 2) === -2).length, 0.2);
    near(ids.filter((id) => operators.randomFloat(id, "s", 0, 8) < 2).length, 0.25);
  });

  test("filter each choice by itself", () => {
    const [all, fewer] = [
      ["a", "b", "c"],
      ["c", "a"],
    ].map((choices) => ids.map((id) => operators.bernoulliFilter(id, "s", choices, 0.3)));
    near(all!.filter((kept) => kept.includes("b")).length, 0.3);
    for (const [index, kept] of all!.entries())
      expect(fewer![index]).toEqual(["c", "a"].filter((choice) => kept.includes(choice)));
  });

  test("sample without repeating, in every order, more draws beginning as fewer do", () => {
    const orders = new Map<string, number>();
    for (const id of ids) {
      const drawn = operators.sample(id, "s", ["a", "b", "c"]);
      orders.set(drawn.join(""), (orders.get(drawn.join("")) ?? 0) + 1);
      expect(operators.sample(id, "s", ["a", "b", "c"], 2)).toEqual(drawn.slice(0, 2));
    }
    expect(orders.size).toBe(6);
    for (const count of orders.values()) near(count, 1 / 6);
  });

  test("have nothing to give where there is nothing to choose", () => {
    expect(operators.uniformChoice("u", "s", [])).toBeUndefined();
    expect(operators.weightedChoice("u", "s", [], [])).toBeUndefined();
    expect(operators.weightedChoice("u", "s", ["a"], [0])).toBeUndefined();
    expect(operators.sample("u", "s", [], 3)).toEqual([]);
    expect(operators.sample("u", "s", ["a", "b"], 0)).toEqual([]);
  });
});

function naiveHash(text: string): number {
  return referenceHash(new TextEncoder().encode(text));
}

function naiveFraction(id: string, own: string): number {
  return Number(referenceWord(naiveHash(id), naiveHash(own))) / 2 ** 32;
}

/** The operators as docs/assignment.md says them. */
function naiveOperators(id: string) {
  const placeOf = (own: string) => referencePlace(naiveHash(id), naiveHash(own));
  const integerOf = (own: string, min: number, max: number) =>
    min + Number((referenceWord(naiveHash(id), naiveHash(own)) * BigInt(max - min + 1)) >> 32n);
  const pool = [...CHOICES];
  for (const step of [0, 1]) {
    const other = integerOf(`${salt}/${step}`, step, 2);
    [pool[step], pool[other]] = [pool[other]!, pool[step]!];
  }
  return {
    uniformChoice: CHOICES[[333_334, 666_667, 1_000_000].findIndex((bound) => placeOf(salt) < bound)],
    weightedChoice: CHOICES[[200_000, 500_000, 1_000_000].findIndex((bound) => placeOf(salt) < bound)],
    bernoulliTrial: placeOf(salt) < 900_000 ? 0 : 1,
    randomInteger: integerOf(salt, 1, 6),
    randomFloat: 7.99 + (11.99 - 7.99) * naiveFraction(id, salt),
    bernoulliFilter: CHOICES.filter((choice) => placeOf(`${salt}/${choice}`) >= 500_000),
    sample: pool.slice(0, 2),
  };
}
