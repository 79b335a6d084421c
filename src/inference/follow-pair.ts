import type { Metric } from "../model/metric.ts";
import { adjustPair } from "./adjust-pair.ts";
import type { ComparedArm } from "./compared-arm.ts";
import type { Estimator } from "./estimator.ts";
import { finite } from "./finite.ts";
import { intervalsByDay, type Judgement, judgeLooks } from "./judge-looks.ts";
import type { LookTerms, PairLook } from "./look-design.ts";
import { lookDesigns } from "./look-designs.ts";
import type { Interval, SeriesPoint } from "./metric-estimate.ts";
import { contrastVariance, differenceOf, type Pair } from "./pair.ts";
import type { Question } from "./question.ts";

/** A comparison over the days of a run. */
export interface FollowedPair {
  /** Days with two samples that vary. */
  readonly days: readonly PairLook[];
  /** Null for a fixed design, without a plan, and before the first look. */
  readonly judgement: Judgement | null;
  readonly points: readonly SeriesPoint["comparisons"][number][];
}

/**
 * Follows a variant and the control from day to day, and judges their looks where the design has several. Adjusted
 * values are adjusted by what was known on the day.
 */
export function followPair(
  estimator: Estimator,
  question: Question,
  control: ComparedArm,
  variant: ComparedArm,
  isAdjusted: boolean,
): FollowedPair {
  const { method } = question.looks;
  const pairs = control.days.map((day, index) => pairAt(question, day, variant.days[index]!, isAdjusted));
  const points = (days: readonly PairLook[], terms: LookTerms | null) =>
    pointsOf(estimator, question, control, variant, pairs, days, terms);
  if (!isCarried(question.metric)) return { days: [], judgement: null, points: points([], null) };
  const days = control.days.flatMap(({ day, isFinal, exposed }, index): PairLook[] => {
    const pair = pairs[index]!;
    if (pair === null || !(contrastVariance(pair, 1) > 0)) return [];
    return [{ ...pair, day, isFinal, units: exposed + variant.days[index]!.exposed }];
  });
  const terms = termsOf(question, control, variant);
  return {
    days,
    judgement: terms && method !== "fixed" ? judgeLooks(lookDesigns[method], days, terms, question) : null,
    points: points(days, terms),
  };
}

/**
 * Whether a metric's days add units and leave alone what was counted before: sequences hold of nothing else. One without a
 * window goes on counting, and a cluster gains members after it has come in.
 */
export function isCarried({ window, per }: Pick<Metric, "window" | "per">): boolean {
  return window !== null && per === null;
}

function termsOf(
  { alpha, looks: { start } }: Question,
  control: ComparedArm,
  variant: ComparedArm,
): LookTerms | null {
  if (start === null || control.plannedInRun === null || variant.plannedInRun === null) return null;
  const plannedUnits = control.plannedInRun + variant.plannedInRun;
  return plannedUnits > 0 ? { alpha, start, plannedUnits } : null;
}

function pointsOf(
  estimator: Estimator,
  { alpha, looks: { method } }: Question,
  control: ComparedArm,
  variant: ComparedArm,
  pairs: readonly (Pair | null)[],
  days: readonly PairLook[],
  terms: LookTerms | null,
): FollowedPair["points"] {
  const sequences = terms && intervalsByDay(lookDesigns.sequential, days, terms);
  const repeated =
    terms && method === "group-sequential" ? intervalsByDay(lookDesigns[method], days, terms) : null;
  return control.days.map(({ day, reading }, index) => {
    const other = variant.days[index]!.reading;
    return {
      variant: variant.variant,
      absolute: fixedInterval(estimator, alpha, pairs[index]!, [reading.mean, other.mean]),
      sequence: sequences?.get(day) ?? null,
      repeated: repeated?.get(day) ?? null,
    };
  });
}

function fixedInterval(
  estimator: Estimator,
  alpha: number,
  pair: Pair | null,
  [control, variant]: readonly [number | null, number | null],
): Interval {
  if (pair === null) {
    const estimate = control !== null && variant !== null ? finite(variant - control) : null;
    return { estimate, lower: null, upper: null };
  }
  const { lower, upper } = estimator.absolute(pair, 1 - alpha);
  return { estimate: finite(differenceOf(pair)), lower: finite(lower), upper: finite(upper) };
}

function pairAt(
  { metric }: Question,
  control: ComparedArm["days"][number],
  variant: ComparedArm["days"][number],
  isAdjusted: boolean,
): Pair | null {
  const [a, b] = [control.reading.sample, variant.reading.sample];
  if (a === null || b === null) return null;
  const adjusted = isAdjusted ? adjustPair(metric, control, variant) : null;
  return adjusted !== null && typeof adjusted === "object"
    ? adjusted.pair
    : { control: a, variant: b, base: null };
}
