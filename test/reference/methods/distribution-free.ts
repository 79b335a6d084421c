import {
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  hochberg,
  holm,
  hommel,
} from "../../../src/statistics/adjust.ts";
import { cochranQ } from "../../../src/statistics/cochran-q.ts";
import { mannWhitney, tiedCounts } from "../../../src/statistics/mann-whitney.ts";
import {
  type QuantileEstimate,
  quantileDifference,
  quantileEstimate,
} from "../../../src/statistics/quantile-interval.ts";
import { winsorize } from "../../../src/statistics/winsorize.ts";
import { type Method, momentsOfValues, sampleOf } from "./method.ts";

interface Values {
  readonly A: readonly number[];
  readonly B: readonly number[];
}

/** How the methods of the reference that assume no distribution are asked of our functions. */
export const DISTRIBUTION_FREE: Readonly<Record<string, Method>> = {
  pAdjust: {
    answer: ({ p }: { p: number[] }) => ({
      holm: holm(p),
      hochberg: hochberg(p),
      hommel: hommel(p),
      BH: benjaminiHochberg(p),
      BY: benjaminiYekutieli(p),
      bonferroni: bonferroni(p),
    }),
  },
  mannWhitney: {
    answer: ({ A, B }: Values) => {
      const test = mannWhitney(tiedCounts(A, B))!;
      return {
        U_B: test.statistic,
        U_A: A.length * B.length - test.statistic,
        sigma: test.standardDeviation,
        z: test.z,
        pNoContinuity: test.pValue,
        pContinuity: test.pValueCorrected,
        commonLanguage: test.commonLanguage,
      };
    },
  },
  quantileOuterCI: {
    answer: ({ A, B, q, confidence }: Values & { q: number; confidence: number }) => {
      const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b);
      const [a, b] = [A, B].map((values) => quantileEstimate(ascending(values), q, confidence)!);
      const test = quantileDifference(a!, b!, confidence);
      return {
        A: armAnswers(a!),
        B: armAnswers(b!),
        diff: test.estimate,
        se: test.standardError,
        z: test.statistic,
        pTwoSided: test.pValue,
        low: test.lower,
        high: test.upper,
      };
    },
  },
  winsorize: {
    answer: ({ x, lower, upper }: { x: number[]; lower: number; upper: number }) => {
      const capped = winsorize(x, { lower, upper })!;
      const { mean, variance } = sampleOf(momentsOfValues(capped.values));
      return { lowCut: capped.lowerCap, highCut: capped.upperCap, mean, variance };
    },
  },
  cochranQ: {
    answer: ({ effects, se }: { effects: number[]; se: number[] }) => {
      const test = cochranQ(effects.map((estimate, index) => ({ estimate, standardError: se[index]! })))!;
      return {
        pooled: test.pooled,
        pooledSe: test.pooledStandardError,
        Q: test.statistic,
        df: test.degreesOfFreedom,
        p: test.pValue,
        I2: test.inconsistency,
      };
    },
  },
};

function armAnswers({ estimate, standardError, lower, upper, ranks }: QuantileEstimate) {
  return { point: estimate, L: ranks.lower, U: ranks.upper, xL: lower, xU: upper, se: standardError };
}
