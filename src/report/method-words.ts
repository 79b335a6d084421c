import type { Analysis } from "../verdict/generated/analysis.ts";

type Method = Analysis["design"]["method"];

/** How looks are handled, in a few words. */
export const METHOD_NAMES: Readonly<Record<Method, string>> = {
  fixed: "fixed design",
  sequential: "sequential design",
  "group-sequential": "group-sequential design",
};

/** When a design may decide. */
export const METHOD_MEANINGS: Readonly<Record<Method, string>> = {
  fixed: "one decision, at the planned end",
  sequential: "a look a day, each of which may end the run; the error rate holds over all of them",
  "group-sequential": "a look a week, each of which may end the run; the error rate holds over all of them",
};
