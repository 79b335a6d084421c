import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { FieldChange } from "../../plan/compare-experiments.ts";
import type { Json } from "../../runtime/manifest.ts";
import {
  type ChangeRule,
  type ChangeVersions,
  type ComparedExperiment,
  comparedExperiments,
} from "../change-rule.ts";
import { placeOfField } from "../field-place.ts";
import { raiseIteration } from "../restart.ts";

/** PlanOut counts variants in the order of the file; what is dropped stays so. */
export const changeAllocation: ChangeRule = {
  codes: ["change/variant-order", "change/undropped"],
  check: (change, versions) =>
    comparedExperiments(change, versions).flatMap((compared) =>
      compared.change.fields
        .filter(({ weight, path }) => weight === "refused" && isAllocation(path))
        .map((field) => (field.path[0] === "order" ? reordered : undropped)(field, compared, versions)),
    ),
};

/** A field with words of its own here. */
export function isAllocation([field, , part]: FieldChange["path"]): boolean {
  return field === "order" || (field === "variants" && part === "dropped");
}

function reordered(field: FieldChange, compared: ComparedExperiment, versions: ChangeVersions): Diagnostic {
  const { before, after } = compared;
  const place = placeOfField(after, field.path, { project: versions.after, holds: versions.holds });
  return diagnose(
    "change/variant-order",
    place,
    { experiment: after.key, before: listed(field.before), after: listed(field.after) },
    { fixes: before.status === "running" ? raiseIteration(before, after, versions) : [] },
  );
}

function undropped(field: FieldChange, { after }: ComparedExperiment): Diagnostic {
  const variant = field.path[1] ?? "";
  return diagnose(
    "change/undropped",
    { file: after.file, path: ["variants", variant], part: "key" },
    { experiment: after.key, variant, day: String(field.before) },
  );
}

function listed(order: Json): readonly string[] {
  return Array.isArray(order) ? order.map(String) : [];
}
