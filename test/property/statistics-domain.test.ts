import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as statistics from "../../src/statistics/index.ts";

const hostile = fc.constantFrom(
  ...[0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308, -1e308, 1e200],
  ...[5e-324, -5e-324, 1e-300, 1e-160, -1, -0.5, 1 - 1e-16, 1 + 1e-15, 1e16, 2 ** 53 - 1],
);
const ordinary = fc.constantFrom(0, 1, 2, 3, 7, 50, 1000, 0.05, 0.5, 0.8, 1.5, -2);
const rate = either(fc.constantFrom(0.01, 0.05, 0.5, 0.8, 0.95, 0.999));
const number = either(ordinary);
const count = either(fc.constantFrom(0, 1, 2, 3, 10, 100, 1000));
const sides = fc.constantFrom<1 | 2>(1, 2);
const better = fc.constantFrom<"higher" | "lower">("higher", "lower");
const replicates = fc.constantFrom(0, 1, 2, 20, 0.5, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e16);
const numbers = fc.array(number, { maxLength: 6 });
const ascending = numbers.map((values) => [...values].sort((a, b) => a - b));
const counts = fc.array(count, { maxLength: 4 });
const proportion = fc.oneof(
  fc.record({ successes: count, units: count }),
  fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => ({ successes: a, units: a + b })),
);
const fewUnits = fc.oneof(
  fc.tuple(fc.nat(8), fc.nat(8)).map(([a, b]) => ({ successes: a, units: a + b })),
  fc.record({ successes: hostile, units: hostile }),
);
const sample = fc.record({ mean: number, variance: number, units: count });
const family = fc.array(fc.option(rate), { maxLength: 5 });
const prior = fc.option(fc.tuple(number, number), { nil: undefined });
const estimate = fc.record({ estimate: fc.option(number), standardError: fc.option(number) });
const run = { unitsControl: count, unitsVariant: count, alpha: rate, power: rate };
const look = fc.record({ fraction: rate, statistic: fc.option(number) });
const spending = fc.constantFrom(statistics.obrienFlemingSpending, statistics.pocockSpending);
const sequence = fc.record({
  ...{ estimate: number, standardError: number, units: count },
  ...{ alpha: rate, plannedUnits: count },
});
const proportionsDesign = { control: rate, variant: rate, alpha: rate, sides, strict: fc.boolean() };
const meansDesign = {
  ...{ standardDeviationControl: number, standardDeviationVariant: number, effect: number },
  ...{ alpha: rate, sides, controlWeight: number },
};
const studentDesign = { standardDeviation: number, alpha: rate, sides, strict: fc.boolean() };
const marginDesign = { rate, better, alpha: rate, allocation: number };
const kind = fc.constantFrom<"absolute" | "relative">("absolute", "relative");
const margin = fc.record({ kind, value: rate });
const quantile = fc.record({ estimate: number, standardError: number });

const FUNCTIONS = new Map<string, unknown>(Object.entries(statistics));

