import { daysBetween } from "../../model/calendar.ts";
import { type Finding, lookNumbers } from "../finding.ts";
import type { Treatment, Trial } from "../trial.ts";
import { winnerOf } from "./winning.ts";

/** Weekdays differ: no win counts before each has been seen once. */
const FEWEST_DAYS = 7;

/**
 * The variant that may be shipped before the horizon, where the design allows for looks: it wins, its guardrails are
 * shown safe by the same design, and the run is a week old (A.19). Null at the horizon, where wins need no excuse.
 */
export function earlyWinner(trial: Trial): Treatment | null {
  const { experiment, record } = trial;
  if (record.horizon.reached || experiment.analysis.method === "fixed" || experiment.start === null)
    return null;
  const winner = winnerOf(trial)?.treatments[0];
  const day = winner?.comparison.look?.day;
  if (winner === undefined || day === undefined) return null;
  return daysBetween(experiment.start, day) + 1 >= FEWEST_DAYS ? winner : null;
}

/** That a win stands before the horizon, and by which boundary. */
export function findEarlyWin(trial: Trial): readonly Finding[] {
  const winner = earlyWinner(trial);
  if (winner === null) return [];
  const { variant, comparison } = winner;
  const crossed = comparison.look?.crossed ?? null;
  const numbers = {
    statistic: comparison.statistic,
    ...lookNumbers(comparison),
    crossedAt: crossed?.number ?? null,
    crossedOn: crossed?.day ?? null,
    due: trial.record.horizon.day,
  };
  return [{ code: "crossed-early", metric: trial.primary.metric, variant, ...numbers }];
}
