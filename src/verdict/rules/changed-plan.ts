import type { RegisteredChange, Registration } from "../../plan/registration.ts";
import type { Finding } from "../finding.ts";
import type { Trial } from "../trial.ts";

/** The plan was changed after the trial began, in a way that the gate refuses (A.19). */
export function findChangedPlan({ registration }: Trial): readonly Finding[] {
  if (registration === null || typeof registration === "string") return [];
  const found = changesOf(registration, ({ spoils }) => spoils);
  return found === null ? [] : [{ code: "plan-changed", ...found }];
}

/** What else is to be known of the plan's record: amendments, what could not be read, or that there is none. */
export function recordFindings({ registration }: Trial): readonly Finding[] {
  if (registration === null) return [];
  if (typeof registration === "string") return [{ code: "plan-unregistered", why: registration }];
  const amended = changesOf(registration, ({ weight, spoils }) => weight !== "safe" && !spoils);
  const commits = registration.unreadable.length;
  return [
    ...(amended === null ? [] : [{ code: "plan-amended" as const, ...amended }]),
    ...(commits === 0 ? [] : [{ code: "plan-unreadable" as const, commits }]),
  ];
}

const SHOWN = 5;

/** The fields that were so changed, a few by name, and the first commit that did. */
function changesOf({ changes }: Registration, isMeant: (change: RegisteredChange) => boolean) {
  const meant = changes.filter(({ fields }) => fields.some(isMeant));
  const [first] = meant;
  if (first === undefined) return null;
  const fields = [
    ...new Set(meant.flatMap((change) => change.fields.filter(isMeant).map(({ field }) => field))),
  ];
  const more = fields.length - SHOWN;
  return {
    fields: fields.slice(0, SHOWN).join(", ") + (more > 0 ? ` and ${more} more` : ""),
    count: fields.length,
    commit: first.commit,
    date: first.date,
  };
}
