import type { Sample } from "../statistics/sample.ts";
import type { ComparedArm } from "./compared-arm.ts";
import type { Estimator } from "./estimator.ts";
import { finite } from "./finite.ts";
import { intervalsByDay, type Judgement, judgeLooks } from "./judge-looks.ts";
import type { LookTerms, PairLook } from "./look-design.ts";
import { lookDesigns } from "./look-designs.ts";
import type { Interval, SeriesPoint } from "./metric-estimate.ts";
import type { Question } from "./question.ts";

/** A comparison over the days of a run. */
export interface FollowedPair {
  /** Days with two samples that vary. */
  readonly days: readonly PairLook[];
  /** Null for a fixed design, without a plan, and before the first look. */
  readonly judgement: Judgement | null;
  readonly points: readonly SeriesPoint["comparisons"][number][];
}

/** Follows a variant and the control from day to day, and judges their looks where the design has several. */
export function followPair(
  estimator: Estimator,
  question: Question,
  control: ComparedArm,
  variant: ComparedArm,
): FollowedPair {
  const days = control.days.flatMap(({ day, isFinal, reading, exposed }, index): PairLook[] => {
    const other = variant.days[index]!;
    const [a, b] = [reading.sample, other.reading.sample];
    if (a === null || b === null || !(a.variance + b.variance > 0)) return [];
    return [{ day, isFinal, control: a, variant: b, units: exposed + other.exposed }];
  });
  const terms = termsOf(question, control, variant);
  const { method } = question.looks;
  return {
    days,
    judgement: terms && method !== "fixed" ? judgeLooks(lookDesigns[method], days, terms, question) : null,
    points: pointsOf(estimator, question, control, variant, days, terms),
  };
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
      absolute: fixedInterval(estimator, alpha, reading, other),
      sequence: sequences?.get(day) ?? null,
      repeated: repeated?.get(day) ?? null,
    };
  });
}

function fixedInterval(
  estimator: Estimator,
  alpha: number,
  control: { readonly mean: number | null; readonly sample: Sample | null },
  variant: { readonly mean: number | null; readonly sample: Sample | null },
): Interval {
  const known = control.mean !== null && variant.mean !== null;
  const estimate = known ? finite(variant.mean - control.mean) : null;
  if (estimate === null || !control.sample || !variant.sample) return { estimate, lower: null, upper: null };
  const { lower, upper } = estimator.absolute(control.sample, variant.sample, 1 - alpha);
  return { estimate, lower: finite(lower), upper: finite(upper) };
}
