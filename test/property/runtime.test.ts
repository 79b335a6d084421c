import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assign } from "../../src/runtime/assign.ts";
import { hash, place } from "../../src/runtime/hash.ts";
import { load } from "../../src/runtime/load.ts";
import { orderOf, parseRange } from "../../src/runtime/range.ts";
import { evaluate } from "../../src/runtime/targeting.ts";
import { conditions, contexts } from "../unit/emit/arbitrary-conditions.ts";
import { experimentEntry } from "../unit/runtime/experiment-entry.ts";
import { referenceHash, referencePlace } from "../unit/runtime/reference-hash.ts";

/** Any sequence of UTF-16 units, lone surrogates among them, with long runs of ASCII between. */
const texts = fc
  .array(fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.integer({ min: 0xd700, max: 0xe0ff })))
  .map((parts) =>
    parts.map((part) => (typeof part === "number" ? String.fromCharCode(part) : part)).join(""),
  );

const identifiers = fc.oneof(fc.nat(30).map(String), fc.stringMatching(/^[0-9a-b-]{0,3}[a-b-]$/));
const versions = fc
  .tuple(
    fc.tuple(fc.nat(12), fc.nat(2), fc.nat(2)),
    fc.array(identifiers, { maxLength: 3 }),
    fc.constantFrom("", "+build", "+1-a"),
  )
  .map(([release, preRelease, build]) => ({
    release,
    preRelease,
    text: `${release.join(".")}${preRelease.length > 0 ? `-${preRelease.join(".")}` : ""}${build}`,
  }));

describe("hash", () => {
  test("is that of the bytes that TextEncoder gives, whatever the text", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(hash(text) >>> 0).toBe(referenceHash(new TextEncoder().encode(text)));
      }),
      { numRuns: 2_000 },
    );
  });

  test("has exact places", () => {
    const words = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(words, words, (unit, salt) => {
        expect(place(unit, salt)).toBe(referencePlace(unit, salt));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("orderOf", () => {
  test("orders as the specification says, identifier by identifier", () => {
    fc.assert(
      fc.property(versions, versions, (value, bound) => {
        const order = Math.sign(orderOf(value.text, parseRange(`=${bound.text}`)![0]!.version));
        expect(order).toBe(
          compareLists(value.release, bound.release) ||
            Number(value.preRelease.length === 0) - Number(bound.preRelease.length === 0) ||
            compareLists(value.preRelease, bound.preRelease),
        );
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("evaluate", () => {
  test("never lets a condition and its negation hold together", () => {
    fc.assert(
      fc.property(conditions, contexts, (condition, context) => {
        expect(evaluate(condition, context) && evaluate({ kind: "not", condition }, context)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  test("keeps a double negation", () => {
    fc.assert(
      fc.property(conditions, contexts, (condition, context) => {
        const twice = { kind: "not", condition: { kind: "not", condition } } as const;
        expect(evaluate(twice, context)).toBe(evaluate(condition, context));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("assign", () => {
  test("never throws and gives one of the experiment's frozen arms, whatever the context", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything({ withNullPrototype: true }), contexts),
        conditions,
        (context, audience) => {
          const arm = assign(load(experimentEntry({ audience })), context as never);
          expect(Object.isFrozen(arm)).toBe(true);
          expect(arm.variant === null).toBe(!["assigned", "override", "concluded"].includes(arm.reason));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

function compareLists(left: readonly (string | number)[], right: readonly (string | number)[]): number {
  for (const [index, a] of left.entries()) {
    const b = right[index];
    if (b === undefined) return 1;
    const order = compareIdentifiers(String(a), String(b));
    if (order !== 0) return order;
  }
  return left.length < right.length ? -1 : 0;
}

function compareIdentifiers(a: string, b: string): number {
  const [numberA, numberB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (numberA && numberB) return Math.sign(Number(a) - Number(b));
  if (numberA !== numberB) return numberA ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}
