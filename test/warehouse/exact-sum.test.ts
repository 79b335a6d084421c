import { expect, test } from "vitest";
import { decodeNumber } from "../../src/query/decode.ts";
import { exactParts, isInCents, type Summands } from "../../src/query/exact-sum.ts";
import { call, column, parameter } from "../../src/sql/expressions.ts";
import { named, select, subquery, unionAll } from "../../src/sql/queries.ts";
import { fractionOf, sumOf, toNumber } from "../reference/rows/fraction.ts";
import { makeWorkspace } from "./workspace.ts";

const workspace = makeWorkspace();

/** The sum of the numbers as the engine adds their parts. */
async function sum(
  numbers: readonly number[],
  summands: Omit<Summands, "count"> & { readonly count?: number },
) {
  const parts = exactParts(column("number"), { count: numbers.length, ...summands });
  const rows = unionAll(
    numbers.map((number) => select({ columns: [named("number", parameter(number))], from: null })),
  );
  const engine = await workspace.open();
  const names = parts.map((_, index) => `part ${index}`);
  const [row] = await engine.run(
    select({
      columns: parts.map(({ expression }, index) => named(names[index]!, call("sum", expression))),
      from: subquery(rows),
    }),
  );
  await engine.close();
  return parts.reduce((total, { per }, index) => total + decodeNumber(row!, names[index]!) / per, 0);
}

const nearest = (numbers: readonly number[]) => toNumber(sumOf(numbers.map(fractionOf)));

test.each([
  ["cents, whose sum in doubles depends on the order", [0.1, 0.2, 0.3, 1e9, 0.7, -1e9, 19.99], 1e9, 1e-14],
  ["what is lost beside a large number", [1e12, 0.01, -1e12, 0.02], 1e12, 1e-14],
  ["what is lost beside the largest number", [1e60, 0.01, -1e60, 0.02], 1e60, 1e-14],
  ["cubes of large numbers", [1e36, 3.375, -1e36, 1e-3], 1e36, 1e-14],
  ["small numbers", [1e-9, 3e-9, 7e-12], 3e-9, 1e-24],
  ["the smallest", [1e-300, 2e-300], 2e-300, 1e-305],
  ["halves of both signs", [0.5, -1.5, 2.5, -0.5], 2.5, 0],
  ["zeros", [0, -0, 0], 0, 0],
])("sums %s, and the same in any order", async (_, numbers, largest, allowed) => {
  const found = await sum(numbers, { largest, areWhole: false });
  expect(Math.abs(found - nearest(numbers))).toBeLessThanOrEqual(allowed);
  const orders = [[...numbers].reverse(), [...numbers].sort(), [...numbers].sort((a, b) => a - b)];
  for (const order of orders) expect(await sum(order, { largest, areWhole: false })).toBe(found);
});

test("whole numbers are summed as they are while their sum is exact", () => {
  const value = column("number");
  const whole = (largest: number) => exactParts(value, { largest, count: 2 ** 20, areWhole: true });
  expect(whole(2 ** 32)).toEqual([{ expression: value, per: 1 }]);
  expect(whole(2 ** 34)[0]!.per).not.toBe(1);
});

test.each([
  ["doubles", 7],
  ["more than these hold", 2 ** 36],
])("prices are summed as cents, in %s, to the nearest double", async (_, count) => {
  const prices = [0.1, 0.2, 0.3, 0.29, 1.15, -0.57, 1_000_000_000_000.01];
  const cents = { largest: 1_000_000_000_000.01, areWhole: false, areCents: true, count };
  for (const order of [prices, [...prices].reverse(), [...prices].sort()]) {
    expect(await sum(order, cents)).toBe(1_000_000_000_001.48);
  }
});

test.each([
  [0.29, true],
  [-1.15, true],
  [0, true],
  [22_517_998_136_852.47, true],
  [0.295, false],
  [1 / 3, false],
  [0.29 + 2 ** -54, false],
  [1e-300, false],
])("whether %d is in cents: %s", async (number, expected) => {
  const engine = await workspace.open();
  const [row] = await engine.run(
    select({ columns: [named("is", isInCents(parameter(number)))], from: null }),
  );
  await engine.close();
  expect(row).toMatchObject({ is: expected });
});