/** Of every export a call of arguments that are partly sensible and partly not. */
const CALLS = {
  ...calls([fc.tuple(family), "bonferroni", "holm", "hochberg", "hommel"]),
  ...calls([fc.tuple(family), "benjaminiHochberg", "benjaminiYekutieli"]),
  ...calls([fc.tuple(rate, rate, sides), "obrienFlemingSpending", "pocockSpending"]),
  powerSpending: fc.tuple(number, rate, rate, sides).map(
    ([rho, ...given]) =>
      () =>
        statistics.powerSpending(rho)(...given),
  ),
  ...calls([fc.tuple(number, number, number), "betaCdf", "betaSf"]),
  ...calls([fc.tuple(rate, number, number), "betaQuantile", "betaIsf"]),
  ...calls([fc.tuple(proportion, rate, prior), "betaPosterior"]),
  ...calls([fc.tuple(proportion, proportion, prior), "probabilityToBeat", "expectedLoss"]),
  ...calls([fc.tuple(count, count, rate), "binomialLogPmf", "binomialCdf", "binomialSf"]),
  ...calls([fc.tuple(rate, count, rate), "binomialQuantile", "binomialIsf"]),
  ...calls([fc.tuple(number), "normalDensity", "normalCdf", "normalSf", "normalLogCdf", "normalLogSf"]),
  ...calls([fc.tuple(rate), "normalQuantile", "normalIsf"]),
  ...calls([fc.tuple(number, number), "studentTCdf", "studentTSf", "chiSquaredCdf", "chiSquaredSf"]),
  ...calls([fc.tuple(number, number), "chiSquaredLogSf"]),
  ...calls([fc.tuple(rate, number), "studentTQuantile", "studentTIsf"]),
  ...calls([fc.tuple(rate, number), "chiSquaredQuantile", "chiSquaredIsf"]),
  ...calls([fc.tuple(number, number, number), "noncentralTCdf", "noncentralTSf", "noncentralTLogSf"]),
  ...calls([fc.tuple(rate, number, number), "noncentralTQuantile", "noncentralTIsf"]),
  bootstrapDifference: fc
    .tuple(numbers, numbers, count, rate, replicates)
    .map(([control, variant, seed, confidence, times]) => () => {
      const average = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
      const options = { seed, confidence, replicates: times };
      return statistics.bootstrapDifference(control, variant, (a, b) => average(b) - average(a), options);
    }),
  ...calls([
    fc.tuple(
      fc.record({ estimate: number, replicates: numbers, leftOut: fc.array(numbers), confidence: rate }),
    ),
    "bootstrapInterval",
  ]),
  ...calls([
    fc.tuple(
      fc.oneof(...[1, 2].map((size) => fc.array(bin(size), { maxLength: 4 }))),
      fc.record({ seed: count, confidence: rate, replicates }),
    ),
    "bootstrapBins",
  ]),
  ...calls([fc.tuple(fc.array(estimate, { maxLength: 4 })), "cochranQ"]),
  ...calls([fc.tuple(rate, rate), "cohenH"]),
  ...calls([
    fc.tuple(fc.record({ control: rate, variant: rate, alpha: rate, power: rate, allocation: number })),
    "unitsByCohenH",
  ]),
  ...calls([fc.tuple(rate, count), "sequenceRho"]),
  ...calls([fc.tuple(sequence), "confidenceSequence", "oneSidedUpper", "oneSidedLogP"]),
  ...calls([fc.tuple(momentsIn(2), momentsIn(2)), "cuped", "mergeMoments"]),
  ...calls([fc.tuple(momentsIn(4), momentsIn(4)), "cupedRatio"]),
  ...calls([
    fc.tuple(fc.record({ meanSize: number, sizeVariation: number, intraclassCorrelation: number })),
    "designEffect",
  ]),
  ...calls([fc.tuple(count, counts, count), "daysForUnits"]),
  ...calls([
    fc.tuple(sample, sample, fc.record({ lower: number, upper: number, alpha: rate })),
    "equivalenceOfMeans",
  ]),
  ...calls([
    fc.tuple(sample, sample, fc.record({ margin: number, better, alpha: rate })),
    "nonInferiorityOfMeans",
  ]),
  ...calls([
    fc.tuple(proportion, proportion, fc.record({ margin: number, better, alpha: rate })),
    "waldNonInferiority",
  ]),
  fisherExact: fc.tuple(proportion, proportion).map(
    ([a, b]) =>
      () =>
        a.units + b.units > 1e6 ? null : statistics.fisherExact(a, b),
  ),
  ...calls([fc.tuple(fewUnits, fewUnits), "boschloo", "barnard"]),
  ...calls([
    fc.tuple(
      fc.record({
        ...{ difference: number, varianceDifference: number, controlMean: number },
        ...{ varianceControlMean: number, covariance: number, critical: number },
      }),
    ),
    "fiellerLift",
  ]),
  ...calls([
    fc.tuple(fc.constantFrom("O'Brien-Fleming", "Pocock"), either(fc.integer({ max: 6 })), rate, sides),
    "classicBounds",
  ]),
  ...calls([
    fc.tuple(fc.array(fc.record({ fraction: rate, information: count }), { maxLength: 3 }), rate, spending),
    "spendingBounds",
  ]),
  ...calls([fc.tuple(fc.array(look, { maxLength: 3 }), spending, sides), "groupSequentialPValue"]),
  ...calls([
    fc.tuple(
      fc.oneof(
        fc.record({ fractions: fc.array(rate, { maxLength: 3 }), bounds: numbers, alpha: rate, power: rate }),
        fc.record({
          ...{ fractions: fc.constant([0.5, 1]), bounds: fc.tuple(number, number) },
          ...{ alpha: rate, power: rate, sides },
        }),
      ),
    ),
    "groupSequentialSize",
  ]),
  ...calls([
    fc.tuple(
      fc.record({
        ...{ clusters: count, values: count, squaredSizes: number },
        ...{ between: number, total: number },
      }),
    ),
    "intraclassCorrelation",
  ]),
  ...calls([
    fc.tuple(
      fc.array(
        fc.record({
          ...{ value: fc.option(number), standardError: fc.option(number) },
          terms: fc.tuple(number, number),
        }),
        { maxLength: 5 },
      ),
    ),
    "lackOfFit",
  ]),
  ...calls([
    fc.tuple(
      fc.array(fc.record({ dose: number, mean: number, variance: number, units: count }), { maxLength: 4 }),
      rate,
    ),
    "linearTrend",
  ]),
  ...calls([
    fc.tuple(fc.array(fc.record({ value: number, control: count, variant: count }), { maxLength: 4 })),
    "mannWhitney",
  ]),
  ...calls([fc.tuple(numbers, numbers), "tiedCounts"]),
  ...calls([fc.tuple(fc.record({ ...run, control: rate, better })), "detectableRateDifference"]),
  ...calls([fc.tuple(fc.record({ ...run, standardDeviation: number })), "detectableMeanDifference"]),
  ...calls([fc.tuple(proportion, proportion, rate), "miettinenNurminenDifference", "miettinenNurminenRatio"]),
  ...calls([
    fc.tuple(fc.record({ estimate: number, variance: number, mixingVariance: number, alpha: rate })),
    "mixtureSprt",
  ]),
  ...calls([fc.tuple(fc.array(fc.tuple(number, number), { maxLength: 4 }), fc.constant(2)), "momentsOf"]),
  ...calls([fc.tuple(momentsIn(2), count), "withZeros"]),
  ...calls([fc.tuple(momentsIn(2), fc.tuple(number, number)), "combine"]),
  ...calls([
    fc.tuple(momentsIn(2), fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 2 })),
    "combineAll",
  ]),
  ...calls([fc.tuple(momentsIn(2), fc.constantFrom(0, 1)), "meanOf", "varianceOf"]),
  ...calls([fc.tuple(momentsIn(2), fc.constantFrom(0, 1), fc.constantFrom(0, 1)), "covarianceOf"]),
  ...calls([fc.tuple(momentsIn(2)), "thirdOf", "linearise"]),
  ...calls([fc.tuple(momentsIn(1), momentsIn(1)), "differenceSkewness"]),
  ...calls([fc.tuple(proportion, proportion, rate), "newcombeInterval", "waldInterval", "meeInterval"]),
  ...calls([fc.tuple(proportion, proportion, rate), "meeLowerBound", "meeUpperBound", "koopmanInterval"]),
  ...calls([fc.tuple(proportion, proportion, rate), "koopmanLowerBound", "koopmanUpperBound"]),
  ...calls([fc.tuple(proportion, proportion, number), "scoreDifferenceZ", "scoreRatioZ"]),
  ...calls([fc.tuple(proportion, proportion), "twoProportionZ"]),
  ...calls([fc.tuple(proportion, rate), "wilsonInterval"]),
  ...calls([
    fc.tuple(
      fc.record({
        ...{ estimate: number, standardError: number, confidence: rate },
        prior: fc.option(fc.record({ mean: number, variance: number }), { nil: undefined }),
      }),
    ),
    "normalPosterior",
  ]),
  ...calls([
    fc.tuple(
      fc.record({
        ...{ difference: number, standardErrorNull: number, standardErrorAlternative: number },
        ...{ alpha: rate, strict: fc.boolean() },
      }),
    ),
    "observedPower",
  ]),
  ...calls([
    fc.tuple(count, fc.option(fc.record({ control: number, variant: number }), { nil: undefined })),
    "optimalSplit",
  ]),
  ...calls([
    fc.tuple(fc.array(fc.record({ control: momentsIn(1), variant: momentsIn(1) }), { maxLength: 3 })),
    "postStratify",
  ]),
  ...calls([fc.tuple(fc.record({ ...marginDesign, margin, power: rate })), "unitsForProportionMargin"]),
  ...calls([
    fc.tuple(fc.record({ ...marginDesign, margin, unitsControl: count })),
    "powerOfProportionMargin",
  ]),
  ...calls([
    fc.tuple(fc.record({ ...marginDesign, kind, unitsControl: count, power: rate })),
    "provableProportionMargin",
  ]),
  ...calls([fc.tuple(fc.record({ ...meansDesign, power: rate, allocation: number })), "unitsForMeans"]),
  ...calls([
    fc.tuple(fc.record({ ...meansDesign, unitsControl: count, unitsVariant: count })),
    "powerOfMeans",
  ]),
  ...calls([
    fc.tuple(fc.record({ ...proportionsDesign, power: rate, allocation: number })),
    "unitsForProportions",
  ]),
  ...calls([
    fc.tuple(fc.record({ ...proportionsDesign, unitsControl: count, unitsVariant: count })),
    "powerOfProportions",
  ]),
  ...calls([
    fc.tuple(fc.record({ ...studentDesign, effect: number, unitsControl: count, unitsVariant: count })),
    "studentPower",
  ]),
  ...calls([
    fc.tuple(fc.record({ ...studentDesign, effect: number, power: rate, allocation: number })),
    "studentUnits",
  ]),
  ...calls([
    fc.tuple(fc.record({ ...studentDesign, power: rate, unitsControl: count, unitsVariant: count })),
    "studentEffect",
  ]),
  ...calls([fc.tuple(count, rate, rate, number), "quantileRanks"]),
  ...calls([
    fc.tuple(fc.array(fc.record({ below: count, values: count }), { maxLength: 4 }), rate),
    "clusterInflation",
  ]),
  ...calls([fc.tuple(ascending, rate, rate, number), "quantileEstimate"]),
  ...calls([fc.tuple(quantile, quantile, rate), "quantileDifference"]),
  ...calls([fc.tuple(ascending, rate), "quantileOf"]),
  ...calls([fc.tuple(numbers, fc.record({ lower: rate, upper: rate })), "winsorize"]),
  ...calls([fc.tuple(sample, sample, rate), "deltaLift"]),
  ...calls([fc.tuple(sample, sample, fc.record({ confidence: rate, weight: number })), "welch"]),
  ...calls([fc.tuple(sample, rate), "studentInterval"]),
  ...calls([
    fc.tuple(
      fc.array(fc.record({ lower: fc.option(number), upper: fc.option(number), logP: fc.option(number) }), {
        maxLength: 4,
      }),
    ),
    "running",
  ]),
  ...calls([fc.tuple(rate, rate, sides), "sequenceInflation"]),
  ...calls([fc.tuple(counts, numbers, number), "sequentialSrm"]),
  ...calls([fc.tuple(counts, numbers), "sampleRatioMismatch"]),
  ...calls([fc.tuple(number, number, number), "surprising"]),
};

