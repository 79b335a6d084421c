import { sequentialSrm } from "../statistics/sequential-srm.ts";
import { sampleRatioMismatch } from "../statistics/srm.ts";
import { checkCount } from "./check.ts";
import { DAYS } from "./looks.ts";
import { ALPHA } from "./open-trial.ts";
import type { Sampler } from "./sampler.ts";
import { countWorlds, type Scenario } from "./scenario.ts";
import { checkTails } from "./tail-counts.ts";

const SHARES = [0.5, 0.3, 0.2] as const;

/** The sample ratio tests where units are split as they should be. */
export const splits: readonly Scenario[] = [
  {
    topic: "sample ratio",
    setting: "50 : 30 : 20, 10,000 units",
    through: "statistics",
    negativeControl: false,
    check: (sampler, { worlds }) =>
      checkTails("exact", worlds, () => sampleRatioMismatch(split(sampler, 10_000), SHARES).pValue),
  },
  {
    topic: "sample ratio",
    setting: "50 : 30 : 20, 500 units a day",
    through: "statistics",
    negativeControl: false,
    check: (sampler, { worlds }) => {
      const [alarmed] = countWorlds(worlds, () => {
        let counts: readonly number[] = [0, 0, 0];
        let alarm = false;
        for (let day = 0; day < DAYS; day++) {
          const today = split(sampler, 500);
          counts = counts.map((count, arm) => count + today[arm]!);
          alarm ||= sequentialSrm(counts, SHARES)!.pValue < ALPHA;
        }
        return [alarm];
      });
      return [
        checkCount("the sequential test alarms at any of 28 daily looks", "at-most", ALPHA, {
          count: alarmed!,
          worlds,
        }),
      ];
    },
  },
];

function split(sampler: Sampler, units: number): readonly number[] {
  const first = sampler.binomial(units, SHARES[0]);
  const second = sampler.binomial(units - first, SHARES[1] / (SHARES[1] + SHARES[2]));
  return [first, second, units - first - second];
}
