import type { Explanations } from "../explanation.ts";

export const historyExplanations = {
  "history/shallow": {
    why: "The commit that set an experiment running is the record of what was planned before the data came. A shallow clone, which is what CI makes unless told otherwise, does not reach back to it. The analysis goes on, and says that the plan is not on record.",
    example: null,
  },
} satisfies Explanations;
