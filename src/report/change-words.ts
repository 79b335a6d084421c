import { formatShare } from "../model/share.ts";
import type { ChangeKind, ChangePlan, ExperimentChange, Movement, Price } from "../plan/change-plan.ts";
import type { FieldChange } from "../plan/compare-experiments.ts";
import type { ExperimentPlan, LayerMap } from "../plan/plan.ts";
import type { Condition, Json } from "../runtime/manifest.ts";
import { ABSENT, formatCount, formatQuantity } from "../verdict/number-format.ts";
import { describeAudience } from "./condition-words.ts";
import { describeCredit } from "./credit-words.ts";

/** One row of facts before and after. */
export interface Fact {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** As `terraform plan` marks what it would do. */
export const SYMBOLS: Readonly<Record<ChangeKind, "+" | "~" | "-" | "-/+" | " ">> = {
  added: "+",
  started: "+",
  changed: "~",
  restarted: "-/+",
  stopped: "-",
  concluded: "-",
  removed: "-",
  renamed: "-/+",
  unchanged: " ",
};

/** What happens to the experiment, with its status and iteration: `restarted · running · iteration 1 → 2`. */
export function describeKind({ kind, status, iteration, formerly }: ExperimentChange): string {
  const said = kind === "started" || kind === "stopped" || kind === "concluded" || kind === "unchanged";
  return [
    formerly === null ? kind : `renamed from ${formerly}`,
    said && status.before === null ? null : arrow(status.before, status.after),
    Math.max(iteration.before ?? 1, iteration.after ?? 1) === 1
      ? null
      : `iteration ${arrow(textOrNull(iteration.before), textOrNull(iteration.after))}`,
  ]
    .filter((part) => part !== null && part !== "")
    .join(" · ");
}

/** Fields whose mappings have a `key` that names a thing. */
const NAMED: readonly string[] = ["unit", "layer", "metrics"];

/** Whether its planned run still matters: it is to run, or runs. */
export function isAhead({ status }: ExperimentChange): boolean {
  return status.after === "draft" || status.after === "running";
}

/** A field's value as a person reads it in a line. */
export function describeValue({ path }: FieldChange, value: Json): string {
  if (path[0] === "audience" && path.length === 1) return describeAudience(value as Condition | null);
  if (value === null) return ABSENT;
  if (typeof value !== "object") return String(value) === "" ? '""' : String(value);
  const { key, share } = value as { readonly key?: Json; readonly share?: Json };
  if (path[0] === "holdout") return `${key} ${share}`;
  return NAMED.includes(path[0] ?? "") && typeof key === "string" ? key : JSON.stringify(value);
}

/** Whose experience changes, in a sentence; null where nobody's assignment can differ. */
export function describeMovement(movement: Movement | null): string | null {
  if (movement === null) return null;
  const { units, before, after, changed, entered, left } = movement;
  const of = (count: number, whole: number) => `${formatCount(count)} (${formatPercentOf(count, whole)})`;
  const moved =
    before === 0
      ? []
      : [
          `of ${formatCount(before)} enrolled units ${of(changed, before)} change variant, ${of(left, before)} leave`,
        ];
  const enters =
    entered > 0 || before === 0 ? [`${of(entered, units)} of all ${formatCount(units)} enter`] : [];
  const total = before === after ? [] : [`${formatCount(after)} are enrolled after`];
  return [...moved, ...enters, ...total].join("; ");
}

/** What the sentence of movement rests on. */
export function describePopulation({ population }: ChangePlan): string {
  const size = formatCount(population.size);
  if (population.kind === "generated") return `${size} generated unit ids`;
  return population.kind === "units" ? `the ${size} given unit ids` : `the ${size} given contexts`;
}

/** Sample size, days and sensitivity, before and after. */
export function factsOf({ before, after, units }: ExperimentChange): readonly Fact[] {
  const fact = (label: string, read: (plan: ExperimentPlan) => string): Fact => ({
    label,
    before: before ? read(before) : ABSENT,
    after: after ? read(after) : ABSENT,
  });
  return [
    { label: "units to expose", before: formatCount(units.before), after: formatCount(units.after) },
    fact("units a day", ({ unitsPerDay }) => formatCount(unitsPerDay)),
    fact("days", ({ days }) => formatCount(days)),
    fact("bound by", ({ binding }) => binding ?? ABSENT),
    fact("finds in that time", ({ days, mdeByWeek }) => {
      const week = mdeByWeek.find(({ week }) => week * 7 === days);
      return week?.relative == null ? ABSENT : `${formatQuantity(week.relative * 100, 3)}%`;
    }),
    fact("complete on", ({ completeOn }) => completeOn ?? ABSENT),
    ...([before, after].some((plan) => plan && creditsOf(plan) !== "") ? [fact("credited", creditsOf)] : []),
  ];
}

function creditsOf({ sizes }: ExperimentPlan): string {
  return sizes.flatMap((size) => describeCredit(size) ?? []).join("; ");
}

/** Rows of the MDE by week, after the change, and before it where that differs; none where nothing is known. */
export function mdeRows({ before, after }: ExperimentChange): readonly (readonly string[])[] {
  const finds = (plan: ExperimentPlan | null) =>
    new Map(plan?.mdeByWeek.map(({ week, relative }) => [week, relative]));
  const [then, now] = [finds(before), finds(after)];
  const weeks = [...new Set([...now.keys(), ...then.keys()])].sort((a, b) => a - b);
  const row = (label: string, values: ReadonlyMap<number, number | null>) => [
    label,
    ...weeks.map((week) => {
      const relative = values.get(week) ?? null;
      return relative === null ? ABSENT : `${formatQuantity(relative * 100, 3)}%`;
    }),
  ];
  if (weeks.every((week) => (now.get(week) ?? null) === null)) return [];
  const [rowBefore, rowAfter] = [row("finds before", then), row("finds", now)];
  const same = before === null || rowBefore.slice(1).join() === rowAfter.slice(1).join();
  return [["week", ...weeks.map(String)], ...(same ? [] : [rowBefore]), rowAfter];
}

/** What a part of the experiment costs: the run without it. */
export function describePrice({ part, without, units, days }: Price): string {
  const what = part === "guardrails" ? "without its guardrails" : "with one variant beside the control";
  const run = units === null || days === null ? "not known" : `${formatCount(units)} units, ${days} days`;
  return `${what} (without ${without.join(", ")}): ${run}`;
}

/** Who owns a layer, from 0% up, what is free included. */
export function describeRanges(ranges: LayerMap["ranges"]): string {
  const parts: string[] = [];
  let free = 0;
  const gap = (to: number) => to > free && parts.push(`${formatShare(free)}–${formatShare(to)} free`);
  for (const { experiment, from, to, enrolledTo } of ranges) {
    gap(from);
    const rollout = enrolledTo === to ? "" : ` (enrolled to ${formatShare(enrolledTo)})`;
    parts.push(`${formatShare(from)}–${formatShare(to)} ${experiment}${rollout}`);
    free = Math.max(free, to);
  }
  gap(1_000_000);
  return parts.join(" · ");
}

/** `a → b`; one value where they are the same. */
export function arrow(before: string | null, after: string | null): string {
  return before === after || before === null || after === null
    ? (after ?? before ?? "")
    : `${before} → ${after}`;
}

function textOrNull(value: number | null): string | null {
  return value === null ? null : String(value);
}

function formatPercentOf(count: number, whole: number): string {
  if (count === 0 || whole === 0) return "0%";
  return `${Number(((100 * count) / whole).toPrecision(3))}%`;
}
