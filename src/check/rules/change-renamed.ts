import { diagnose } from "../../diagnostics/diagnose.ts";
import { atBase, type ChangeRule, comparedExperiments } from "../change-rule.ts";
import { raiseIteration } from "../restart.ts";

/** The key is in the hash and in every exposure: under another one, the same experiment is another trial. */
export const changeRenamed: ChangeRule = {
  codes: ["change/renamed"],
  check: (change, versions) =>
    comparedExperiments(change, versions)
      .filter(
        ({ change: { formerly }, before, after }) => formerly !== null && after.iteration <= before.iteration,
      )
      .map(({ before, after }) =>
        diagnose(
          "change/renamed",
          { file: after.file },
          { experiment: after.key, formerly: before.key, status: before.status },
          {
            related: [
              {
                place: { file: atBase(versions, before.file) },
                label: `\`${before.key}\` is ${before.status}`,
              },
            ],
            fixes: raiseIteration(before, after, versions),
          },
        ),
      ),
};
