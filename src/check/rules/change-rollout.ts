import { diagnose } from "../../diagnostics/diagnose.ts";
import { formatShare } from "../../model/share.ts";
import { atBase, type ChangeRule, comparedExperiments } from "../change-rule.ts";

/** A rollout only rises while the experiment runs: a fall takes variants away from units that have met them. */
export const changeRollout: ChangeRule = {
  codes: ["change/rollout-falls"],
  check: (change, versions) =>
    comparedExperiments(change, versions)
      .filter(
        ({ before, after }) =>
          before.status === "running" &&
          after.status === "running" &&
          after.iteration === before.iteration &&
          after.rollout < before.rollout,
      )
      .map(({ change: { movement }, before, after }) =>
        diagnose(
          "change/rollout-falls",
          { file: after.file, path: ["rollout"] },
          {
            experiment: after.key,
            before: formatShare(before.rollout),
            after: formatShare(after.rollout),
            left: movement?.left ?? 0,
            of: movement?.before ?? 0,
          },
          {
            related: [
              {
                place: { file: atBase(versions, before.file), path: ["rollout"] },
                label: `${formatShare(before.rollout)} at ${versions.base}`,
              },
            ],
          },
        ),
      ),
};
