import type { Analysis, PlanChange, Registration } from "../verdict/generated/analysis.ts";
import { formatCount } from "../verdict/number-format.ts";

/** Why a plan is not on record. */
const UNREGISTERED: ReadonlyMap<string, string> = new Map([
  ["no-repository", "the files are in no git repository that can be read"],
  ["no-commit", "the git repository has no commit yet"],
  [
    "shallow-history",
    "this clone’s history is cut off before the start (`git fetch --unshallow`, or `fetch-depth: 0` in CI)",
  ],
  ["never-running", "no commit on the way to HEAD has this iteration running"],
]);

export function describeUnregistered(why: unknown): string {
  return UNREGISTERED.get(String(why)) ?? String(why);
}

/** How the gate judges a change, and what came of it. */
export function describeWeight({ weight, spoils }: PlanChange): string {
  if (weight === "refused") return spoils ? "refused" : "refused, put back";
  return weight === "attention" ? "needs attention" : "allowed";
}

/** The first twelve digits, and the `+` of files that have changed since; a change that no commit has is named so. */
export function shortCommit(commit: string | null): string {
  if (commit === null) return "not committed";
  return commit.slice(0, 12) + (commit.endsWith("+") ? "+" : "");
}

const SHOWN = 3;

/** What matters most is told first. */
function gravityOf({ weight, spoils }: PlanChange): number {
  return spoils ? 3 : ["safe", "attention", "refused"].indexOf(weight);
}

/** `fixed at a1b2c3d4e5f6 on 2026-11-02; changed since: mde (5% → 3%, refused, 9f8e7d6c5b4a on 2026-11-10)`. Plain text. */
export function describeRegistration({ registration, verdict }: Analysis): string {
  if (registration === null) {
    const reason = verdict.reasons.find(({ code }) => code === "plan-unregistered");
    return reason ? `not on record: ${describeUnregistered(reason.why)}` : "not looked up in git";
  }
  const changes = registration.changes
    .flatMap(({ commit, date, fields }) => fields.map((change) => ({ change, commit, date })))
    .sort((a, b) => gravityOf(b.change) - gravityOf(a.change))
    .map(({ change, ...where }) => {
      const values = `${describeValue(change.before)} → ${describeValue(change.after)}`;
      return `${change.field} (${values}, ${describeWeight(change)}, ${describeCommit(where)})`;
    });
  const more = changes.length > SHOWN ? `; and ${formatCount(changes.length - SHOWN)} more` : "";
  const since =
    changes.length > 0 ? `changed since: ${changes.slice(0, SHOWN).join("; ")}${more}` : "unchanged since";
  return `fixed at ${describeCommit(registration)}; ${since}`;
}

/** `a1b2c3d4e5f6 on 2026-11-02`. */
export function describeCommit({ commit, date }: { commit: string | null; date: string | null }): string {
  return date === null ? shortCommit(commit) : `${shortCommit(commit)} on ${date.slice(0, 10)}`;
}

/** Commits that could not be read, as a sentence; empty where all could. */
export function describeUnreadable({ unreadable }: Registration): string {
  if (unreadable.length === 0) return "";
  const named = unreadable.slice(0, SHOWN).map(({ commit }) => shortCommit(commit));
  const more = unreadable.length > SHOWN ? ` and ${formatCount(unreadable.length - SHOWN)} more` : "";
  return `What the files said at ${named.join(", ")}${more} is not known: they could not be read.`;
}

/** A value as in YAML, on one line, cut where it is long. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return "none";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
