import { betaCdf, betaQuantile, betaSf } from "../../src/statistics/beta.ts";
import { binomialLogPmf } from "../../src/statistics/binomial.ts";
import { binomialCdf, binomialSf } from "../../src/statistics/binomial-tail.ts";
import { chiSquaredCdf, chiSquaredQuantile, chiSquaredSf } from "../../src/statistics/chi-squared.ts";
import { noncentralTCdf, noncentralTSf } from "../../src/statistics/noncentral-t.ts";
import { normalCdf, normalQuantile, normalSf } from "../../src/statistics/normal.ts";
import { studentTCdf, studentTQuantile, studentTSf } from "../../src/statistics/student-t.ts";

export interface Table {
  /** Numbers of a row that are inputs; the rest is expected. */
  readonly inputs: number;
  /** Our answers for the expected columns, in order. */
  readonly answer: (...inputs: number[]) => readonly number[];
  /** Expected numbers below this are lost in the reference itself. */
  readonly smallest?: number;
}

/** How each distribution table of the reference is asked of our functions. */
export const IMPLEMENTED_TABLES: Readonly<Record<string, Table>> = {
  dist_norm_cdf: { inputs: 1, answer: (x) => [normalCdf(x!), normalSf(x!)] },
  dist_norm_inv: { inputs: 1, answer: (p) => [normalQuantile(p!)] },
  dist_t_cdf: { inputs: 2, answer: (t, df) => [studentTCdf(t!, df!), studentTSf(t!, df!)] },
  dist_t_inv: { inputs: 2, answer: (p, df) => [studentTQuantile(p!, df!)] },
  dist_chi2_cdf: { inputs: 2, answer: (x, df) => [chiSquaredCdf(x!, df!), chiSquaredSf(x!, df!)] },
  dist_chi2_inv: { inputs: 2, answer: (p, df) => [chiSquaredQuantile(p!, df!)] },
  dist_beta_cdf: { inputs: 3, answer: (x, a, b) => [betaCdf(x!, a!, b!), betaSf(x!, a!, b!)] },
  // Beta(½, ½) is the arcsine law, sin²(πp/2): at p = 1e-12 the reference is off in its sixth digit.
  dist_beta_inv: { inputs: 3, answer: (p, a, b) => [betaQuantile(p!, a!, b!)], smallest: 1e-23 },
  dist_binom: {
    inputs: 3,
    answer: (k, n, p) => [
      binomialCdf(k!, n!, p!),
      binomialSf(k!, n!, p!),
      Math.exp(binomialLogPmf(k!, n!, p!)),
    ],
  },
  // The reference integrates to 40 decimals, not 40 digits: with 60, its tails below 1e-26 agree with ours.
  dist_nct: {
    inputs: 3,
    answer: (t, df, noncentrality) => [
      noncentralTCdf(t!, df!, noncentrality!),
      noncentralTSf(t!, df!, noncentrality!),
    ],
    smallest: 1e-26,
  },
};
