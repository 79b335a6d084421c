import type { ChangePlan, ExperimentChange } from "../plan/change-plan.ts";

/** A judgement on the change, in words. */
export interface Remark {
  readonly severity: "error" | "warning" | "note";
  readonly code: string;
  readonly message: string;
  readonly help: string | null;
  readonly file: string;
  readonly line: number;
}

/** All that a rendering of a change draws on. */
export interface ChangeReport {
  /** Null where the head's project cannot be read. */
  readonly change: ChangePlan | null;
  readonly base: { readonly ref: string; readonly commit: string };
  readonly remarks: readonly Remark[];
  /** Errors in the files that keep the change from passing. */
  readonly errors: number;
  /** Errors in files that a change which only stops experiments does not touch. */
  readonly errorsElsewhere: number;
  /** Keys, where the change only stops or drops experiments. */
  readonly stops: readonly string[] | null;
}

export type GateVerdict = "broken" | "refused" | "attention" | "changes" | "none";

/** Errors in the files come before refusals, and those before what a reviewer should look at. */
export function verdictOf({ change, remarks, errors, stops }: ChangeReport): GateVerdict {
  if (errors > 0) return "broken";
  if (remarks.some(({ severity }) => severity === "error")) return "refused";
  const nothing = stops === null ? "none" : "changes";
  if (change === null) return nothing;
  const changed = changedExperiments(change);
  if (changed.length === 0 && change.projectFields.length === 0) return nothing;
  const notable = [...changed.flatMap(({ fields }) => fields), ...change.projectFields];
  const warns = remarks.some(({ severity }) => severity === "warning");
  return warns || notable.some(({ weight }) => weight === "attention") ? "attention" : "changes";
}

/** The verdict in a line. */
export function verdictLine(report: ChangeReport): string {
  const refusals = report.remarks.filter(({ severity }) => severity === "error").length;
  switch (verdictOf(report)) {
    case "broken":
      return `Not valid: ${plural(report.errors, "error")} in the files.`;
    case "refused":
      return `Refused: ${plural(refusals, "change")} would spoil a trial.`;
    case "attention":
      return "Allowed, and needs a reviewer's attention.";
    case "changes":
      if (report.stops !== null) return `Safe: it only stops or drops, in ${report.stops.join(", ")}.`;
      return movesNobody(report)
        ? "Safe: no enrolled unit changes variant or leaves."
        : "Safe: it does what a trial allows.";
    case "none":
      return "No change: no experiment means anything else than before.";
  }
}

/**
 * `Plan: 1 to start, 1 to change, 0 to stop, 1 restart`; what else there is comes behind. Experiments that stop count
 * though broken files elsewhere keep them from being resolved.
 */
export function summaryLine(change: ChangePlan, stops: readonly string[] | null): string {
  const known = new Set(change.experiments.map(({ experiment }) => experiment));
  const unread = stops?.filter((key) => !known.has(key)).length ?? 0;
  const count = (...kinds: readonly ExperimentChange["kind"][]) =>
    change.experiments.filter(({ kind }) => kinds.includes(kind)).length;
  const dropped = change.experiments.filter(
    ({ kind, status }) => kind === "removed" && status.before === "running",
  ).length;
  const removed = count("removed") - dropped;
  const parts = [
    `${count("started")} to start`,
    `${count("changed")} to change`,
    `${count("stopped") + dropped + unread} to stop`,
    plural(count("restarted"), "restart"),
    count("concluded") > 0 ? `${count("concluded")} to conclude` : null,
    count("renamed") > 0 ? plural(count("renamed"), "rename") : null,
    count("added") > 0 ? `${count("added")} to add` : null,
    removed > 0 ? `${removed} to remove` : null,
  ];
  return `Plan: ${parts.filter((part) => part !== null).join(", ")}`;
}

/** All but the unchanged ones. */
export function changedExperiments({ experiments }: ChangePlan): readonly ExperimentChange[] {
  return experiments.filter(({ kind }) => kind !== "unchanged");
}

function movesNobody({ change }: ChangeReport): boolean {
  return (change?.experiments ?? []).every(
    ({ movement }) => movement === null || movement.changed + movement.left === 0,
  );
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
