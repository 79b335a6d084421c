import { formatBound, formatDifference, formatEffectSize, formatLift } from "../verdict/effect-format.ts";
import type { Analysis } from "../verdict/generated/analysis.ts";
import { formatCount, formatPercent, formatQuantity, statePValue } from "../verdict/number-format.ts";
import { CHECK_SENTENCES } from "./check-words.ts";
import { describeCommit, describeUnregistered } from "./registration-words.ts";
import {
  type ComparisonResult,
  comparisonOf,
  decidingOf,
  type MetricResult,
  primaryOf,
  type Reason,
  totalOf,
} from "./result.ts";

/** What a reason's words may draw on. */
interface Case {
  readonly analysis: Analysis;
  /** The metric that it is about; the primary where it names none. */
  readonly metric: MetricResult | undefined;
  readonly comparison: ComparisonResult | undefined;
  /** `Checkout conversion, one-page`: the sentence's subject. */
  readonly subject: string;
  readonly variant: string;
  readonly reason: Reason;
}

/** A reason as one sentence with its numbers. Plain text: whoever prints it escapes it. */
export function describeReason(analysis: Analysis, reason: Reason): string {
  const metric = reason.metric
    ? analysis.metrics.find(({ metric }) => metric === reason.metric)
    : primaryOf(analysis);
  const comparison = metric && (comparisonOf(metric, reason.variant) ?? decidingOf(metric)[0]);
  const name = metric?.name ?? reason.metric ?? "The primary metric";
  const subject = reason.variant ? `${name}, ${reason.variant}` : name;
  return SENTENCES[reason.code]({
    analysis,
    metric,
    comparison,
    subject,
    variant: reason.variant ?? "A variant",
    reason,
  });
}

const SENTENCES: Readonly<Record<Reason["code"], (found: Case) => string>> = {
  "srm-failed": ({ analysis }) =>
    `Sample ratio mismatch (${statePValue(analysis.health.srm.pValue)}): the variants’ units do not have the planned shares. Assignment or logging treats the variants differently, so their metrics cannot be compared.`,
  "srm-warning": ({ analysis }) =>
    `The split of units looks uneven (${statePValue(analysis.health.srm.pValue)}). Look for a cause before acting on the result.`,
  crossovers: ({ analysis }) =>
    `${formatCount(analysis.health.crossovers.units)} units (${formatPercent(analysis.health.crossovers.share)}) were logged with more than one variant.`,
  "empty-arm": ({ variant }) => `${variant} has no units.`,
  "plan-changed": ({ reason }) =>
    `The plan was changed after it was fixed${fieldsOf(reason)}. What was planned before the data is no longer what is analysed; raise \`iteration\` to begin a new trial.`,
  "plan-amended": ({ reason }) =>
    `The plan was amended after it was fixed${fieldsOf(reason)}. Judge whether the data could have prompted it.`,
  "plan-unreadable": ({ reason }) =>
    `${reason.commits === 1 ? "A commit" : "Commits"} since the plan was fixed, or right before, cannot be read: what was planned then is not known.`,
  "plan-unregistered": ({ reason }) =>
    `Nothing shows that the plan was fixed before the data${reason.why ? `: ${describeUnregistered(reason.why)}` : ""}.`,
  "unknown-variant": ({ reason }) =>
    `The exposures name variants that the experiment does not have${reason.variants ? `: ${reason.variants}` : ""}.`,
  "harm-primary": ({ subject }) =>
    `${subject}: shown to be worse than the control, by a test that holds on any day of the run.`,
  "harm-guardrail": ({ subject, ...found }) =>
    `${subject}: shown to be worse than its margin${marginOf(found)}, by a test that holds on any day of the run.`,
  "before-horizon": ({ analysis: { design }, reason }) =>
    `${progressOf(reason)}${design.horizon.day ? `The decision is due at the end of ${design.horizon.day}. ` : ""}${design.method === "fixed" ? "Until then, results are for watching, not for deciding." : `No win to act on yet${lookOf(reason)}; one may end the run before that.`}`,
  "part-of-units": ({ reason }) =>
    `Only units first exposed ${daysOf(reason)} are counted. Such a look explains; whoever picks the days picks the result, so it decides nothing.`,
  "stopped-early": ({ analysis: { design }, reason }) =>
    `${progressOf(reason)}Exposure was stopped before the planned end, ${design.method === "fixed" ? "and a fixed design decides only at its end" : "and no look has found a win"}.`,
  "crossed-early": ({ subject, analysis: { design }, reason }) =>
    `${subject}: ${crossingOf(reason)}${design.horizon.day ? `, before the decision was due at the end of ${design.horizon.day}` : ""}. The ${design.method} design allows for that: its error rate holds over all looks.`,
  "data-without-horizon": () => "The data carry no timestamps, so they are taken as final.",
  "significantly-harmful": ({ subject, ...found }) => `${subject}: significantly worse, ${effectOf(found)}.`,
  "guardrail-not-shown-safe": ({ subject, ...found }) =>
    `${subject}: not shown to be within its margin${marginOf(found)}${boundOf(found)}.`,
  "guardrail-underpowered": ({ subject }) =>
    `${subject}: fewer units than planned, too few to show that the guardrail holds.`,
  "guardrail-worse": ({ subject, ...found }) => `${subject}: significantly worse, ${effectOf(found)}.`,
  "significant-benefit": ({ subject, ...found }) => `${subject}: significantly better, ${effectOf(found)}.`,
  "non-inferior": ({ subject, ...found }) =>
    `${subject}: shown to be within its margin${marginOf(found)}${boundOf(found)}.`,
  "guardrails-safe": () => "Every guardrail is shown to be within its margin.",
  "no-meaningful-effect": ({ subject, ...found }) =>
    `${subject}: whatever the effect is, it is smaller than the MDE${mdeOf(found)}.`,
  underpowered: ({ subject, ...found }) =>
    found.comparison?.nonInferiority
      ? `${subject}: not shown to be within its margin${marginOf(found)}${boundOf(found)}; more units may show it.`
      : `${subject}: the data can tell neither an effect of the MDE${mdeOf(found)} nor its absence; ${effectOf(found)}.`,
  "small-counts": ({ subject }) =>
    `${subject}: fewer than five conversions or non-conversions are expected in a cell, too few for the test.`,
  "severely-skewed": ({ subject }) =>
    `${subject}: its values are so skewed that the test's error rates do not hold.`,
  skewed: ({ subject }) => `${subject}: its values are skewed, so p-values in the tails are approximate.`,
  "winners-curse": () =>
    "Several variants were compared and the best is reported: expect its true effect to be smaller than the estimate.",
  "recommended-combination": ({ reason }) =>
    `The recommended combination is ${reason.variant ?? "not named"}: the winning value of each parameter that has one, the first value of the others. ${combinationOf(reason)}`,
  "parameters-interact": ({ reason }) =>
    `The parameters’ effects do not add up (${statePValue(typeof reason.pValue === "number" ? reason.pValue : null)}): a main effect is an average over the other parameters’ values, and need not hold in each cell.`,
  "excluded-exposures": ({ analysis }) =>
    `${formatCount(Object.values(analysis.health.excluded).reduce((sum, counts) => sum + totalOf(counts), 0))} exposure rows were left out; the health checks say why.`,
  ...CHECK_SENTENCES,
};

