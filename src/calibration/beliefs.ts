import { betaPosterior, probabilityToBeat } from "../statistics/beta-posterior.ts";
import { normalPosterior } from "../statistics/normal-posterior.ts";
import { type Check, checkCount } from "./check.ts";
import { covers } from "./compared.ts";
import { countWorlds, type Scenario } from "./scenario.ts";

const PRIOR = [2, 18] as const;
const LEVELS: readonly number[] = [0.8, 0.95, 0.99];

/** Bayesian numbers, where the truth is drawn from the prior that they assume. */
export const beliefs: readonly Scenario[] = [
  {
    topic: "Bayesian",
    setting: "a rate from Beta(2, 18), 200 units",
    through: "statistics",
    negativeControl: false,
    check: (sampler, { worlds }) => {
      const counts = countWorlds(worlds, () => {
        const rate = sampler.beta(...PRIOR);
        const arm = { successes: sampler.binomial(200, rate), units: 200 };
        return LEVELS.map((level) => covers(betaPosterior(arm, level, PRIOR), rate));
      });
      return checkCoverage(counts, worlds);
    },
  },
  {
    topic: "Bayesian",
    setting: "an effect from a normal prior",
    through: "statistics",
    negativeControl: false,
    check: (sampler, { worlds }) => {
      const prior = { mean: 0.2, variance: 0.3 ** 2 };
      const counts = countWorlds(worlds, () => {
        const effect = prior.mean + 0.3 * sampler.normal();
        const estimate = effect + 0.4 * sampler.normal();
        return LEVELS.map((confidence) =>
          covers(normalPosterior({ estimate, standardError: 0.4, prior, confidence })!, effect),
        );
      });
      return checkCoverage(counts, worlds);
    },
  },
  {
    topic: "Bayesian",
    setting: "two rates from Beta(2, 18), 300 units each",
    through: "statistics",
    negativeControl: false,
    check: (sampler, { worlds }) => {
      const stated = [0.5, 0.75, 0.95].map((least) => ({ least, worlds: 0, beaten: 0, sum: 0 }));
      for (let world = 0; world < worlds; world++) {
        const rates = [sampler.beta(...PRIOR), sampler.beta(...PRIOR)] as const;
        const [control, variant] = rates.map((rate) => ({
          successes: sampler.binomial(300, rate),
          units: 300,
        }));
        const chance = probabilityToBeat(control!, variant!, PRIOR);
        const group = stated.findLast(({ least }) => chance >= least);
        if (group === undefined) continue;
        group.worlds++;
        group.sum += chance;
        group.beaten += Number(rates[1] > rates[0]);
      }
      return stated.map((group) =>
        checkCount(
          `the control is beaten as often as the probability (${group.least} and more) says`,
          "exact",
          group.sum / group.worlds,
          { count: group.beaten, worlds: group.worlds },
        ),
      );
    },
  },
];

function checkCoverage(counts: readonly number[], worlds: number): readonly Check[] {
  return LEVELS.map((level, index) =>
    checkCount(`the ${100 * level}% credible interval covers the truth`, "exact", level, {
      count: counts[index]!,
      worlds,
    }),
  );
}
