import { scaleLinear } from "d3-scale";
import type { Analysis } from "../verdict/generated/analysis.ts";
import {
  armOf,
  armsOf,
  type ComparisonResult,
  decidingOf,
  directionOf,
  type EffectSize,
  type IntervalResult,
  type MetricResult,
} from "./result.ts";

/** The one axis of lifts that all glyphs of a table share: fractions of the control's value, zero always on it. */
export interface EffectAxis {
  readonly lower: number;
  readonly upper: number;
  readonly ticks: readonly number[];
}

/** What one glyph shows, as lifts. */
export interface EffectMark {
  readonly lift: IntervalResult;
  /** Where a guardrail's (or a not-worse primary's) margin lies; null without one. */
  readonly margin: number | null;
  /** +1 where more is better, −1 where less is. */
  readonly direction: 1 | -1;
}

/** How an interval stands to zero, in the metric's good direction. */
export type Standing = "better" | "worse" | "open";

const WIDEST = 3;

/**
 * An axis for the marks of one table. Those that `lead` are always whole, and so is every margin; an interval that
 * reaches further than three times as far is cut, or one noisy metric would flatten all the others.
 */
export function effectAxis(
  lead: readonly EffectMark[],
  others: readonly EffectMark[],
  alwaysShown: readonly number[] = [],
): EffectAxis {
  const margins = [...lead, ...others].map(({ margin }) => margin);
  const whole = [0, ...alwaysShown, ...lead.flatMap(endsOf), ...present(margins)];
  const reach = WIDEST * Math.max(...whole.map(Math.abs));
  const rest = others
    .flatMap(endsOf)
    .map((end) => (reach > 0 ? Math.min(Math.max(end, -reach), reach) : end));
  const lower = Math.min(...whole, ...rest);
  const upper = Math.max(...whole, ...rest);
  const scale = scaleLinear()
    .domain(lower < upper ? [lower, upper] : [-0.1, 0.1])
    .nice(4);
  const [from = 0, to = 0] = scale.domain();
  return { lower: from, upper: to, ticks: scale.ticks(4) };
}

/** The axis of all metrics of an Analysis: the primary whole, and the effect that its plan set out to find. */
export function metricsAxis({ metrics, design }: Analysis): EffectAxis {
  const marksOf = (chosen: readonly MetricResult[]) =>
    chosen.flatMap((metric) =>
      decidingOf(metric).map((comparison) => effectMark(metric, comparison, design.control)),
    );
  const lead = metrics.filter(({ role }) => role === "primary");
  const targets = lead.map(
    (metric) =>
      design.mde && asLift(design.mde, armOf(metric, design.control)?.mean ?? null, directionOf(metric)),
  );
  return effectAxis(
    marksOf(lead),
    marksOf(metrics.filter(({ role }) => role !== "primary")),
    present(targets),
  );
}

/** A comparison as a mark. An absolute margin is placed by the control's mean, where that is positive. */
export function effectMark(metric: MetricResult, comparison: ComparisonResult, control: string): EffectMark {
  const direction = directionOf(metric);
  const margin = comparison.nonInferiority?.margin ?? null;
  const controlMean = armsOf(metric, comparison, control)[0]?.mean ?? null;
  return { lift: comparison.relative, margin: margin && asLift(margin, controlMean, -direction), direction };
}

/** The lift that an effect size means, towards `sign`; null where an absolute one has no base. */
export function asLift(effect: EffectSize, controlMean: number | null, sign: number): number | null {
  if (effect.kind === "relative") return sign * effect.value;
  return controlMean !== null && controlMean > 0 ? (sign * effect.value) / controlMean : null;
}

/** Whether the interval lies wholly on one side of zero, and which. An absent end excludes nothing on its side. */
export function standingOf({ lower, upper }: IntervalResult, direction: 1 | -1): Standing {
  if (lower !== null && lower > 0) return direction > 0 ? "better" : "worse";
  if (upper !== null && upper < 0) return direction > 0 ? "worse" : "better";
  return "open";
}

function endsOf({ lift }: EffectMark): readonly number[] {
  return present([lift.estimate, lift.lower, lift.upper]);
}

function present(values: readonly (number | null)[]): readonly number[] {
  return values.filter((value) => value !== null);
}
