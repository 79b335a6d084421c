import type { Experiment } from "../../model/experiment.ts";
import { isBinary, type Metric } from "../../model/metric.ts";
import type { ExperimentPlan, MetricSize } from "../../plan/plan.ts";
import { formatMean } from "../../verdict/effect-format.ts";
import {
  ABSENT,
  formatCount,
  formatPercent,
  formatPlain,
  formatPlainPercent,
  formatQuantity,
} from "../../verdict/number-format.ts";
import { type Content, type Html, html } from "../html.ts";
import { unitCells, unitColumns } from "../unit-columns.ts";
import { time } from "./day.ts";
import { definitionList, table } from "./table.ts";

/** What the plan computed before any data came: units, days, and the effect that a run of each length finds. */
export function planSection(plan: ExperimentPlan, experiment: Experiment): Html {
  const metrics = new Map(
    [experiment.primary.metric, ...experiment.guardrails.map(({ metric }) => metric)].map((metric) => [
      metric.key,
      metric,
    ]),
  );
  const binding = plan.binding && (metrics.get(plan.binding)?.name ?? plan.binding);
  const pairs: (readonly [string, Content])[] = [
    ["Run", plan.days === null ? "cannot be told" : `${formatCount(plan.days)} days`],
    ["of which enrolment", plan.enrolmentDays === null ? null : `${formatCount(plan.enrolmentDays)} days`],
    ["Scheduled", plan.scheduledDays === null ? null : `${formatCount(plan.scheduledDays)} days`],
    ["Last window closed on", plan.completeOn && time(plan.completeOn)],
    ["Longest need", binding],
    ["Volume", plan.unitsPerDay === null ? "not declared" : `${formatCount(plan.unitsPerDay)} units a day`],
  ];
  return html`<section aria-labelledby="plan">
<h2 id="plan">Plan</h2>
${definitionList(pairs)}
${sizesTable(plan, metrics)}
${plan.mdeByWeek.length > 0 && weeksTable(plan, experiment.primary.metric)}
</section>`;
}

function sizesTable(plan: ExperimentPlan, metrics: ReadonlyMap<string, Metric>): Html {
  return table({
    caption: "Units needed",
    note: "per variant, with the error rate and the power after their splits",
    columns: ["Metric", "To show", "Baseline", "Effect", "α", "Power", ...unitColumns(plan), "Days"],
    rows: plan.sizes.map((size) => sizeCells(size, metrics.get(size.metric), plan)),
    words: [0, 1],
  });
}

function sizeCells(size: MetricSize, metric: Metric | undefined, plan: ExperimentPlan): readonly Content[] {
  const kind = metric?.kind ?? "mean";
  const effect = isBinary(kind)
    ? `${formatQuantity(scaled(size.effect), 3)} pp`
    : formatQuantity(size.effect, 3);
  return [
    html`${metric?.name ?? size.metric} <small>${size.formula}</small>`,
    size.claim === "superiority" ? "a difference" : "not worse",
    formatMean(kind, size.baseline),
    size.effect === null ? ABSENT : effect,
    formatPlain(Number(size.alpha.toPrecision(3))),
    formatPlainPercent(Number(size.power.toPrecision(3))),
    ...unitCells(plan, size.unitsPerVariant),
    formatCount(size.days),
  ];
}

function weeksTable(plan: ExperimentPlan, primary: Metric): Html {
  return table({
    caption: "Smallest effect found, by week",
    note: primary.name,
    columns: ["Week", ...unitColumns(plan), "Relative", "Absolute"],
    rows: plan.mdeByWeek.map(({ week, unitsPerVariant, relative, absolute }) => [
      formatCount(week),
      ...unitCells(plan, unitsPerVariant),
      formatPercent(relative),
      isBinary(primary.kind) && absolute !== null
        ? `${formatQuantity(scaled(absolute), 3)} pp`
        : formatQuantity(absolute, 3),
    ]),
  });
}

function scaled(fraction: number | null): number | null {
  return fraction === null ? null : fraction * 100;
}
