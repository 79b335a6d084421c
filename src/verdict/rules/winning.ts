import { effectFinding, type Finding, marginFinding } from "../finding.ts";
import type { Treatment, Trial } from "../trial.ts";

/** What makes the winner one: only the best variant's findings, for only one can ship. */
export function findWinner(trial: Trial): readonly Finding[] {
  const winner = bestWinner(trial);
  if (winner === null) return [];
  const { variant, guardrails } = winner;
  const safe: Finding = { code: "guardrails-safe", variant, guardrails: guardrails.length };
  return [winFinding(trial, winner), ...(guardrails.length > 0 ? [safe] : [])];
}

/** Of the variants that may ship, the one with the highest lower bound of benefit; a tie goes to the first. */
export function bestWinner({ treatments }: Trial): Treatment | null {
  return treatments
    .filter((treatment) => mayShip(treatment))
    .reduce<Treatment | null>(
      (best, next) => (best && best.lowerBenefit >= next.lowerBenefit ? best : next),
      null,
    );
}

function mayShip({ wins, bars, guardrails }: Treatment): boolean {
  return wins && bars.length === 0 && guardrails.every(({ state }) => state === "safe");
}

/** A win on the primary, whatever stands against it. */
export function winFinding({ experiment, primary }: Trial, { comparison }: Treatment): Finding {
  return experiment.primary.goal === "not-worse"
    ? marginFinding("non-inferior", primary, comparison)
    : effectFinding("significant-benefit", primary, comparison);
}
