import { groupsOf, mainContrasts } from "../model/contrasts.ts";
import type { Experiment } from "../model/experiment.ts";
import { formatPeriod, type Measured } from "../model/measured.ts";
import { isBinary } from "../model/metric.ts";
import type { Project } from "../model/project.ts";
import { formatShare } from "../model/share.ts";
import type { ExperimentPlan, LayerMap, MetricSize, Plan, WeekMde } from "../plan/plan.ts";
import {
  ABSENT,
  formatCount,
  formatPlain,
  formatPlainPercent,
  formatQuantity,
} from "../verdict/number-format.ts";
import { creditLines } from "./credit-words.ts";
import { type Style, styleOf } from "./terminal-style.ts";
import { renderTextTable } from "./text-table.ts";
import { unitCells, unitColumns } from "./unit-columns.ts";

/**
 * The plan for a terminal: per experiment its sizes, days and MDE by week; then who owns which part of each layer.
 * What is concluded or archived needs none: where it is not asked for, it is counted.
 */
export function renderPlan(
  plan: Plan,
  project: Project,
  { color, concluded = false }: { readonly color: boolean; readonly concluded?: boolean },
): string {
  const style = styleOf(color);
  const experiments = new Map(project.experiments.map((experiment) => [experiment.key, experiment]));
  /** Runs of equal needs have the same weeks. */
  const tables = new Map<readonly WeekMde[], readonly string[]>();
  const weeksTable = ({ mdeByWeek }: ExperimentPlan) => {
    const table = tables.get(mdeByWeek) ?? indent(renderTextTable(mdeRows(mdeByWeek), style));
    tables.set(mdeByWeek, table);
    return table;
  };
  const shown = plan.experiments.flatMap((planned) => {
    const experiment = experiments.get(planned.experiment);
    return experiment && (concluded || !isOver(experiment)) ? [{ planned, experiment }] : [];
  });
  const sections = shown.map(({ planned, experiment }) =>
    renderExperiment(planned, experiment, weeksTable(planned), style),
  );
  const over = plan.experiments.length - shown.length;
  return [
    ...sections,
    ...(over > 0 ? [style.dim(`${over} concluded and not shown; name an experiment to see its plan`)] : []),
    ...plan.layers.map((layer) => renderLayer(layer, style)),
  ].join("\n\n");
}

function isOver({ archived, status }: Experiment): boolean {
  return archived || status === "concluded";
}

function renderExperiment(
  planned: ExperimentPlan,
  experiment: Experiment,
  weeks: readonly string[],
  style: Style,
): string {
  const { start, end, status, iteration } = experiment;
  const dates = start ? ` · ${start} to ${end ?? "open"}` : "";
  const lines = [
    `${style.bold(planned.experiment)} ${style.dim(`${status} · iteration ${iteration}${dates}`)}`,
    ...describeRun(planned, experiment).map((line) => `  ${line}`),
    "",
    ...indent(renderTextTable(sizeRows(planned, experiment), style)),
    ...perValueLines(planned, experiment),
  ];
  if (planned.mdeByWeek.length > 0) lines.push("", ...weeks);
  lines.push("", ...indent(creditLines(planned, experiment)), ...measuredLines(planned));
  const formulas = new Set(planned.sizes.map(({ formula }) => formula));
  lines.push(...[...formulas].map((formula) => style.dim(`  formula: ${formula}`)));
  return lines.join("\n");
}

function describeRun(planned: ExperimentPlan, experiment: Experiment): readonly string[] {
  const { days, enrolmentDays, unitsPerDay, completeOn, scheduledDays } = planned;
  const volume = unitsPerDay === null ? "an unknown number of" : formatCount(unitsPerDay);
  const lines = [
    `${volume} ${experiment.unit.key} units a day enter the analysis${measuredOn(experiment.planning.measured)}`,
  ];
  if (days === null)
    lines.push("days: not known (volume or baseline is missing, or the target is out of reach)");
  else {
    const binding = planned.binding ? `, bound by ${planned.binding}` : "";
    lines.push(
      `${days} days: ${formatCount(enrolmentDays)} of enrolment and ${days - (enrolmentDays ?? 0)} of window${binding}`,
    );
  }
  if (completeOn) lines.push(`scheduled: ${scheduledDays} days; the last window has closed on ${completeOn}`);
  return lines;
}

