import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Rule } from "../rule.ts";

export const archive: Rule = {
  codes: ["archive/not-concluded"],
  check: ({ experiments }) =>
    experiments
      .filter(({ archived, status }) => archived && status !== "concluded")
      .map(({ file, status }) => diagnose("archive/not-concluded", { file, path: ["status"] }, { status })),
};
