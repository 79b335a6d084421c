import { type CupedArms, cuped } from "../../../src/statistics/cuped.ts";
import { equivalenceOfMeans, nonInferiorityOfMeans } from "../../../src/statistics/equivalence.ts";
import { fiellerLift } from "../../../src/statistics/fieller.ts";
import { type Moments, momentsOf } from "../../../src/statistics/moments.ts";
import { normalIsf, normalSf } from "../../../src/statistics/normal.ts";
import { normalPosterior } from "../../../src/statistics/normal-posterior.ts";
import { unitsForMeans } from "../../../src/statistics/power-means.ts";
import { studentEffect, studentPower, studentUnits } from "../../../src/statistics/power-t.ts";
import { linearise } from "../../../src/statistics/ratio.ts";
import { deltaLift } from "../../../src/statistics/relative-lift.ts";
import type { Sample } from "../../../src/statistics/sample.ts";
import { welch } from "../../../src/statistics/welch.ts";
import { type Method, momentsOfValues, type Summaries, sampleOf, samplesOf } from "./method.ts";

interface Values {
  readonly A: readonly number[];
  readonly B: readonly number[];
  readonly confidence: number;
}

interface Sums {
  readonly n: number;
  readonly sumNum: number;
  readonly sumDen: number;
  readonly sumNum2: number;
  readonly sumDen2: number;
  readonly sumNumDen: number;
}

interface Covaried {
  readonly y: readonly number[];
  readonly x: readonly number[] | readonly (readonly number[])[];
}

