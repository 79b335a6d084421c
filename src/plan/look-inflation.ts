import type { LookMethod } from "../model/experiment.ts";
import { obrienFlemingSpending } from "../statistics/alpha-spending.ts";
import { spendingBounds } from "../statistics/group-sequential-bounds.ts";
import { groupSequentialSize } from "../statistics/group-sequential-power.ts";
import { sequenceInflation } from "../statistics/sequence-inflation.ts";
import type { Claim } from "./claim.ts";

/** A run that is looked at: whole weeks, in the first of which nobody may be mature yet. */
export interface LookedAtRun {
  readonly days: number;
  /** Days on which units enrol. */
  readonly enrolmentDays: number;
  /** Days that a unit needs to mature for the claim's metric. */
  readonly windowDays: number;
}

/**
 * How many times the units of a design with one look a claim needs for the same power, where every look may end the
 * run (A.14, A.15). 1 for a fixed design.
 */
export function lookInflation(
  { alpha, power, kind }: Pick<Claim, "alpha" | "power" | "kind">,
  method: LookMethod,
  run: LookedAtRun,
): number {
  const sides = kind === "superiority" ? 2 : 1;
  switch (method) {
    case "fixed":
      return 1;
    case "sequential":
      return sequenceInflation(alpha, power, sides);
    case "group-sequential":
      return groupInflation(weeklyFractions(run), alpha, power, sides);
  }
}

/** What a plan's formula says of it; empty for a fixed design. */
export function describeInflation(method: LookMethod, inflation: number): string {
  const factor = inflation.toFixed(method === "sequential" ? 3 : 4);
  switch (method) {
    case "fixed":
      return "";
    case "sequential":
      return `, times ${factor} for a look a day (asymptotic confidence sequence)`;
    case "group-sequential":
      return `, times ${factor} for a look a week (Lan-DeMets spending, O'Brien-Fleming type)`;
  }
}

/** Which part of its units is mature at the end of each week, where as many come every day; ascending, the last 1. */
function weeklyFractions({ days, enrolmentDays, windowDays }: LookedAtRun): readonly number[] {
  const fractions = Array.from({ length: Math.max(0, Math.ceil(days / 7) - 1) }, (_, week) =>
    Math.min(1, (7 * (week + 1) - windowDays) / Math.max(1, enrolmentDays)),
  );
  return [...fractions.filter((fraction) => fraction > 0 && fraction < 1), 1];
}

/** A recursion over all looks for each step of a root-finding: many experiments have the same. */
const known = new Map<string, number>();

function groupInflation(fractions: readonly number[], alpha: number, power: number, sides: 1 | 2): number {
  const key = JSON.stringify([fractions, alpha, power, sides]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const looks = fractions.map((fraction) => ({ fraction }));
  const { bounds } = spendingBounds(looks, alpha, obrienFlemingSpending, sides);
  const { inflation } = groupSequentialSize({ fractions, bounds, alpha, power, sides });
  known.set(key, inflation);
  return inflation;
}
