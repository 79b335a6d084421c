import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Rule } from "../rule.ts";

const REQUIRED = ["start", "end", "owner", "hypothesis", "removeBy"] as const;

/** Whoever meets a running experiment's code finds out whose it is, why it exists, and when it goes. */
export const running: Rule = {
  codes: ["running/incomplete"],
  check: ({ experiments }) =>
    experiments.flatMap((experiment) => {
      const missing = REQUIRED.filter((key) => experiment[key] === null);
      if (experiment.status !== "running" || missing.length === 0) return [];
      return [diagnose("running/incomplete", { file: experiment.file, path: ["status"] }, { missing })];
    }),
};
