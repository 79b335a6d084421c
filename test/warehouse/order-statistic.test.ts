import { expect, test } from "vitest";
import { extentOf, orderStatistics } from "../../src/query/order-statistic.ts";
import { randomStream } from "../../src/simulate/random.ts";
import { cast, column } from "../../src/sql/expressions.ts";
import { files } from "../../src/sql/queries.ts";
import { makeWorkspace } from "./workspace.ts";

const workspace = makeWorkspace();
const random = randomStream(3, "order statistics");
const numbers = (count: number, draw: (index: number) => number) =>
  Array.from({ length: count }, (_, i) => draw(i));

test.each([
  ["spread evenly", numbers(20_000, () => random() * 100)],
  ["two values", numbers(20_000, (index) => (index % 3 === 0 ? 9.99 : 0))],
  ["one value", numbers(20_000, () => -4.5)],
  ["outliers on both sides", numbers(20_000, (index) => (index < 3 ? (index - 1) * 1e60 : random()))],
  ["neighbours", numbers(12_000, (index) => 1 + (index % 2000) * Number.EPSILON)],
  ["whole decades", numbers(20_000, () => 10 ** Math.floor(random() * 40 - 20))],
  ["heavy tail", numbers(20_000, () => (random() - 0.3) ** -9)],
  ["smallest numbers", numbers(12_000, (index) => (index % 7) * 5e-324)],
])("order statistics of values that are %s are exact", async (name, values) => {
  const path = workspace.write(`${name}.csv`, `v\n${values.join("\n")}\n`);
  const engine = await workspace.open();
  const ranked = {
    from: files({ format: "csv", paths: [path], columns: ["v"], sample: "some" }),
    where: [],
    value: cast(column("v"), "double"),
  };
  const extent = await extentOf(engine, ranked);
  const ascending = [...values].sort((a, b) => a - b);
  expect(extent).toEqual({ count: values.length, least: ascending[0], most: ascending.at(-1) });
  const places = [0, 1, 17, 5999, 6000, values.length - 2, values.length - 1, 0];
  expect(await orderStatistics(engine, ranked, extent, places)).toEqual(
    places.map((place) => ascending[place]),
  );
  await engine.close();
});
