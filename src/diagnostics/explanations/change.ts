import type { Explanations } from "../explanation.ts";

const RESTART =
  "A raised `iteration` is a new trial: variants are drawn anew, and its exposures are told from the former ones. Units that met the former iteration carry it over until its windows have passed.";

/** Found by comparing two commits, so that no single text shows them; `test/gate` holds an example of each. */
export const changeExplanations = {
  "change/frozen": {
    why: `While an experiment runs, and until it is concluded, what decides who meets which variant and how that is judged stays as it was: unit, operator, variants with weights and params, control, audience, range, exposure, metrics, MDE, alpha, power and method. Changed weights, salts or audiences move units that have already met a variant; changed metrics choose the question after the answer. The comparison is of what the files resolve to, so a metric's window, an audience file or \`defaults.alpha\` counts wherever it is used.\n\n${RESTART}`,
    example: null,
  },
  "change/variant-order": {
    why: "PlanOut's operators take the choices by their number, so that the first variant of the file is the one that the first numbers get. Under the native hash the order of variants means nothing.",
    example: null,
  },
  "change/undropped": {
    why: "A variant is dropped because it did harm. Its units have lost it; if they got it back, what they did in between would be counted for it, and those exposed before and after would not be alike.",
    example: null,
  },
  "change/holdout": {
    why: "The units of a holdout meet no experiment. When it grows, or gets another key, enrolled units lose their variant and stay in the analysis without it.",
    example: null,
  },
  "change/renamed": {
    why: `An experiment's key, its file's name, is in the hash that draws variants and in every logged exposure. Under another key the same experiment is another trial. \`name\` may change at any time.\n\nOne that is gone and one that is new are taken for the same where all that the gate freezes is the same; or where the unit and the name or the hypothesis are, and two of: the variants' keys, the primary metric, \`start\`. To begin another trial that is so alike, leave the former file with \`status: stopped\`.\n\n${RESTART}`,
    example: null,
  },
  "change/iteration-falls": {
    why: "A former iteration has units that met its variants. To run it again mixes two trials under one name.",
    example: null,
  },
  "change/reopened": {
    why: `As a draft, an experiment may change in any way: a trial that goes back there, changes and runs on would be judged by a plan that was written after the evidence. What is concluded has been decided.\n\n${RESTART}`,
    example: null,
  },
  "change/resumed": {
    why: `Stopping takes the variants away at once. Units that run on in the same iteration met their variant, then none, then it again.\n\n${RESTART}`,
    example: null,
  },
  "change/rollout-falls": {
    why: "Enrolment is by a unit's place in the experiment's range, so that a rise of the rollout adds units and moves none. A fall takes the variant away from units that have met it; they stay in the analysis and dilute the effect.",
    example: null,
  },
  "change/dropped": {
    why: "Without its file an experiment stops and has no report: what its units met is lost to everybody. `status: stopped` stops it as fast.",
    example: null,
  },
  "change/carry-over": {
    why: "A unit's place in a layer does not depend on the iteration, so a restart enrols the same units. Those whose windows are still open, or who remember the other variant, bring the former trial into the new one.",
    example: null,
  },
  "change/unread-base": {
    why: "Errors at the base are not this change's fault. But what an experiment said there is then unknown, and so is what changes.",
    example: null,
  },
  "change/no-base-project": {
    why: "The comparison needs a readable `experiments/project.yaml` at the base. A project's first pull request has none.",
    example: null,
  },
  "base/no-repository": {
    why: "`--base` compares with a commit of the repository that holds the project.",
    example: null,
  },
  "base/unknown": {
    why: "Git has no commit of that name here. Branches of a remote have its name before theirs: `origin/main`.",
    example: null,
  },
  "base/shallow": {
    why: "A shallow clone holds only the newest commits. The comparison is with the commit that the base and HEAD have in common, which is older.",
    example: null,
  },
  "base/unrelated": {
    why: "Without a common commit there is no change from one to the other.",
    example: null,
  },
} as const satisfies Explanations;
