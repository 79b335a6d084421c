import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Effect } from "../../model/effect.ts";
import type { Experiment } from "../../model/experiment.ts";
import { baselineKind, levelOf } from "../../model/metric.ts";
import { isAhead } from "../life.ts";
import { type MetricUse, metricUses } from "../metric-use.ts";
import { formatPercentage } from "../percentage.ts";
import type { Rule } from "../rule.ts";

/** MDEs and margins are possible on the scale of their metrics. */
export const effects: Rule = {
  codes: ["effect/of-zero", "effect/beyond-rate", "margin/everything"],
  check: ({ experiments }) =>
    experiments
      .filter(isAhead)
      .flatMap((experiment) => metricUses(experiment).flatMap((use) => problems(experiment, use))),
};

function problems({ file, planning }: Experiment, use: MetricUse): readonly Diagnostic[] {
  const { metric, effect: written, role } = use;
  if (written === null) return [];
  const { effect, claim, path } = written;
  const place = { file, path };
  if (claim === "margin" && metric.better === "higher" && effect.kind === "relative" && effect.value >= 1) {
    const args = { metric: metric.key, margin: formatPercentage(effect.value) };
    return [diagnose("margin/everything", place, args)];
  }
  const baseline = (role === "the primary metric" ? planning.baseline : null) ?? metric.baseline;
  if (baseline === null || baseline.kind !== baselineKind(metric.kind)) return [];
  if (baseline.kind !== "rate") {
    const level = levelOf(baseline);
    if (effect.kind === "absolute" || level > 0) return [];
    return [diagnose("effect/of-zero", place, { metric: metric.key, baseline: level })];
  }
  const found = baseline.rate + direction(use) * size(effect, baseline.rate);
  if (found > 0 && found < 1) return [];
  const args = {
    metric: metric.key,
    baseline: formatPercentage(baseline.rate),
    found: formatPercentage(found),
  };
  return [diagnose("effect/beyond-rate", place, args)];
}

/** An MDE goes towards better, a margin towards worse. */
function direction({ metric, effect }: MetricUse): 1 | -1 {
  return (metric.better === "higher") === (effect?.claim === "mde") ? 1 : -1;
}

function size(effect: Effect, rate: number): number {
  return effect.kind === "absolute" ? effect.value : effect.value * rate;
}
