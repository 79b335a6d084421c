import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic, Related } from "../../diagnostics/diagnostic.ts";
import type { FieldChange } from "../../plan/compare-experiments.ts";
import {
  atBase,
  type ChangeRule,
  type ChangeVersions,
  type ComparedExperiment,
  comparedExperiments,
} from "../change-rule.ts";
import { placeOfField } from "../field-place.ts";
import { raiseIteration } from "../restart.ts";
import { shownValue } from "../shown-value.ts";
import { isAllocation } from "./change-allocation.ts";

/** Fields with rules of their own. */
const OWN_RULE: readonly string[] = ["status", "iteration"];

/** Once units have met their variants, the plan stays what it was on record, whichever file says it. */
export const changeFrozen: ChangeRule = {
  codes: ["change/frozen", "change/holdout"],
  check: (change, versions) =>
    comparedExperiments(change, versions).flatMap((compared) =>
      compared.change.fields
        .filter(
          ({ weight, path }) =>
            weight === "refused" && !OWN_RULE.includes(path[0] ?? "") && !isAllocation(path),
        )
        .map((field) => (field.field === "holdout" ? holdout : frozen)(field, compared, versions)),
    ),
};

function frozen(field: FieldChange, compared: ComparedExperiment, versions: ChangeVersions): Diagnostic {
  const { before, after, change } = compared;
  const { place, related } = placesOf(field, compared, versions);
  return diagnose(
    "change/frozen",
    place,
    {
      experiment: after.key,
      status: before.status,
      field: field.field,
      before: shownValue(field, field.before),
      after: shownValue(field, field.after),
      iteration: before.iteration + 1,
      carryOver: change.before?.completeOn ?? "",
    },
    { related, fixes: before.status === "running" ? raiseIteration(before, after, versions) : [] },
  );
}

function holdout(field: FieldChange, compared: ComparedExperiment, versions: ChangeVersions): Diagnostic {
  const { place, related } = placesOf(field, compared, versions);
  return diagnose(
    "change/holdout",
    place,
    {
      experiment: compared.after.key,
      before: shownValue(field, field.before),
      after: shownValue(field, field.after),
    },
    { related },
  );
}

/** Where the head says it, where the base said it, and the experiment where another file says it. */
function placesOf(field: FieldChange, { before, after }: ComparedExperiment, versions: ChangeVersions) {
  const [audience] = field.path[0] === "audience" ? versions.changedAudiences(after) : [];
  const own = placeOfField(after, field.path, { project: versions.after, holds: versions.holds });
  const place = audience === undefined ? own : { file: audience, path: ["when"] };
  const former = placeOfField(before, field.path, { project: versions.before, holds: versions.holdsAtBase });
  const then = audience === undefined ? former : { file: audience, path: ["when"] };
  const related: Related[] = [
    {
      place: { ...then, file: atBase(versions, then.file) },
      label: `${shownValue(field, field.before)} at ${versions.base}`.trimStart(),
    },
  ];
  if (place.file !== after.file)
    related.push({
      place: { file: after.file, path: ["status"] },
      label: `\`${after.key}\` is ${before.status} and uses it`,
    });
  return { place, related };
}
