import { expect, test } from "vitest";
import { binsOf, isWorthBins } from "../../src/query/value-bins.ts";
import { column } from "../../src/sql/expressions.ts";
import { table } from "../../src/sql/queries.ts";
import type { Statement } from "../../src/sql/tree.ts";
import { DAY, onEvent, sampleExperiment, sampleMetric } from "./sample-project.ts";

const revenue = sampleMetric("revenue", "sum", onEvent("purchase", "amount"), DAY);
const orders = sampleMetric("orders", "count", onEvent("purchase"), DAY);
const bought = sampleMetric("bought", "conversion", onEvent("purchase"), DAY);

test("the primary metric is binned however many units there are, others of few units only", () => {
  const experiment = sampleExperiment(["control", "variant"], [revenue, orders, bought]);
  const worth = (units: number) =>
    [revenue, orders, bought].map((metric) => isWorthBins(experiment, metric, [units, units]));
  expect(worth(100_000)).toEqual([true, true, false]);
  expect(worth(100_001)).toEqual([true, false, false]);
});

test.each([
  [20_000, 20_000],
  [20_001, null],
])("of %i values there are %s bins", async (values, bins) => {
  const asked: Statement[] = [];
  const engine = {
    async run(statement: Statement) {
      asked.push(statement);
      return Array.from({ length: values }, (_, value) => ({ variant: 0, "value 0": value, units: 1 }));
    },
  };
  const variable = { reported: null, values: [column("value")], isBinary: false, silent: null };
  const found = await binsOf(engine, { from: table("values"), where: [] }, variable, [values, 0]);
  expect(found?.counts.length ?? null).toBe(bins);
  // More groups than all variants' bins are enough to know that they are too many.
  expect(asked).toMatchObject([{ limit: 40_001 }]);
});
