import { expect } from "vitest";
import type {
  ArmMoments,
  Cap,
  MetricMoments,
  Observation,
  QuantileArm,
} from "../../../src/query/observation.ts";
import type { Moments } from "../../../src/statistics/moments.ts";
import type { ExactMoments } from "./exact-moments.ts";
import type { Expected, ExpectedArms, ExpectedCap, ExpectedMetric, ExpectedQuantile } from "./expected.ts";

/** Fails unless the product saw what the reference says: counts the same, moments to 1e-9. */
export function expectAgreement(observation: Observation, expected: Expected): void {
  expect(observation.enrolment.units, "exposed units").toEqual(expected.units);
  expect(observation.enrolment.crossovers, "crossovers").toBe(expected.crossovers);
  expect(Date.parse(observation.cutoff!), "cutoff").toBe(expected.cutoff / 1000);
  if (observation.trigger)
    expect(observation.trigger, "trigger").toEqual({
      triggered: expected.triggered,
      exposed: expected.units,
    });
  expect(observation.metrics.map(({ metric }) => metric)).toEqual(
    expected.metrics.map(({ metric }) => metric),
  );
  expected.metrics.forEach((metric, index) => {
    expectMetric(observation.metrics[index]!, metric);
  });
}

function expectMetric(found: MetricMoments, expected: ExpectedMetric): void {
  const { metric } = expected;
  expectArms(found, expected, metric);
  expectCap(found.cap, expected.cap, metric);
  if (expected.covariates || found.covariates) {
    expected.covariates!.arms.forEach((arm, variant) => {
      expectMoments(found.covariates!.arms[variant]!, arm, `covariates of ${metric}, variant ${variant}`);
    });
    expectCap(found.covariates!.cap, expected.covariates!.cap, `covariate of ${metric}`);
  }
  expectQuantile(found.quantile, expected.quantile, metric);
  expect(found.clusters ?? null, `members of ${metric}`).toEqual(expected.members);
  // A value that only units have which do not count is a group without units.
  const groups =
    found.breakdowns?.flatMap(({ values }) =>
      values.filter(({ exposed }) => exposed.some((units) => units > 0)),
    ) ?? [];
  expect(new Set(groups.map(({ value }) => value)), `groups of ${metric}`).toEqual(
    new Set(expected.breakdowns.map(({ value }) => value)),
  );
  for (const group of expected.breakdowns) {
    const mine = groups.find(({ value }) => value === group.value)!;
    expectArms(mine, group, `${metric}, ${group.value}`);
    expectQuantile(mine.quantile, group.quantile, `${metric}, ${group.value}`);
  }
  expect(found.series?.map(({ day, isOver }) => ({ day, isOver })) ?? [], `steps of ${metric}`).toEqual(
    expected.series.map(({ day, isOver }) => ({ day, isOver })),
  );
  expected.series.forEach((step, index) => {
    expectArms(found.series![index]!, step, `${metric} at the end of ${step.day}`);
  });
  expect(found.byAge?.map(({ from, to }) => [from, to]) ?? [], `days of ${metric}`).toEqual(
    expected.byAge.map(({ from, to }) => [from / 1000, to / 1000]),
  );
  expected.byAge.forEach((day, index) => {
    expectArms(found.byAge![index]!, day, `${metric}, day ${index}`);
  });
}

function expectQuantile(
  found: readonly QuantileArm[] | undefined,
  expected: readonly ExpectedQuantile[] | null,
  what: string,
): void {
  const counts = (arms: readonly ExpectedQuantile[] | null | undefined) =>
    arms?.map(({ events, units }) => ({ events, units }));
  expect(counts(found), `values of ${what}`).toEqual(counts(expected));
  expected?.forEach(({ value }, variant) => {
    expectSame(found![variant]!.value, value, `quantile of ${what}, variant ${variant}`);
  });
}

function expectArms(found: ArmMoments, { arms, exposed }: ExpectedArms, what: string): void {
  expect(found.exposed, `mature units of ${what}`).toEqual(exposed);
  arms.forEach((arm, variant) => {
    expectMoments(found.arms[variant]!, arm, `${what}, variant ${variant}`);
  });
}

function expectCap(found: Cap | undefined, expected: ExpectedCap | null, what: string): void {
  expect(found?.capped.length, `capped of ${what}`).toBe(expected?.capped.length);
  expected?.capped.forEach((units, variant) => {
    const off = Math.abs(found!.capped[variant]! - units);
    expect(off, `capped of ${what}, variant ${variant}`).toBeLessThanOrEqual(expected.unsure[variant]!);
  });
  expectSame(found?.value ?? null, expected?.value ?? null, `cap of ${what}`);
}

function expectSame(found: number | null, expected: number | null, what: string): void {
  if (found === null || expected === null) expect(found, what).toBe(expected);
  else expect(Math.abs(found - expected), what).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
}

/** Below it, doubles have fewer digits. */
const SUBNORMAL = 1e-300;

/** What exact sums round off numbers, taken together: 2⁻⁵¹ each at most (decision 0010). */
const ROUNDED_OFF = 2 ** -44;

/** How far a double can be off that was made by rounding values of size 1 a few times. */
const ROUNDING = 8 * Number.EPSILON;

/**
 * Equal to 1e-9 of the number itself; where that is less, to what rounding the units' values can do to it: a sum
 * that cancels is not right to its last digit, and the order of its rows is the engine's.
 */
export function expectMoments(found: Moments, expected: ExactMoments, what: string): void {
  expect(found.units, `units of ${what}`).toBe(expected.units);
  const { sizes, units } = expected;
  const axes = sizes.map((_, axis) => axis);
  const pairs = axes.flatMap((i) => axes.filter((j) => j >= i).map((j) => [i, j]));
  const triples = pairs.flatMap(([i, j]) => axes.filter((k) => k >= j!).map((k) => [i!, j!, k]));
  const error = sizes.map((size) => ROUNDING * size * Math.sqrt(units) + ROUNDED_OFF);
  const norm = axes.map((axis) => {
    const second = expected.second[pairs.findIndex(([i, j]) => i === axis && j === axis)]!;
    return Math.sqrt(second) + error[axis]!;
  });
  const slack = (of: readonly number[]) =>
    1e-13 * product(of.map((axis) => norm[axis]!)) +
    of.reduce(
      (sum, axis, at) =>
        sum + error[axis]! * product(of.filter((_, other) => other !== at).map((b) => norm[b]!)),
      0,
    );
  expectNear(
    found.means,
    expected.means,
    sizes.map((size) => ROUNDING * size + ROUNDED_OFF),
    `means of ${what}`,
  );
  expectNear(found.second, expected.second, pairs.map(slack), `second moments of ${what}`);
  expectNear(found.third, expected.third, triples.map(slack), `third moments of ${what}`);
}

function expectNear(
  found: readonly number[],
  expected: readonly number[],
  slack: readonly number[],
  what: string,
): void {
  expect(found.length, what).toBe(expected.length);
  expected.forEach((value, at) => {
    const off = Math.abs(found[at]! - value);
    const allowed = Math.max(1e-9 * Math.abs(value), slack[at]!, SUBNORMAL);
    if (!(off <= allowed)) expect({ [what]: found, at, off, allowed }).toEqual({ [what]: expected });
  });
}

function product(numbers: readonly number[]): number {
  return numbers.reduce((result, number) => result * number, 1);
}
