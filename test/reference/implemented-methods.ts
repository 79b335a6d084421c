import { expectedLoss, probabilityToBeat } from "../../src/statistics/beta-posterior.ts";
import { confidenceSequence, oneSidedUpper, sequenceRho } from "../../src/statistics/confidence-sequence.ts";
import { fiellerLift } from "../../src/statistics/fieller.ts";
import { holm } from "../../src/statistics/holm.ts";
import { type Moments, meanOf, momentsOf, varianceOf } from "../../src/statistics/moments.ts";
import { normalCdf, normalIsf, normalSf } from "../../src/statistics/normal.ts";
import { normalPosterior } from "../../src/statistics/normal-posterior.ts";
import { unitsForMeans } from "../../src/statistics/power-means.ts";
import { powerOfProportions, unitsForProportions } from "../../src/statistics/power-proportions.ts";
import { linearise } from "../../src/statistics/ratio.ts";
import type { Sample } from "../../src/statistics/sample.ts";
import { sampleRatioMismatch } from "../../src/statistics/srm.ts";
import { twoProportionZ } from "../../src/statistics/two-proportion-z.ts";
import { welch } from "../../src/statistics/welch.ts";
import { wilsonInterval } from "../../src/statistics/wilson.ts";

export type Answers = Readonly<Record<string, unknown>>;

export interface Method {
  /** Our answers under the names of the reference. */
  readonly answer: (input: never, expected: Answers) => Answers;
  /** Names of the reference that are another method's, with no function of ours behind them. */
  readonly omits: readonly string[];
}

interface Counts {
  readonly xA: number;
  readonly nA: number;
  readonly xB: number;
  readonly nB: number;
  readonly confidence: number;
}

interface Summaries {
  readonly meanA: number;
  readonly varA: number;
  readonly nA: number;
  readonly meanB: number;
  readonly varB: number;
  readonly nB: number;
  readonly confidence: number;
}

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

