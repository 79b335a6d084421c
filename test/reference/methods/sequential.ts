import {
  obrienFlemingSpending,
  pocockSpending,
  powerSpending,
  type SpendingFunction,
} from "../../../src/statistics/alpha-spending.ts";
import {
  confidenceSequence,
  oneSidedUpper,
  sequenceRho,
} from "../../../src/statistics/confidence-sequence.ts";
import { classicBounds, spendingBounds } from "../../../src/statistics/group-sequential-bounds.ts";
import { groupSequentialSize } from "../../../src/statistics/group-sequential-power.ts";
import { mixtureSprt } from "../../../src/statistics/mixture-sprt.ts";
import type { Method } from "./method.ts";

/** How each sequential method of the reference is asked of our functions. */
export const SEQUENTIAL: Readonly<Record<string, Method>> = {
  asymptoticCS: {
    answer: (input: { estimate: number; se: number; n: number; alpha: number; tuningN: number }) => {
      const { estimate, se: standardError, n: units, alpha, tuningN: plannedUnits } = input;
      const state = { estimate, standardError, units, alpha, plannedUnits };
      const { lower, upper, pValue, logP } = confidenceSequence(state);
      return {
        rho: sequenceRho(alpha, plannedUnits),
        halfWidth: (upper! - lower!) / 2,
        low: lower,
        high: upper,
        p: pValue,
        logP,
        oneSidedRho: sequenceRho(2 * alpha, plannedUnits),
        oneSidedHalfWidth: oneSidedUpper(state)! - estimate,
      };
    },
  },
  msprtNormal: {
    answer: (input: { estimate: number; variance: number; tau2: number; alpha: number }) => {
      const test = mixtureSprt({ ...input, mixingVariance: input.tau2 })!;
      return { logLambda: test.logRatio, p: test.pValue, halfWidth: (test.upper - test.lower) / 2 };
    },
  },
  groupSequentialClassic: {
    answer: (input: { K: number; alpha: number; sided: 1 | 2; family: string }) => {
      const family = input.family === "pocock" ? "Pocock" : "O'Brien-Fleming";
      const design = classicBounds(family, input.K, input.alpha, input.sided);
      const size = groupSequentialSize({
        fractions: design.bounds.map((_, index) => (index + 1) / input.K),
        bounds: design.bounds,
        alpha: input.alpha,
        power: 0.8,
        sides: input.sided,
      });
      return {
        constant: design.constant,
        bounds: design.bounds,
        nominalP: design.nominalPValues,
        cumulativeAlpha: design.cumulativeAlpha,
        inflationFactorPower80: size.inflation,
        expectedSampleFactorPower80: size.expectedSize,
      };
    },
  },
  alphaSpending: {
    answer: (input: { t: number[]; alpha: number; sided: 1 | 2; spending: string }) => {
      const looks = input.t.map((fraction) => ({ fraction }));
      const design = spendingBounds(looks, input.alpha, SPENDING[input.spending]!, input.sided);
      return {
        cumulativeAlpha: design.cumulativeAlpha,
        bounds: design.bounds,
        nominalP: design.nominalPValues,
      };
    },
  },
};

const SPENDING: Readonly<Record<string, SpendingFunction>> = {
  lanDeMetsOBF: obrienFlemingSpending,
  lanDeMetsPocock: pocockSpending,
  kimDeMetsRho1: powerSpending(1),
  kimDeMetsRho2: powerSpending(2),
  kimDeMetsRho3: powerSpending(3),
};