/** Of main effects: what each value of a parameter needs, over all variants that have it. */
function perValueLines({ sizes }: ExperimentPlan, experiment: Experiment): readonly string[] {
  const groups = mainContrasts(experiment).length === 0 ? [] : groupsOf(experiment);
  if (groups.length === 0) return [];
  const lines = sizes.flatMap(({ metric, unitsPerVariant }) => {
    if (unitsPerVariant === null) return [];
    const unitsOf = (cells: readonly number[]) =>
      cells.reduce((sum, cell) => sum + unitsPerVariant[cell]!, 0);
    return [
      `  ${metric}: ${groups.map(({ name, cells }) => `${name} ${formatCount(unitsOf(cells))}`).join(", ")}`,
    ];
  });
  const heading =
    "main effects decide: the sizes are per value of a parameter, over all variants that have it";
  return ["", `  ${heading}`, ...lines.map((line) => `  ${line}`)];
}

function measuredLines({ sizes }: ExperimentPlan): readonly string[] {
  return sizes.flatMap(({ metric, measured }) =>
    measured ? [`  baseline of ${metric}${measuredOn(measured)}`] : [],
  );
}

function measuredOn(measured: Measured | null | undefined): string {
  if (!measured) return "";
  const days = measured.period ? ` ${formatPeriod(measured.period)}` : "";
  return `, measured${days} on ${formatCount(measured.units)} units`;
}

function sizeRows(planned: ExperimentPlan, experiment: Experiment): readonly (readonly string[])[] {
  const variants = unitColumns(planned, ({ key, share }) => `${key} (${formatShare(share)})`);
  return [
    ["metric", "role", "baseline", "to show", "α", "power", "days", ...variants],
    ...planned.sizes.map((size) => [
      size.metric,
      size.role,
      describeBaseline(size, experiment),
      describeClaim(size, experiment),
      formatPlain(Number(size.alpha.toPrecision(3))),
      formatPlainPercent(Number(size.power.toPrecision(3))),
      formatCount(size.days),
      ...unitCells(planned, size.unitsPerVariant),
    ]),
  ];
}

function describeBaseline(size: MetricSize, experiment: Experiment): string {
  if (size.baseline === null) return ABSENT;
  return isRate(size.metric, experiment) ? formatPlainPercent(size.baseline) : formatQuantity(size.baseline);
}

function describeClaim(size: MetricSize, experiment: Experiment): string {
  if (size.effect === null) return ABSENT;
  const rate = isRate(size.metric, experiment);
  const amount = rate ? `${formatQuantity(size.effect * 100, 3)} pp` : formatQuantity(size.effect, 3);
  const relative = size.baseline ? ` (${formatQuantity((100 * size.effect) / size.baseline, 3)}%)` : "";
  return `${size.claim === "superiority" ? "a change of" : "not worse by"} ${amount}${relative}`;
}

function mdeRows(weeks: readonly WeekMde[]): readonly (readonly string[])[] {
  const cell = (week: WeekMde) =>
    week.relative === null ? ABSENT : `${formatQuantity(week.relative * 100, 3)}%`;
  return [
    ["week", ...weeks.map(({ week }) => String(week))],
    ["finds", ...weeks.map(cell)],
  ];
}

function renderLayer({ layer, ranges }: LayerMap, style: Style): string {
  const rows = ranges.map(({ experiment, status, from, to, enrolledTo }) => [
    `${formatShare(from)} to ${formatShare(to)}`,
    experiment,
    status,
    enrolledTo === to ? "all enrolled" : `enrolled to ${formatShare(enrolledTo)}`,
  ]);
  const table =
    rows.length > 0
      ? renderTextTable([["range", "experiment", "status", "rollout"], ...rows], style)
      : ["free"];
  return [style.bold(`layer ${layer}`), ...indent(table)].join("\n");
}

function isRate(metric: string, experiment: Experiment): boolean {
  const all = [experiment.primary.metric, ...experiment.guardrails.map((guardrail) => guardrail.metric)];
  const found = all.find(({ key }) => key === metric);
  return found !== undefined && isBinary(found.kind);
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