test("every function of the entry point is called", () => {
  expect(Object.keys(CALLS).sort()).toEqual(Object.keys(statistics).sort());
});

describe("whatever it is given, an answer, a null or a refusal that says why", () => {
  test.each(Object.entries(CALLS))("%s", (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary as fc.Arbitrary<() => unknown>, (call) => {
        const outcome = answerOf(call);
        if (outcome instanceof Error) {
          expect(outcome).toBeInstanceOf(RangeError);
          expect(outcome.message).toMatch(/; got /);
        } else expect(JSON.stringify(outcome, marked) ?? "").not.toContain("not a number");
      }),
      { numRuns: 60 },
    );
  });
});

type Name = keyof typeof statistics;

/** Calls of functions that take the same arguments, by their names. */
function calls<Given extends readonly unknown[]>([given, ...names]: readonly [
  fc.Arbitrary<Given>,
  ...(readonly Name[]),
]): Readonly<Record<string, fc.Arbitrary<() => unknown>>> {
  const named = (name: Name) => FUNCTIONS.get(name) as (...given: Given) => unknown;
  return Object.fromEntries(names.map((name) => [name, given.map((list) => () => named(name)(...list))]));
}

function either(sensible: fc.Arbitrary<number>): fc.Arbitrary<number> {
  return fc.oneof({ arbitrary: sensible, weight: 4 }, { arbitrary: hostile, weight: 1 });
}

function list(length: number): fc.Arbitrary<readonly number[]> {
  return fc.array(number, { minLength: length, maxLength: length });
}

function bin(size: number) {
  return fc.record({ values: list(size), control: count, variant: count });
}

/** Some of real rows, some of numbers that no rows have. */
function momentsIn(variables: number): fc.Arbitrary<statistics.Moments> {
  const [second, third] = [
    (variables * (variables + 1)) / 2,
    (variables * (variables + 1) * (variables + 2)) / 6,
  ];
  const rows = fc.array(fc.array(fc.nat(9), { minLength: variables, maxLength: variables }), {
    maxLength: 6,
  });
  return fc.oneof(
    rows.map((of) => statistics.momentsOf(of, variables)),
    fc.record({ units: count, means: list(variables), second: list(second), third: list(third) }),
  );
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