/** How each method of the reference on means is asked of our functions. */
export const MEANS: Readonly<Record<string, Method>> = {
  welchT: {
    answer: (input: Summaries | Values) => {
      const [control, variant] =
        "A" in input ? [input.A, input.B].map(momentsOfValues).map(sampleOf) : samplesOf(input);
      return welchAnswers(control!, variant!, input.confidence);
    },
  },
  ratioDelta: {
    answer: ({ A, B, confidence }: { A: Sums; B: Sums; confidence: number }) => {
      const [a, b] = [linearise(momentsOfSums(A))!, linearise(momentsOfSums(B))!];
      const sample = (arm: typeof a): Sample => ({
        mean: arm.ratio,
        variance: arm.variance!,
        units: arm.moments.units,
      });
      const test = welch(sample(a), sample(b), { confidence });
      const lift = deltaLift(sample(a), sample(b), confidence)!;
      const reach = test.standardError! * normalIsf((1 - confidence) / 2);
      return {
        ratioA: a.ratio,
        ratioB: b.ratio,
        varA: a.variance! / A.n,
        varB: b.variance! / B.n,
        diff: test.estimate,
        se: test.standardError,
        z: test.statistic,
        // The reference tests by z, we by Welch's t: the statistic is the same.
        pTwoSided: 2 * normalSf(Math.abs(test.statistic!)),
        low: test.estimate - reach,
        high: test.estimate + reach,
        lift: lift.estimate,
        seLift: lift.standardError,
        liftLow: lift.lower,
        liftHigh: lift.upper,
      };
    },
  },
  relativeLiftDelta: {
    answer: (input: Summaries) => {
      const lift = deltaLift(...samplesOf(input), input.confidence)!;
      return {
        lift: lift.estimate,
        se: lift.standardError,
        low: lift.lower,
        high: lift.upper,
        z: lift.statistic,
        pTwoSided: lift.pValue,
        logRatioSe: lift.logarithmic?.standardError,
        logLow: lift.logarithmic?.lower,
        logHigh: lift.logarithmic?.upper,
      };
    },
  },
  fiellerLift: {
    answer: (input: Summaries, expected) => {
      const varianceControlMean = input.varA / input.nA;
      const lift = fiellerLift({
        difference: input.meanB - input.meanA,
        varianceDifference: varianceControlMean + input.varB / input.nB,
        controlMean: input.meanA,
        varianceControlMean,
        covariance: -varianceControlMean,
        critical: normalIsf((1 - input.confidence) / 2),
      });
      // A control mean that is not positive has no lift here: the convention stands above the case.
      if (input.meanA <= 0) return lift === null ? expected : {};
      const { g, bounded, lower, upper } = lift!;
      return bounded ? { g, bounded, low: lower, high: upper } : { g, bounded };
    },
  },
  cuped: {
    omits: { pooledWithin: "θ from within the arms inflates the error rate: ours is of the union" },
    answer: ({ A, B, confidence }: { A: Covaried; B: Covaried; confidence: number }) => {
      const arms = cuped(momentsOfCovaried(A), momentsOfCovaried(B))!;
      return {
        pooledUnion: {
          ...cupedAnswers(arms, confidence),
          theta: arms.theta[0],
          varianceReduction: arms.varianceReduction,
        },
      };
    },
  },
  cupedMulti: {
    answer: ({ A, B }: { A: Covaried; B: Covaried }) => {
      const arms = cuped(momentsOfCovaried(A), momentsOfCovaried(B))!;
      return { ...cupedAnswers(arms, 0.95), theta: arms.theta };
    },
  },
  tostWelch: {
    answer: (input: Summaries & { low: number; high: number; alpha: number }) => {
      const margins = { lower: input.low, upper: input.high, alpha: input.alpha };
      const test = equivalenceOfMeans(...samplesOf(input), margins);
      return {
        tLower: test.statisticLower,
        tUpper: test.statisticUpper,
        df: test.degreesOfFreedom,
        pLower: test.pLower,
        pUpper: test.pUpper,
        p: test.pValue,
        ci90Low: test.lower,
        ci90High: test.upper,
      };
    },
  },
  nonInferiorityMeans: {
    answer: (input: Summaries & { margin: number; alpha: number }) => {
      const test = nonInferiorityOfMeans(...samplesOf(input), { ...input, better: "higher" });
      return {
        t: test.statistic,
        df: test.degreesOfFreedom,
        p: test.pValue,
        lowerBound: test.bound,
        nonInferior: test.pValue! < input.alpha,
      };
    },
  },
  powerT: {
    answer: (
      input: { delta: number; sd: number; alpha: number; power: number },
      expected: { statsmodelsControlNByRatio?: object },
    ) => {
      const { delta: effect, sd: standardDeviation, alpha, power } = input;
      const design = { effect, standardDeviation, alpha, power };
      const ratios = Object.keys(expected.statsmodelsControlNByRatio ?? {});
      return {
        rN: studentUnits(design),
        rStrictN: studentUnits({ ...design, strict: true }),
        rOneSidedN: studentUnits({ ...design, sides: 1 }),
        rPowerAtN50: studentPower({ ...design, unitsControl: 50, unitsVariant: 50 }),
        rDeltaAtN50: studentEffect({ ...design, unitsControl: 50, unitsVariant: 50 }),
        normalApproxN: unitsForMeans({
          ...design,
          standardDeviationControl: standardDeviation,
          standardDeviationVariant: standardDeviation,
        }),
        statsmodelsControlNByRatio: Object.fromEntries(
          ratios.map((ratio) => [
            ratio,
            studentUnits({ ...design, strict: true, allocation: Number(ratio) }),
          ]),
        ),
      };
    },
  },
  normalBayes: {
    answer: (input: {
      estimate: number;
      se: number;
      prior: { mean: number; variance: number; proper: boolean };
      confidence: number;
    }) => {
      const { mean, variance, proper } = input.prior;
      const posterior = normalPosterior({
        estimate: input.estimate,
        standardError: input.se,
        confidence: input.confidence,
        ...(proper ? { prior: { mean, variance } } : {}),
      })!;
      return {
        mean: posterior.mean,
        sd: posterior.standardDeviation,
        chanceToWin: posterior.chanceToWin,
        low: posterior.lower,
        high: posterior.upper,
        riskTreatment: posterior.riskVariant,
        riskControl: posterior.riskControl,
      };
    },
  },
};

function welchAnswers(control: Sample, variant: Sample, confidence: number) {
  const test = welch(control, variant, { confidence });
  return {
    diff: test.estimate,
    se: test.standardError,
    t: test.statistic,
    df: test.degreesOfFreedom,
    pTwoSided: test.pValue,
    pGreater: test.pGreater,
    pLess: test.pLess,
    low: test.lower,
    high: test.upper,
  };
}

function cupedAnswers({ control, variant }: CupedArms, confidence: number) {
  return {
    ...welchAnswers(control, variant, confidence),
    meanA: control.mean,
    meanB: variant.mean,
    varA: control.variance,
    varB: variant.variance,
  };
}

function momentsOfCovaried({ y, x }: Covaried): Moments {
  const columns = (typeof x[0] === "number" ? [x] : x) as readonly (readonly number[])[];
  return momentsOf(
    y.map((value, unit) => [value, ...columns.map((column) => column[unit]!)]),
    columns.length + 1,
  );
}

function momentsOfSums({ n, sumNum, sumDen, sumNum2, sumDen2, sumNumDen }: Sums): Moments {
  return {
    units: n,
    means: [sumNum / n, sumDen / n],
    second: [sumNum2 - sumNum ** 2 / n, sumNumDen - (sumNum * sumDen) / n, sumDen2 - sumDen ** 2 / n],
    third: [0, 0, 0, 0],
  };
}
