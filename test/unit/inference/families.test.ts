import { expect, test } from "vitest";
import { estimate } from "../../../src/inference/estimate.ts";
import { experimentOf, metricOf, observationOf, planOf, rateMoments, variantsOf } from "./trial-fixture.ts";

const experiment = experimentOf({
  variants: variantsOf("control", "a", "b"),
  secondary: [metricOf("orders"), metricOf("returns")],
  guardrails: [
    { metric: metricOf("errors", "conversion", "lower"), margin: { kind: "absolute", value: 0.01 } },
  ],
});
const rates = (...counts: readonly number[]) => counts.map((count) => rateMoments(count, 5000));
const estimates = estimate({
  experiment,
  plan: planOf(experiment, 5000),
  observation: observationOf({
    "checkout-conversion": rates(245, 290, 300),
    orders: rates(500, 560, 570),
    returns: rates(100, 120, 101),
    errors: rates(60, 62, 61),
  }),
});
const pairsOf = (metric: string) =>
  estimates
    .find((found) => found.metric === metric)!
    .comparisons.map(({ pValue, adjustedPValue }) => [pValue!, adjustedPValue] as const);

test("metrics come primary first, then secondary, then guardrails", () => {
  expect(estimates.map(({ role }) => role)).toEqual(["primary", "secondary", "secondary", "guardrail"]);
});

test("the primary's variants are one family", () => {
  const [a, b] = pairsOf("checkout-conversion");
  expect(b![1]).toBeCloseTo(2 * b![0], 12);
  expect(a![1]).toBeCloseTo(Math.max(a![0], 2 * b![0]), 12);
});

test("all secondary metrics and variants together are another", () => {
  const family = [...pairsOf("orders"), ...pairsOf("returns")].sort(([p], [q]) => p - q);
  let largest = 0;
  for (const [rank, [pValue, adjusted]] of family.entries()) {
    largest = Math.max(largest, Math.min(1, (4 - rank) * pValue));
    expect(adjusted).toBeCloseTo(largest, 12);
  }
});

test("guardrails are in none, and intervals stay at the raw level", () => {
  expect(pairsOf("errors").map(([, adjusted]) => adjusted)).toEqual([null, null]);
  for (const { comparisons } of estimates)
    for (const { intervalLevel } of comparisons) expect(intervalLevel).toBeCloseTo(0.95, 12);
});
