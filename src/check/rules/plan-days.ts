import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic, Related } from "../../diagnostics/diagnostic.ts";
import { addDays } from "../../model/calendar.ts";
import type { Effect } from "../../model/effect.ts";
import type { Experiment } from "../../model/experiment.ts";
import { isBinary, type Metric } from "../../model/metric.ts";
import { WHOLE } from "../../model/share.ts";
import { runDays } from "../../plan/duration.ts";
import { unitsToExpose } from "../../plan/metric-size.ts";
import type { ExperimentPlan } from "../../plan/plan.ts";
import { planningSeverity } from "../life.ts";
import { type MetricUse, metricUses } from "../metric-use.ts";
import { formatPercentage } from "../percentage.ts";
import { plansAhead } from "../plans.ts";
import type { Rule } from "../rule.ts";

/** In days. No end is proposed beyond it: the calendar has one, and `maxDays` need not. */
const CENTURY = 36_525;

/** An experiment finds what it looks for within `maxDays` and by its `end`; the metric that binds is named. */
export const planDays: Rule = {
  codes: ["plan/too-long", "plan/past-end"],
  check: (project, plan) =>
    plansAhead(project, plan).flatMap(([experiment, facts]) => problems(experiment, facts)),
};

function problems(experiment: Experiment, facts: ExperimentPlan): readonly Diagnostic[] {
  const { binding, days, scheduledDays, unitsPerDay } = facts;
  const { file, analysis, start } = experiment;
  const use = metricUses(experiment).find(({ metric }) => metric.key === binding);
  if (days === null || unitsPerDay === null || !use?.effect) return [];
  if (analysis.minDays > analysis.maxDays) return [];
  const { metric, effect: written } = use;
  const atWhole = daysAtWholeRollout(experiment, facts, unitsPerDay);
  const ramps = (limit: number) => experiment.rollout < WHOLE && atWhole !== null && atWhole <= limit;
  const severityWithin = (limit: number) => (ramps(limit) ? "warning" : planningSeverity(experiment));
  const named = { metric: metric.key, effect: describe(use, written), days };
  if (days > analysis.maxDays) {
    const place = { file, path: written.path };
    const units = facts.sizes.find((size) => size.metric === metric.key)?.unitsPerVariant ?? [];
    const args = {
      ...named,
      maxDays: analysis.maxDays,
      units: units.reduce((sum, count) => sum + count, 0),
      unitsPerDay: Math.round(unitsPerDay),
      reachable: reachable(facts, use, analysis.maxDays),
      atWhole: ramps(analysis.maxDays) ? (atWhole ?? 0) : 0,
    };
    const related: Related[] = [{ place: { file: metric.file, path: ["baseline"] }, label: "its baseline" }];
    const severity = severityWithin(analysis.maxDays);
    return [diagnose("plan/too-long", place, args, { severity, related })];
  }
  if (scheduledDays === null || start === null || days <= scheduledDays) return [];
  const place = { file, path: ["end"] };
  const severity = severityWithin(scheduledDays);
  const end = days > CENTURY ? "" : addDays(start, days - windowDays(facts) - 1);
  const related: Related[] = [
    { place: { file, path: written.path }, label: `${named.effect} of \`${metric.key}\`` },
  ];
  const fixes =
    end === "" ? [] : [{ title: `end on ${end}`, edits: [{ place, text: end }], automatic: false }];
  return [diagnose("plan/past-end", place, { ...named, scheduledDays, end }, { severity, related, fixes })];
}

/** How long the run would be with everybody enrolled: a ramp begins with fewer than it needs. */
function daysAtWholeRollout(
  { analysis, rollout, variants }: Experiment,
  { sizes }: ExperimentPlan,
  unitsPerDay: number,
): number | null {
  const days = sizes.map(({ unitsPerVariant, windowDays }) => {
    if (unitsPerVariant === null || unitsPerVariant.length !== variants.length) return null;
    const schedule = {
      unitsPerDay: (unitsPerDay * WHOLE) / rollout,
      windowDays,
      minDays: analysis.minDays,
    };
    return runDays(unitsToExpose(unitsPerVariant, variants), schedule);
  });
  return days.reduce<number | null>(
    (longest, each) => (longest === null || each === null ? null : Math.max(longest, each)),
    0,
  );
}

/** The days after the last enrolment in which windows pass. */
function windowDays({ days, enrolmentDays }: ExperimentPlan): number {
  return days === null || enrolmentDays === null ? 0 : days - enrolmentDays;
}

/** The effect on the primary that the longest allowed run finds; empty where another claim binds. */
function reachable({ mdeByWeek }: ExperimentPlan, { effect, metric }: MetricUse, maxDays: number): string {
  const weeks = Math.floor(maxDays / 7);
  const found = mdeByWeek.find(({ week }) => week === weeks);
  if (effect?.claim !== "mde" || found === undefined) return "";
  const { kind } = effect.effect;
  const value = kind === "relative" ? found.relative : found.absolute;
  return value === null ? "" : `an effect of ${size(metric, { kind, value })}`;
}

function describe({ metric }: MetricUse, { effect, claim }: NonNullable<MetricUse["effect"]>): string {
  return `${claim === "mde" ? "an effect" : "a margin"} of ${size(metric, effect)}`;
}

function size(metric: Metric, { kind, value }: Effect): string {
  if (kind === "relative") return formatPercentage(value);
  const text = isBinary(metric.kind) ? formatPercentage(value) : Number(value.toPrecision(4));
  return `${text} (absolute)`;
}