/** What the cell itself did: a check, not the decision. */
function combinationOf({ units, estimate, lower, upper, scale }: Reason): string {
  const numbers = [estimate, lower, upper].map((value) => (typeof value === "number" ? value : null));
  const interval = { estimate: numbers[0] ?? null, lower: numbers[1] ?? null, upper: numbers[2] ?? null };
  if (typeof units !== "number" || scale !== "relative" || interval.estimate === null)
    return "Its own cell is too small to be compared by itself.";
  const text = formatLift(interval);
  return `Its own cell, ${formatCount(units)} units, had a lift of ${text.estimate}${text.interval ? ` (${text.interval})` : ""}.`;
}

/** `: mde, metrics.primary.window, first at a1b2c3d4e5f6 on 2026-11-10`. */
function fieldsOf({ fields, commit, date }: Reason): string {
  if (typeof fields !== "string") return "";
  if (typeof commit !== "string") return `: ${fields}, not committed`;
  return `: ${fields}, first at ${describeCommit({ commit, date: typeof date === "string" ? date : null })}`;
}

/** ` at look 12 of 2026-11-16, with 63% of the planned units`. */
function lookOf({ look, lookDay, fraction }: Reason): string {
  if (typeof look !== "number" || typeof fraction !== "number") return "";
  return ` at look ${look}${typeof lookDay === "string" ? ` of ${lookDay}` : ""}, with ${formatPercent(fraction)} of the planned units`;
}

/** `the boundary was crossed at look 9 of 2026-11-17, and at look 16 … |z| is 4.75, the boundary 3.23`. */
function crossingOf(reason: Reason): string {
  const { statistic, boundary, crossedAt, crossedOn } = reason;
  const first =
    typeof crossedAt === "number"
      ? `the boundary was crossed at look ${crossedAt} of ${crossedOn}`
      : "the goal was reached";
  if (typeof statistic !== "number" || typeof boundary !== "number") return `${first}${lookOf(reason)}`;
  return `${first}; |z| is ${formatQuantity(Math.abs(statistic), 3)} and the boundary ${formatQuantity(boundary, 3)}${lookOf(reason)}`;
}

type Found = Omit<Case, "subject">;

/** `lift +18.4% (+0.3% to +39.7%), p = 0.0455`; the absolute difference where there is no lift. */
function effectOf({ metric, comparison }: Found): string {
  if (!metric || !comparison) return "without a comparison";
  const hasLift = comparison.relative.estimate !== null;
  const text = hasLift ? formatLift(comparison.relative) : formatDifference(metric.kind, comparison.absolute);
  const p = comparison.adjustedPValue ?? comparison.pValue;
  const parts = [
    `${hasLift ? "lift" : "difference"} ${text.estimate}${text.interval ? ` (${text.interval})` : ""}`,
  ];
  return [...parts, ...(p === null ? [] : [statePValue(p)])].join(", ");
}

function marginOf({ metric, comparison }: Found): string {
  const margin = comparison?.nonInferiority?.margin;
  return metric && margin ? ` of ${formatEffectSize(metric.kind, margin)}` : "";
}

function boundOf({ metric, comparison }: Found): string {
  const shown = comparison?.nonInferiority;
  if (!metric || !shown || shown.bound === null) return "";
  return ` (benefit at least ${formatBound(metric.kind, shown.margin.kind, shown.bound)})`;
}

/** `5,000 of 9,813 planned units in control. `: of the arm that is furthest behind. */
function progressOf({ units, planned, variant }: Reason): string {
  if (typeof units !== "number" || typeof planned !== "number") return "";
  const where = variant ? ` in ${variant}` : "";
  return `${formatCount(units)} of ${formatCount(planned)} planned units have come${where}. `;
}

function mdeOf({ analysis, metric }: Found): string {
  const { mde } = analysis.design;
  return metric && mde ? ` of ${formatEffectSize(metric.kind, mde)}` : "";
}

function daysOf({ from, to }: Reason): string {
  if (typeof from === "string") return typeof to === "string" ? `from ${from} to ${to}` : `from ${from} on`;
  return typeof to === "string" ? `up to ${to}` : "on some of the days";
}
