import type { Analysis } from "../verdict/generated/analysis.ts";
import type { DecisionWord } from "./result.ts";

/** How a decision feels: colour and icon follow it. */
export type Tone = "good" | "bad" | "waiting" | "open" | "broken";

interface DecisionWords {
  readonly label: string;
  readonly tone: Tone;
  /** What the decision means, for someone who reads the first report of their life. */
  readonly meaning: string;
}

/** What to call each decision. */
export const DECISIONS: Readonly<Record<DecisionWord, DecisionWords>> = {
  ship: {
    label: "Ship",
    tone: "good",
    meaning: "The primary metric reached its goal, and whatever guardrails there are were shown to hold.",
  },
  "do-not-ship": {
    label: "Do not ship",
    tone: "bad",
    meaning: "Every variant does harm, or could not be shown to be safe with the units that were planned.",
  },
  "stop-harm": {
    label: "Stop: harm",
    tone: "bad",
    meaning: "Harm is shown by a test that may be looked at on any day. Stop the experiment.",
  },
  "keep-running": {
    label: "Keep running",
    tone: "waiting",
    meaning: "The planned end is not reached. A decision now would raise the rate of false alarms.",
  },
  inconclusive: {
    label: "Inconclusive",
    tone: "open",
    meaning: "The trial was fair, and its data do not decide.",
  },
  invalid: {
    label: "Invalid",
    tone: "broken",
    meaning: "The trial was not fair, so there is no verdict. The numbers below must not be acted on.",
  },
};

/** What to call each status of an experiment. */
export const STATUSES: Readonly<Record<Analysis["status"], string>> = {
  draft: "Draft",
  running: "Running",
  stopped: "Stopped",
  concluded: "Concluded",
};
