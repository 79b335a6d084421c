import { studentTCdf, studentTSf } from "../statistics/student-t.ts";
import { welch } from "../statistics/welch.ts";
import { contrastOf, contrastVariance, type Pair } from "./pair.ts";

export interface ContrastTest {
  readonly statistic: number | null;
  /** P(T ≥ statistic), and P(T ≤ statistic). */
  readonly pGreater: number | null;
  readonly pLess: number | null;
}

/**
 * Welch's test that variant − weight·control is 0; of adjusted values, that their difference is a lift of weight − 1
 * of the unadjusted control, with the degrees of freedom that the adjusted arms have at that weight.
 */
export function testContrast(pair: Pair, weight: number): ContrastTest {
  const plain = welch(pair.control, pair.variant, { confidence: 0.95, weight });
  if (pair.base === null) return plain;
  const statistic = contrastOf(pair, weight) / Math.sqrt(contrastVariance(pair, weight));
  const { degreesOfFreedom } = plain;
  if (degreesOfFreedom === null || !Number.isFinite(statistic)) return NOT_TESTED;
  return {
    statistic,
    pGreater: studentTSf(statistic, degreesOfFreedom),
    pLess: studentTCdf(statistic, degreesOfFreedom),
  };
}

const NOT_TESTED: ContrastTest = { statistic: null, pGreater: null, pLess: null };
