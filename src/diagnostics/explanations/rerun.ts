import type { Explanations } from "../explanation.ts";

export const rerunExplanations = {
  "rerun/no-repository": {
    why: "`--spec` and `--iteration` read an earlier plan from git's objects. Outside a repository there is only the plan in the files.",
    example: null,
  },
  "rerun/unknown-commit": {
    why: "An analysis by another plan than the one that was named would be no rerun.",
    example: null,
  },
  "rerun/no-project": {
    why: "At that commit there was no project in this folder, so there is no plan to analyse by.",
    example: null,
  },
  "rerun/no-iteration": {
    why: "Each iteration has a plan of its own: other days, other shares. Rows of one are never judged by the plan of another.",
    example: null,
  },
  "rerun/no-evidence": {
    why: "A concluded experiment is analysed by the plan that its decision rests on, named by its hash. Where no commit has it, squashed away or cut off, the numbers may differ from those that were decided on.",
    example: null,
  },
} satisfies Explanations;
