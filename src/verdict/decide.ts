import { findCircumstances } from "./circumstances.ts";
import type { Finding } from "./finding.ts";
import type { Reason, Verdict } from "./generated/analysis.ts";
import { findEarlyWin } from "./rules/early-win.ts";
import { findAllFailing, findAllHeldBack } from "./rules/failing.ts";
import { findHarm } from "./rules/harm.ts";
import { findPartOfUnits } from "./rules/part-of-units.ts";
import { findUndecided } from "./rules/undecided.ts";
import { findUnfairTrial } from "./rules/unfair-trial.ts";
import { findRunning, findStoppedEarly } from "./rules/unfinished.ts";
import { findWinner, winnerOf } from "./rules/winning.ts";
import { summarise } from "./summary.ts";
import { openTrial, type Trial, type TrialInput } from "./trial.ts";

interface Rule {
  readonly decision: Verdict["decision"];
  /** What makes the rule apply; empty: it does not. */
  readonly find: (trial: Trial) => readonly Finding[];
}

/** How the trial was run. */
const conduct: readonly Rule[] = [
  { decision: "invalid", find: findUnfairTrial },
  { decision: "stop-harm", find: findHarm },
  { decision: "inconclusive", find: findPartOfUnits },
  { decision: "keep-running", find: findRunning },
  { decision: "inconclusive", find: findStoppedEarly },
];

/** What a fair trial showed that ran its course. The last rule always finds something. */
const outcome: readonly Rule[] = [
  { decision: "do-not-ship", find: findAllFailing },
  { decision: "inconclusive", find: findAllHeldBack },
  { decision: "ship", find: (trial) => [...findWinner(trial), ...findEarlyWin(trial)] },
  { decision: "inconclusive", find: findUndecided },
];

/**
 * The verdict on a trial (A.19): the decision of the first rule that applies, and as reasons everything that was
 * found, those findings first that decide. A decision is a function of its deciding reasons.
 */
export function decide(input: TrialInput): Verdict {
  const trial = openTrial(input);
  const { decision, findings } = firstThatApplies(trial);
  const others = [...conduct.flatMap(({ find }) => find(trial)), ...findCircumstances(trial)];
  const reasons = withoutRepeats([
    ...findings.map((finding): Reason => ({ ...finding, decides: true })),
    ...others.map((finding): Reason => ({ ...finding, decides: false })),
  ]);
  const variant = decision === "ship" ? (winnerOf(trial)?.variant ?? null) : null;
  return { decision, variant, summary: summarise(trial, decision, reasons), reasons };
}

function firstThatApplies(trial: Trial) {
  for (const { decision, find } of [...conduct, ...outcome]) {
    const findings = find(trial);
    if (findings.length > 0) return { decision, findings };
  }
  throw new Error(`no rule decides on ${trial.experiment.key}`);
}

function withoutRepeats(reasons: readonly Reason[]): Reason[] {
  const seen = new Set<string>();
  return reasons.filter(({ code, metric, variant }) => {
    const name = JSON.stringify([code, metric, variant]);
    return !seen.has(name) && seen.add(name);
  });
}
