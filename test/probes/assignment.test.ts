import { describe, expect, test } from "vitest";
import { assign } from "../../src/runtime/index.ts";
import { compiled, compiledTrial, type Experiment, trial } from "./trials.ts";

// Each of these is a case in which a tool in use gives units the wrong variant.

const HALVES = "variants:\n  control: { weight: 50% }\n  large: { weight: 50% }";
const PLANOUT = `hash: { planout: { experiment: Trial } }\n${HALVES}`;
const FACTORS =
  "parameters:\n  headline: { uniformChoice: [plain, bold] }\n  steps: { uniformChoice: [3, 2, 1] }";
const PRICES = "parameters:\n  price: { randomFloat: { min: 7.99, max: 11.99 } }\nanalysis:\n  dose: price";

/** Every way to draw, with as many units as it is fast enough for. */
const DRAWS = [
  ["the native hash", HALVES, 100_000],
  ["PlanOut's hash", PLANOUT, 20_000],
  ["parameters", FACTORS, 100_000],
  ["a price", PRICES, 20_000],
] as const;

const variantOf = (experiment: Experiment, unit: number | string): string | null =>
  assign(experiment, { userId: typeof unit === "number" ? `user-${unit}` : unit }).variant;

test("ranges of a layer share none of 1,000,000 units, and leave none out", () => {
  const ranges = [
    ["first", "0%", "50%"],
    ["second", "50%", "80.5%"],
    ["third", "80.5%", "100%"],
  ] as const;
  const texts = ranges.map(([key, from, to]) => [
    key,
    trial(`layer: { name: checkout, from: ${from}, to: ${to} }\n${HALVES}`),
  ]);
  const experiments = [...compiled(Object.fromEntries(texts)).values()];
  const found = new Map<number, number>();
  const enrolled = experiments.map(() => 0);
  for (let unit = 0; unit < 1_000_000; unit++) {
    let hits = 0;
    for (const [index, experiment] of experiments.entries()) {
      if (variantOf(experiment, unit) === null) continue;
      hits++;
      enrolled[index]! += 1;
    }
    found.set(hits, (found.get(hits) ?? 0) + 1);
  }
  expect([...found]).toEqual([[1, 1_000_000]]);
  for (const [index, share] of [0.5, 0.305, 0.195].entries())
    expect(Math.abs(enrolled[index]! - 1_000_000 * share)).toBeLessThan(
      5 * Math.sqrt(1_000_000 * share * (1 - share)),
    );
});

describe("a ramp of 1, 5, 20, 50 and 100% moves nobody who is in,", () => {
  test.each(DRAWS)("by %s", (_, allocation, units) => {
    const ramp = [1, 5, 20, 50, 100].map((rollout) => ({
      rollout,
      experiment: compiledTrial(`rollout: ${rollout}%\n${allocation}`),
    }));
    const enrolled = ramp.map(() => 0);
    let moved = 0;
    for (let unit = 0; unit < units; unit++) {
      let before: string | null = null;
      for (const [index, { experiment }] of ramp.entries()) {
        const variant = variantOf(experiment, unit);
        if (before !== null && variant !== before) moved++;
        if (variant !== null) enrolled[index]! += 1;
        before = variant;
      }
    }
    expect(moved).toBe(0);
    for (const [index, { rollout }] of ramp.entries()) {
      const share = rollout / 100;
      const deviation = Math.sqrt(units * share * (1 - share));
      expect(Math.abs(enrolled[index]! - units * share)).toBeLessThanOrEqual(5 * deviation);
    }
  });
});

test("variants in another order in the file move none of 100,000 units", () => {
  const lines = ["  control: { weight: 34% }", "  large: { weight: 33% }", "  small: { weight: 33% }"];
  const [before, after] = [lines, lines.toReversed()].map((each) =>
    compiledTrial(`variants:\n${each.join("\n")}`),
  );
  let moved = 0;
  for (let unit = 0; unit < 100_000; unit++)
    if (variantOf(before!, unit) !== variantOf(after!, unit)) moved++;
  expect(moved).toBe(0);
});

test("a third variant in a new iteration is drawn independently of the two before", () => {
  const third = "variants:\n  control: { weight: 34% }\n  large: { weight: 33% }\n  small: { weight: 33% }";
  const before = compiledTrial(HALVES);
  const table = (after: Experiment) => {
    const cells = new Map<string, number>();
    for (let unit = 0; unit < 100_000; unit++) {
      const cell = `${variantOf(before, unit)} ${variantOf(after, unit)}`;
      cells.set(cell, (cells.get(cell) ?? 0) + 1);
    }
    return cells;
  };
  // The 1 - 1e-6 quantile of chi-squared with two degrees of freedom: -2 ln 1e-6.
  expect(dependence(table(compiledTrial(`iteration: 2\n${third}`)))).toBeLessThan(27.63);
  // The same iteration shows that the statistic sees dependence; the gate refuses this.
  expect(dependence(table(compiledTrial(third)))).toBeGreaterThan(10_000);
});

describe("whoever has no id gets no variant,", () => {
  test.each(DRAWS)("by %s", (_, allocation) => {
    const experiment = compiledTrial(allocation);
    const contexts = [
      {},
      { userId: "" },
      { userId: null },
      { userId: undefined },
      { userId: 0 },
      { id: "u" },
    ];
    for (const context of contexts)
      expect(assign(experiment, context)).toMatchObject({ variant: null, reason: "no-unit" });
    expect(assign(experiment, { userId: "0" }).reason).toBe("assigned");
  });
});

/** Pearson's chi-squared of a table whose cells are named `row column`. */
function dependence(cells: ReadonlyMap<string, number>): number {
  const sum = (part: (row: string, column: string) => string) => {
    const sums = new Map<string, number>();
    for (const [cell, count] of cells) {
      const key = part(...(cell.split(" ") as [string, string]));
      sums.set(key, (sums.get(key) ?? 0) + count);
    }
    return sums;
  };
  const rows = sum((row) => row);
  const columns = sum((_, column) => column);
  const total = sum(() => "").get("")!;
  let statistic = 0;
  for (const [row, inRow] of rows)
    for (const [column, inColumn] of columns) {
      const expected = (inRow * inColumn) / total;
      statistic += ((cells.get(`${row} ${column}`) ?? 0) - expected) ** 2 / expected;
    }
  return statistic;
}
