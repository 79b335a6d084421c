import { expect, test } from "vitest";
import type { ExperimentPlan } from "../../../src/plan/plan.ts";
import { unitCells, unitColumns } from "../../../src/report/unit-columns.ts";

test("a few variants have a column each, many share two", () => {
  const name = (plan: ExperimentPlan) => unitColumns(plan, ({ key, share }) => `${key} of ${share}`);
  expect(name(planOf("a", "b"))).toEqual(["a of 0.5", "b of 0.5"]);
  expect(unitCells(planOf("a", "b"), [1_200, 300])).toEqual(["1,200", "300"]);
  expect(name(planOf("a", "b", "c", "d", "e"))).toEqual(["each variant", "all variants"]);
  expect(unitCells(planOf("a", "b", "c", "d", "e"), [3, 1, 2, 2, 2])).toEqual(["1 to 3", "10"]);
  expect(unitCells(planOf("a", "b", "c", "d", "e"), [1_000, 1_000, 1_000, 1_000, 1_000])).toEqual([
    "1,000",
    "5,000",
  ]);
});

test("what is not known stays open in every column", () => {
  expect(unitCells(planOf("a", "b"), null)).toEqual(["—", "—"]);
  expect(unitCells(planOf("a", "b", "c", "d", "e"), null)).toEqual(["—", "—"]);
});

function planOf(...keys: readonly string[]): ExperimentPlan {
  const variants = keys.map((key) => ({ key, share: 1 / keys.length }));
  return { variants } as unknown as ExperimentPlan;
}
