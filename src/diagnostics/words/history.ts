import { words } from "../words.ts";

/** What git does not show. */
export const historyWords = {
  "history/shallow": words<{ experiments: readonly string[] }>({
    severity: "warning",
    title: "The history is cut off before an experiment started",
    message: ({ experiments }) =>
      `the history of this clone is shallow and does not reach back to the start of ${experiments.map((key) => `\`${key}\``).join(", ")}, so nothing shows what was planned`,
    help: () =>
      "run `git fetch --unshallow`; in GitHub Actions, give `actions/checkout` the option `fetch-depth: 0`",
  }),
};
