import { words } from "../words.ts";

/** Whether an experiment can find what it looks for. Errors when running, warnings before. */
export const planningWords = {
  "mde/missing": words<Record<never, never>>({
    severity: "error",
    title: "No minimum detectable effect",
    message: () => "there is no `mde`: the smallest effect on the primary metric that is worth finding",
    help: () => "write `mde: 5%`, or give `project.yaml` a default",
  }),
  "plan/no-volume": words<{ unit: string }>({
    severity: "error",
    title: "How many units come a day is not known",
    message: ({ unit }) => `nothing says how many \`${unit}\` come a day, so the run has no planned length`,
    help: ({ unit }) =>
      `write \`planning.newPerDay\` here, or \`units.${unit}.newPerDay\` in \`project.yaml\`; \`fairtrial plan --baseline --write\` measures it`,
  }),
  "plan/no-traffic": words<{ holdout: string; range: string; rollout: string }>({
    severity: "error",
    title: "Nobody is enrolled",
    message: ({ holdout, range, rollout }) =>
      `nobody is enrolled: the holdout is ${holdout}, the range ${range}, the rollout ${rollout}`,
  }),
  "plan/no-baseline": words<{ metric: string }>({
    severity: "error",
    title: "What a metric is today is not known",
    message: ({ metric }) => `\`${metric}\` has no baseline, so the run has no planned length`,
    help: ({ metric }) =>
      `write \`baseline\` in the metric's file \`${metric}.yaml\`; \`fairtrial plan --baseline --write\` measures it`,
  }),
  "plan/no-clusters": words<{ metric: string; per: string; unit: string }>({
    severity: "error",
    title: "How large and how alike clusters are is not known",
    message: ({ metric, per, unit }) =>
      `\`${metric}\` is measured per \`${per}\` and randomised per \`${unit}\`, and its baseline does not say how the one sits in the other`,
    help: ({ unit }) =>
      `write \`clusters: { ${unit}: { meanSize: …, intraclassCorrelation: … } }\` in the baseline`,
  }),
  "plan/too-long": words<{
    metric: string;
    effect: string;
    days: number;
    maxDays: number;
    units: number;
    unitsPerDay: number;
    reachable: string;
    /** Days with everybody enrolled, where that is soon enough; else 0. */
    atWhole: number;
  }>({
    severity: "error",
    title: "The effect cannot be found within maxDays",
    message: ({ metric, effect, days, maxDays, units, unitsPerDay }) =>
      `${effect} of \`${metric}\` needs ${days} days (${units} units at ${unitsPerDay} a day); \`maxDays\` is ${maxDays}`,
    help: ({ atWhole, reachable, maxDays }) =>
      atWhole > 0
        ? `with \`rollout: 100%\` it takes ${atWhole} days: raise the rollout when the start has gone well`
        : reachable === ""
          ? "enrol more units, accept a larger effect, or allow a longer run"
          : `${maxDays} days find ${reachable}; enrol more units, accept a larger effect, or allow a longer run`,
  }),
  "plan/past-end": words<{
    metric: string;
    effect: string;
    days: number;
    scheduledDays: number;
    end: string;
  }>({
    severity: "error",
    title: "The effect cannot be found by the end",
    message: ({ metric, effect, days, scheduledDays }) =>
      `${effect} of \`${metric}\` needs ${days} days, and \`start\` to \`end\` allows ${scheduledDays}, window included`,
    help: ({ end }) =>
      end === "" ? "accept a larger effect, or enrol more units" : `with \`end: ${end}\` it fits`,
  }),
  "plan/decides-early": words<{ days: number; scheduledDays: number; end: string; looks: "one" | "several" }>(
    {
      severity: "warning",
      title: "The end lies far behind the planned units",
      message: ({ days, looks, scheduledDays }) =>
        `the planned units are in after ${days} days, and \`start\` to \`end\` allows ${scheduledDays}, window included: ${
          looks === "one"
            ? "a look at the end would be a second one"
            : "the last look is at the planned units, and what comes later decides nothing"
        }`,
      help: ({ end }) => `end on ${end}, or plan for a smaller effect`,
    },
  ),
};
