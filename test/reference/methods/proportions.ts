import { betaPosterior, expectedLoss, probabilityToBeat } from "../../../src/statistics/beta-posterior.ts";
import { unitsByCohenH } from "../../../src/statistics/cohen-h.ts";
import { waldNonInferiority } from "../../../src/statistics/equivalence.ts";
import { newcombeInterval, waldInterval } from "../../../src/statistics/newcombe.ts";
import { normalCdf, normalSf } from "../../../src/statistics/normal.ts";
import { unitsForMeans } from "../../../src/statistics/power-means.ts";
import { powerOfProportions, unitsForProportions } from "../../../src/statistics/power-proportions.ts";
import { sequentialSrm } from "../../../src/statistics/sequential-srm.ts";
import { sampleRatioMismatch } from "../../../src/statistics/srm.ts";
import { twoProportionZ } from "../../../src/statistics/two-proportion-z.ts";
import { wilsonInterval } from "../../../src/statistics/wilson.ts";
import { type Counts, type Method, proportionsOf } from "./method.ts";

/** How each method of the reference on counts is asked of our functions. */
export const PROPORTIONS: Readonly<Record<string, Method>> = {
  twoProportionZ: {
    answer: (input: Counts) => {
      const arms = proportionsOf(input);
      const test = twoProportionZ(...arms);
      const wald = waldInterval(...arms, input.confidence)!;
      const newcombe = newcombeInterval(...arms, input.confidence)!;
      return {
        diff: test.difference,
        z: test.statistic,
        pTwoSided: test.pValue,
        pGreater: normalSf(test.statistic!),
        pLess: normalCdf(test.statistic!),
        sePooled: test.standardErrorPooled,
        seUnpooled: test.standardErrorUnpooled,
        waldLow: wald.lower,
        waldHigh: wald.upper,
        newcombeLow: newcombe.lower,
        newcombeHigh: newcombe.upper,
      };
    },
  },
  wilsonCI: {
    answer: ({ x, n, confidence }: { x: number; n: number; confidence: number }) => {
      const { lower, upper } = wilsonInterval({ successes: x, units: n }, confidence);
      return { low: lower, high: upper };
    },
  },
  srmChiSquare: {
    answer: ({ observed, weights }: { observed: number[]; weights: number[] }) => {
      const test = sampleRatioMismatch(observed, weights);
      return { chi2: test.statistic, df: test.degreesOfFreedom, p: test.pValue };
    },
  },
  srmSequentialDirichlet: {
    answer: (input: { observed: number[]; weights: number[]; concentration: number }) => {
      const test = sequentialSrm(input.observed, input.weights, input.concentration)!;
      return { logBayesFactor: test.logBayesFactor, p: test.pValue };
    },
  },
  nonInferiorityProportions: {
    answer: (input: Counts & { margin: number; alpha: number }) => {
      const test = waldNonInferiority(...proportionsOf(input), { ...input, better: "higher" });
      const rate = input.xA / input.nA;
      const standardDeviation = Math.sqrt(rate * (1 - rate));
      return {
        z: test.statistic,
        p: test.pValue,
        lowerBound: test.bound,
        nSampleSizePerArm: unitsForMeans({
          standardDeviationControl: standardDeviation,
          standardDeviationVariant: standardDeviation,
          effect: input.margin,
          alpha: input.alpha,
          sides: 1,
          power: 0.8,
        }),
      };
    },
  },
  sampleSizeProportions: {
    answer: (
      input: { p1: number; p2: number; alpha: number; power: number },
      expected: { allocationRatioTreatmentOverControl?: object },
    ) => {
      const { p1: control, p2: variant, alpha, power } = input;
      const design = { control, variant, alpha, power };
      const pooled = (control + variant) / 2;
      const byMeans = (varianceA: number, varianceB: number) =>
        unitsForMeans({
          standardDeviationControl: Math.sqrt(varianceA),
          standardDeviationVariant: Math.sqrt(varianceB),
          effect: variant - control,
          alpha,
          power,
        });
      const ratios = Object.keys(expected.allocationRatioTreatmentOverControl ?? {});
      return {
        rPowerPropTestN: unitsForProportions(design),
        rOneSidedN: unitsForProportions({ ...design, sides: 1 }),
        rStrictTwoSidedN: unitsForProportions({ ...design, strict: true }),
        rPowerAtN1000: powerOfProportions({ ...design, unitsControl: 1000, unitsVariant: 1000 }),
        simplePooledN: byMeans(pooled * (1 - pooled), pooled * (1 - pooled)),
        unpooledN: byMeans(control * (1 - control), variant * (1 - variant)),
        allocationRatioTreatmentOverControl: Object.fromEntries(
          ratios.map((ratio) => [
            ratio,
            {
              fleissControlN: unitsForProportions({ ...design, allocation: Number(ratio) }),
              cohenHControlN: unitsByCohenH({ ...design, allocation: Number(ratio) }),
            },
          ]),
        ),
      };
    },
  },
  betaBinomial: {
    answer: (input: Counts & { prior: [number, number] }) => {
      const [a, b] = proportionsOf(input);
      const [ofA, ofB] = [betaPosterior(a, 0.95, input.prior), betaPosterior(b, 0.95, input.prior)];
      return {
        probBBeatsA: probabilityToBeat(a, b, input.prior),
        expectedLossChooseB: expectedLoss(a, b, input.prior),
        expectedLossChooseA: expectedLoss(b, a, input.prior),
        posteriorMeanA: ofA.mean,
        posteriorMeanB: ofB.mean,
        credible95A: [ofA.lower, ofA.upper],
        credible95B: [ofB.lower, ofB.upper],
      };
    },
  },
};
