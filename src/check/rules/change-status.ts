import { diagnose } from "../../diagnostics/diagnose.ts";
import { atBase, type ChangeRule, comparedExperiments } from "../change-rule.ts";
import { raiseIteration } from "../restart.ts";

/** A trial goes forward. As a draft its plan would be free to change; after a stop its exposure has a hole. */
export const changeStatus: ChangeRule = {
  codes: ["change/reopened", "change/resumed"],
  check: (change, versions) =>
    comparedExperiments(change, versions).flatMap(({ change: { fields }, before, after }) => {
      const field = fields.find((changed) => changed.field === "status");
      const iteration = before.iteration + 1;
      const experiment = after.key;
      const place = { file: after.file, path: ["status"] };
      const related = [
        {
          place: { file: atBase(versions, before.file), path: ["status"] },
          label: `${before.status} at ${versions.base}`,
        },
      ];
      const extras = { related, fixes: raiseIteration(before, after, versions) };
      if (field?.weight === "refused") {
        const args = { experiment, before: before.status, after: after.status, iteration };
        return [diagnose("change/reopened", place, args, extras)];
      }
      if (field?.weight !== "attention" || after.status !== "running") return [];
      return [diagnose("change/resumed", place, { experiment, iteration }, extras)];
    }),
};
