import { betaCdf, betaSf } from "../../src/statistics/beta.ts";
import { binomialLogPmf } from "../../src/statistics/binomial.ts";
import { chiSquaredCdf, chiSquaredSf } from "../../src/statistics/chi-squared.ts";
import { normalCdf, normalQuantile, normalSf } from "../../src/statistics/normal.ts";
import { studentTCdf, studentTQuantile, studentTSf } from "../../src/statistics/student-t.ts";

export interface Table {
  /** Numbers of a row that are inputs; the rest is expected. */
  readonly inputs: number;
  /** Our answers for the expected columns, in order; undefined where the column is not a function of ours. */
  readonly answer: (...inputs: number[]) => readonly (number | undefined)[];
}

/** How each distribution table of the reference is asked of our functions. */
export const IMPLEMENTED_TABLES: Readonly<Record<string, Table>> = {
  dist_norm_cdf: { inputs: 1, answer: (x) => [normalCdf(x!), normalSf(x!)] },
  dist_norm_inv: { inputs: 1, answer: (p) => [normalQuantile(p!)] },
  dist_t_cdf: { inputs: 2, answer: (t, df) => [studentTCdf(t!, df!), studentTSf(t!, df!)] },
  dist_t_inv: { inputs: 2, answer: (p, df) => [studentTQuantile(p!, df!)] },
  dist_chi2_cdf: { inputs: 2, answer: (x, df) => [chiSquaredCdf(x!, df!), chiSquaredSf(x!, df!)] },
  dist_beta_cdf: { inputs: 3, answer: (x, a, b) => [betaCdf(x!, a!, b!), betaSf(x!, a!, b!)] },
  dist_binom: {
    inputs: 3,
    answer: (k, n, p) => [undefined, undefined, Math.exp(binomialLogPmf(k!, n!, p!))],
  },
};
