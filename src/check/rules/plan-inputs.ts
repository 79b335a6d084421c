import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import { isClustered } from "../../model/experiment-metrics.ts";
import type { Project } from "../../model/project.ts";
import { formatShare, WHOLE } from "../../model/share.ts";
import { planningSeverity } from "../life.ts";
import { metricUses } from "../metric-use.ts";
import { plansAhead } from "../plans.ts";
import { formatRange } from "../range.ts";
import type { Rule } from "../rule.ts";

/** What a plan is reckoned from: how many come a day, and what the deciding metrics are today. */
export const planInputs: Rule = {
  codes: ["plan/no-volume", "plan/no-traffic", "plan/no-baseline", "plan/no-clusters"],
  check: (project, plan) =>
    plansAhead(project, plan).flatMap(([experiment, { unitsPerDay }]) => [
      ...volume(experiment, unitsPerDay, project),
      ...missingBaselines(experiment),
      ...missingClusters(experiment),
    ]),
};

function volume(
  experiment: Experiment,
  unitsPerDay: number | null,
  { holdout }: Project,
): readonly Diagnostic[] {
  const { file, layer, rollout, unit } = experiment;
  const severity = planningSeverity(experiment);
  if (unitsPerDay === null) {
    return [diagnose("plan/no-volume", { file, path: ["unit"] }, { unit: unit.key }, { severity })];
  }
  const isEmpty = layer !== null && layer.from >= layer.to;
  if (unitsPerDay > 0 || isEmpty) return [];
  const held = holdout?.unit.key === unit.key ? holdout.share : 0;
  const args = {
    holdout: formatShare(held),
    range: formatRange(layer ?? { from: 0, to: WHOLE }),
    rollout: formatShare(rollout),
  };
  const path = rollout === 0 ? ["rollout"] : ["layer"];
  return [diagnose("plan/no-traffic", { file, path }, args, { severity })];
}

function missingBaselines(experiment: Experiment): readonly Diagnostic[] {
  const { file, planning } = experiment;
  return metricUses(experiment)
    .filter(({ role }) => role !== "a secondary metric")
    .filter(({ metric, role }) => {
      const own = role === "the primary metric" ? planning.baseline : null;
      return (own ?? metric.baseline) === null;
    })
    .map(({ metric, path }) =>
      diagnose(
        "plan/no-baseline",
        { file, path },
        { metric: metric.key },
        {
          severity: planningSeverity(experiment),
          related: [{ place: { file: metric.file }, label: `\`${metric.key}\` is described here` }],
        },
      ),
    );
}

/** Metrics of clusters whose baseline does not say how large and how alike they are. */
function missingClusters(experiment: Experiment): readonly Diagnostic[] {
  const { file, planning, unit } = experiment;
  return metricUses(experiment).flatMap(({ metric, path, role }) => {
    const baseline = (role === "the primary metric" ? planning.baseline : null) ?? metric.baseline;
    if (role === "a secondary metric" || baseline === null || !isClustered(metric, unit)) return [];
    if (baseline.clusters && Object.hasOwn(baseline.clusters, unit.key)) return [];
    const args = { metric: metric.key, per: metric.per ?? "", unit: unit.key };
    const related = [{ place: { file: metric.file, path: ["baseline"] }, label: "its baseline" }];
    const severity = planningSeverity(experiment);
    return [diagnose("plan/no-clusters", { file, path }, args, { severity, related })];
  });
}
