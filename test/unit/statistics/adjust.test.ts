import fc from "fast-check";
import { expect, test } from "vitest";
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  hochberg,
  holm,
  hommel,
} from "../../../src/statistics/adjust.ts";
import { expectClose } from "./close.ts";

const ALL = { bonferroni, holm, hochberg, hommel, benjaminiHochberg, benjaminiYekutieli };

test("R's p.adjust", () => {
  const adjusted = holm([0.0278, 0.0001, 0.0298, 0.0004, 0.324, 0.0201]);
  // p.adjust(c(.0278, .0001, .0298, .0004, .324, .0201), "holm")
  const expected = [0.0834, 0.0006, 0.0834, 0.002, 0.324, 0.0804];
  adjusted.forEach((value, index) => {
    expectClose(value, expected[index]!);
  });
});

test("never above 1, tiny ones keep their digits", () => {
  expect(holm([0.6, 0.9])).toEqual([1, 1]);
  expectClose(holm([1e-300, 0.3])[0]!, 2e-300);
});

test.each(Object.entries(ALL))(
  "%s: a missing p-value counts in the family and stays missing",
  (_, adjust) => {
    expect(adjust([null])).toEqual([null]);
    expect(adjust([])).toEqual([]);
    const [first, second, third] = adjust([0.02, null, 0.03]);
    expect(second).toBeNull();
    expect([first, third]).toEqual([adjust([0.02, 1, 0.03])[0], adjust([0.02, 1, 0.03])[2]]);
  },
);

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 9 });

test.each(Object.entries(ALL))(
  "%s: monotone, never below the p-value, the same in any order",
  (_, adjust) => {
    fc.assert(
      fc.property(pValues, (p) => {
        const adjusted = adjust(p);
        p.forEach((pValue, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(pValue);
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          p.forEach((other, j) => {
            if (pValue < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
          });
        });
        expect(adjust([...p].reverse())).toEqual([...adjusted].reverse());
      }),
    );
  },
);

test("each procedure is at least as powerful as the one it improves on", () => {
  const pairs = [
    [hommel, hochberg],
    [hochberg, holm],
    [holm, bonferroni],
    [benjaminiHochberg, hommel],
    [benjaminiHochberg, benjaminiYekutieli],
  ] as const;
  fc.assert(
    fc.property(pValues, (p) => {
      for (const [better, worse] of pairs) {
        const [low, high] = [better(p), worse(p)];
        p.forEach((_, i) => {
          expect(low[i]).toBeLessThanOrEqual(high[i]! * (1 + 1e-12));
        });
      }
    }),
  );
});

test("Hommel's is the closure of Simes's test", () => {
  const simes = (p: readonly number[]) =>
    Math.min(...[...p].sort((a, b) => a - b).map((pValue, at) => (p.length * pValue) / (at + 1)));
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }), (p) => {
      const adjusted = hommel(p);
      p.forEach((_, i) => {
        const subsets = Array.from({ length: 2 ** p.length }, (_, mask) =>
          p.filter((_, j) => mask & (1 << j)),
        );
        const containing = subsets.filter((_, mask) => mask & (1 << i));
        expect(adjusted[i]).toBeCloseTo(Math.max(...containing.map(simes)), 12);
      });
    }),
    { numRuns: 60 },
  );
});
