import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as statistics from "../../src/statistics/index.ts";

const hostile = fc.constantFrom(
  ...[0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308, -1e308],
  ...[5e-324, -5e-324, 1e-300, 1, 2, 3, -1, 0.5, 1.5, 0.05, 1 - 1e-16, 1e16],
);
const proportion = fc.record({ successes: hostile, units: hostile });
const confidence = fc.constantFrom(0.5, 0.9, 0.95, 0.999);
const pValues = fc.array(fc.option(hostile), { maxLength: 5 });

const { obrienFlemingSpending } = statistics;

/** Of functions whose answer is a number, an interval or a refusal, whatever they are given. */
const CALLS: Readonly<Record<string, fc.Arbitrary<() => unknown>>> = {
  ...byArms("twoProportionZ", (a, b) => statistics.twoProportionZ(a, b)),
  ...byArms("fisherExact", (a, b) => (a.units + b.units > 1e6 ? null : statistics.fisherExact(a, b))),
  ...byArms("meeInterval", statistics.meeInterval),
  ...byArms("koopmanInterval", statistics.koopmanInterval),
  ...byArms("koopmanUpperBound", statistics.koopmanUpperBound),
  ...byArms("newcombeInterval", statistics.newcombeInterval),
  ...byArms("waldInterval", statistics.waldInterval),
  ...byArms("miettinenNurminenDifference", statistics.miettinenNurminenDifference),
  ...byArms("miettinenNurminenRatio", statistics.miettinenNurminenRatio),
  ...byFamily("bonferroni", statistics.bonferroni),
  ...byFamily("holm", statistics.holm),
  ...byFamily("hochberg", statistics.hochberg),
  ...byFamily("hommel", statistics.hommel),
  ...byFamily("benjaminiHochberg", statistics.benjaminiHochberg),
  ...byFamily("benjaminiYekutieli", statistics.benjaminiYekutieli),
  binomialCdf: byNumbers(statistics.binomialCdf),
  binomialQuantile: byNumbers(statistics.binomialQuantile),
  cohenH: byNumbers((a, b) => statistics.cohenH(a, b)),
  sequenceInflation: byNumbers((alpha, power) => statistics.sequenceInflation(alpha, power)),
  sequenceRho: byNumbers((alpha, planned) => statistics.sequenceRho(alpha, planned)),
  mannWhitney: fc
    .array(fc.record({ value: hostile, control: hostile, variant: hostile }), { maxLength: 4 })
    .map((counts) => () => statistics.mannWhitney(counts)),
  groupSequentialPValue: fc
    .array(fc.record({ fraction: hostile, statistic: fc.constantFrom(null, 0, -1, 3, 40) }), { maxLength: 3 })
    .map((looks) => () => statistics.groupSequentialPValue(looks, obrienFlemingSpending)),
};

describe("whatever it is given, an answer, a null or a refusal that says why", () => {
  test.each(Object.keys(CALLS))("%s", (name) => {
    fc.assert(
      fc.property(CALLS[name]!, (call) => {
        const outcome = answerOf(call);
        if (outcome instanceof Error) {
          expect(outcome).toBeInstanceOf(RangeError);
          expect(outcome.message).toMatch(/; got /);
        } else expect(JSON.stringify(outcome, marked)).not.toContain("not a number");
      }),
      { numRuns: 300 },
    );
  });
});

type Arm = statistics.Proportion;

function byArms(name: string, call: (control: Arm, variant: Arm, confidence: number) => unknown) {
  return {
    [name]: fc.tuple(proportion, proportion, confidence).map((given) => () => call(...given)),
  };
}

function byFamily(name: string, call: (pValues: statistics.PValues) => unknown) {
  return { [name]: pValues.map((given) => () => call(given)) };
}

function byNumbers(call: (a: number, b: number, c: number) => unknown) {
  return fc.tuple(hostile, hostile, hostile).map((given) => () => call(...given));
}

function answerOf(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

function marked(_: string, value: unknown): unknown {
  return typeof value === "number" && Number.isNaN(value) ? "not a number" : value;
}