/** How each method of the reference is asked of our functions. */
export const IMPLEMENTED: Readonly<Record<string, Method>> = {
  twoProportionZ: {
    omits: ["waldLow", "waldHigh", "newcombeLow", "newcombeHigh"],
    answer: ({ xA, nA, xB, nB }: Counts) => {
      const test = twoProportionZ({ successes: xA, units: nA }, { successes: xB, units: nB });
      return {
        diff: test.difference,
        z: test.statistic,
        pTwoSided: test.pValue,
        pGreater: normalSf(test.statistic!),
        pLess: normalCdf(test.statistic!),
        sePooled: test.standardErrorPooled,
        seUnpooled: test.standardErrorUnpooled,
      };
    },
  },
  wilsonCI: {
    omits: [],
    answer: ({ x, n, confidence }: { x: number; n: number; confidence: number }) => {
      const { lower, upper } = wilsonInterval({ successes: x, units: n }, confidence);
      return { low: lower, high: upper };
    },
  },
  welchT: {
    omits: [],
    answer: (input: Summaries | Values) => {
      const [control, variant] = "A" in input ? [sampleOf(input.A), sampleOf(input.B)] : samplesOf(input);
      const test = welch(control, variant, { confidence: input.confidence });
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
    },
  },
  ratioDelta: {
    // The p-value there is of z; ours is of Welch's t. The lift there is by the delta method; ours by Fieller.
    omits: ["pTwoSided", "lift", "seLift", "liftLow", "liftHigh"],
    answer: ({ A, B, confidence }: { A: Sums; B: Sums; confidence: number }) => {
      const [a, b] = [linearise(momentsOfSums(A))!, linearise(momentsOfSums(B))!];
      const sample = (arm: typeof a): Sample => ({
        mean: arm.ratio,
        variance: arm.variance!,
        units: arm.moments.units,
      });
      const test = welch(sample(a), sample(b), { confidence });
      const reach = test.standardError! * normalIsf((1 - confidence) / 2);
      return {
        ratioA: a.ratio,
        ratioB: b.ratio,
        varA: a.variance! / A.n,
        varB: b.variance! / B.n,
        diff: test.estimate,
        se: test.standardError,
        z: test.statistic,
        low: test.estimate - reach,
        high: test.estimate + reach,
      };
    },
  },
  fiellerLift: {
    omits: ["g"],
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
      return lift!.bounded ? { bounded: true, low: lift!.lower, high: lift!.upper } : { bounded: false };
    },
  },
  srmChiSquare: {
    omits: [],
    answer: ({ observed, weights }: { observed: number[]; weights: number[] }) => {
      const test = sampleRatioMismatch(observed, weights);
      return { chi2: test.statistic, df: test.degreesOfFreedom, p: test.pValue };
    },
  },
  pAdjust: {
    omits: ["hochberg", "hommel", "BH", "BY", "bonferroni"],
    answer: ({ p }: { p: number[] }) => ({ holm: holm(p) }),
  },
  betaBinomial: {
    omits: ["posteriorMeanA", "posteriorMeanB", "credible95A", "credible95B"],
    answer: ({ xA, nA, xB, nB, prior }: Counts & { prior: [number, number] }) => {
      const [a, b] = [
        { successes: xA, units: nA },
        { successes: xB, units: nB },
      ];
      return {
        probBBeatsA: probabilityToBeat(a, b, prior),
        expectedLossChooseB: expectedLoss(a, b, prior),
        expectedLossChooseA: expectedLoss(b, a, prior),
      };
    },
  },
  normalBayes: {
    omits: [],
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
  asymptoticCS: {
    omits: [],
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
  nonInferiorityMeans: {
    omits: [],
    answer: (input: Summaries & { margin: number; alpha: number }) => {
      const [control, variant] = samplesOf(input);
      const test = welch(control, shift(variant, input.margin), { confidence: 1 - 2 * input.alpha });
      const lowerBound = test.lower! - input.margin;
      return {
        t: test.statistic,
        df: test.degreesOfFreedom,
        p: test.pGreater,
        lowerBound,
        nonInferior: test.pGreater! < input.alpha,
      };
    },
  },
  tostWelch: {
    omits: [],
    answer: (input: Summaries & { low: number; high: number; alpha: number }) => {
      const [control, variant] = samplesOf(input);
      const confidence = 1 - 2 * input.alpha;
      const aboveLow = welch(control, shift(variant, -input.low), { confidence });
      const belowHigh = welch(control, shift(variant, -input.high), { confidence });
      const plain = welch(control, variant, { confidence });
      return {
        tLower: aboveLow.statistic,
        tUpper: belowHigh.statistic,
        df: plain.degreesOfFreedom,
        pLower: aboveLow.pGreater,
        pUpper: belowHigh.pLess,
        p: Math.max(aboveLow.pGreater!, belowHigh.pLess!),
        ci90Low: plain.lower,
        ci90High: plain.upper,
      };
    },
  },
  sampleSizeProportions: {
    omits: ["rStrictTwoSidedN", "simplePooledN", "unpooledN", "allocationRatioTreatmentOverControl"],
    answer: (input: { p1: number; p2: number; alpha: number; power: number }) => {
      const { p1: control, p2: variant, alpha, power } = input;
      const design = { control, variant, alpha };
      return {
        rPowerPropTestN: unitsForProportions({ ...design, power }),
        rOneSidedN: unitsForProportions({ ...design, power, sides: 1 }),
        rPowerAtN1000: powerOfProportions({ ...design, unitsControl: 1000, unitsVariant: 1000 }),
      };
    },
  },
  powerT: {
    // Those of the noncentral t; planning uses the normal size.
    omits: ["rN", "rStrictN", "rOneSidedN", "rPowerAtN50", "rDeltaAtN50", "statsmodelsControlNByRatio"],
    answer: (input: { delta: number; sd: number; alpha: number; power: number }) => ({
      normalApproxN: unitsForMeans({
        standardDeviationControl: input.sd,
        standardDeviationVariant: input.sd,
        effect: input.delta,
        alpha: input.alpha,
        power: input.power,
      }),
    }),
  },
};

function samplesOf(input: Summaries): readonly [Sample, Sample] {
  return [
    { mean: input.meanA, variance: input.varA, units: input.nA },
    { mean: input.meanB, variance: input.varB, units: input.nB },
  ];
}

function sampleOf(values: readonly number[]): Sample {
  const moments = momentsOf(
    values.map((value) => [value]),
    1,
  );
  return { mean: meanOf(moments)!, variance: varianceOf(moments)!, units: values.length };
}

function shift(sample: Sample, by: number): Sample {
  return { ...sample, mean: sample.mean + by };
}

function momentsOfSums({ n, sumNum, sumDen, sumNum2, sumDen2, sumNumDen }: Sums): Moments {
  return {
    units: n,
    means: [sumNum / n, sumDen / n],
    second: [sumNum2 - sumNum ** 2 / n, sumNumDen - (sumNum * sumDen) / n, sumDen2 - sumDen ** 2 / n],
    third: [0, 0, 0, 0],
  };
}
