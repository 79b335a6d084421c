import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Path } from "../../diagnostics/place.ts";
import type { Severity } from "../../diagnostics/words.ts";
import type { Condition } from "../../runtime/manifest.ts";
import { isAhead, planningSeverity } from "../life.ts";
import type { Rule } from "../rule.ts";
import { findContradiction } from "../satisfiable.ts";

/** Somebody can match every condition: no two of its parts exclude each other. */
export const audienceNobody: Rule = {
  codes: ["audience/nobody"],
  check: ({ attributes, audiences, experiments }) => {
    /** Of each condition once: many experiments have the same audience. */
    const contradictions = new Map<Condition, readonly string[] | null>();
    const problem: Report = (file, path, condition, severity) => {
      if (!contradictions.has(condition))
        contradictions.set(condition, findContradiction(condition, attributes));
      const conflicting = contradictions.get(condition) ?? null;
      if (conflicting === null) return [];
      return [diagnose("audience/nobody", { file, path }, { attributes: conflicting }, { severity })];
    };
    return [
      ...audiences.flatMap(({ file, condition }) => problem(file, ["when"], condition, "warning")),
      ...experiments
        .filter(isAhead)
        .flatMap((experiment) => [
          ...(experiment.audience === null
            ? []
            : problem(experiment.file, ["audience"], experiment.audience, planningSeverity(experiment))),
          ...experiment.overrides.flatMap(({ when }, index) =>
            problem(experiment.file, ["overrides", index, "when"], when, "warning"),
          ),
        ]),
    ];
  },
};

type Report = (file: string, path: Path, condition: Condition, severity: Severity) => readonly Diagnostic[];
