import { diagnose } from "../../diagnostics/diagnose.ts";
import { atBase, type ChangeRule, comparedExperiments } from "../change-rule.ts";

/** A restart enrols the same units: what they met before is in what they do now. */
export const changeCarryOver: ChangeRule = {
  codes: ["change/carry-over"],
  check: (change, versions) =>
    comparedExperiments(change, versions).flatMap(({ change: { carryOverUntil: until }, before, after }) => {
      if (until === null) return [];
      const place = { file: after.file, path: [after.start === null ? "iteration" : "start"] };
      const args = { experiment: after.key, iteration: after.iteration, until, start: after.start ?? "" };
      const related = [
        {
          place: { file: atBase(versions, before.file), path: ["end"] },
          label: `iteration ${before.iteration} enrols until ${before.end}`,
        },
      ];
      return [diagnose("change/carry-over", place, args, { related })];
    }),
};
