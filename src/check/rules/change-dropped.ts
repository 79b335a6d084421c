import { diagnose } from "../../diagnostics/diagnose.ts";
import { atBase, type ChangeRule } from "../change-rule.ts";

/** Stopping is always allowed, by removing the file too; but a trial without a file has no report. */
export const changeDropped: ChangeRule = {
  codes: ["change/dropped"],
  check: ({ experiments }, versions) => {
    const former = new Map(versions.before.experiments.map((experiment) => [experiment.key, experiment]));
    return experiments
      .filter(({ kind, status }) => kind === "removed" && status.before === "running")
      .flatMap(({ experiment }) => {
        const file = former.get(experiment)?.file;
        if (file === undefined) return [];
        const related = [
          { place: { file: atBase(versions, file), path: ["status"] }, label: `running at ${versions.base}` },
        ];
        return [diagnose("change/dropped", { file }, { experiment }, { related })];
      });
  },
};
