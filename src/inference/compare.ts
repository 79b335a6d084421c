import type { Sample } from "../statistics/sample.ts";
import { differenceSkewness } from "../statistics/skewness.ts";
import { testEquivalence } from "./equivalence.ts";
import type { Estimator, Reading } from "./estimator.ts";
import { finite } from "./finite.ts";
import { lookForHarm } from "./harm.ts";
import type { Comparison, HarmLook, Interval, NonInferiority, Note, Reporting } from "./metric-estimate.ts";
import { practicalMeaning } from "./practical.ts";
import type { Question } from "./question.ts";
import { skewnessNotes } from "./skewness-note.ts";

/** An arm beside what surrounds it. */
export interface ComparedArm {
  readonly variant: string;
  readonly reading: Reading;
  /** Mature exposed units. */
  readonly exposed: number;
  /** Exposed units that the plan asks for; null where it could not say. */
  readonly planned: number | null;
}

/** One variant against the control, with every number that exists and a note for what does not. */
export function compare(
  estimator: Estimator,
  question: Question,
  control: ComparedArm,
  variant: ComparedArm,
  reporting: Reporting | null,
): Comparison {
  const [a, b] = [control.reading.sample, variant.reading.sample];
  const effects = estimateEffects(estimator, question, control.reading, variant.reading);
  const numbers = a && b ? testEffects(estimator, question, a, b) : NOT_TESTED;
  const skewness = skewnessOf(control.reading, variant.reading);
  const harm = a && b ? watchHarm(question, control, variant, a, b) : unseenHarm(question);
  return {
    variant: variant.variant,
    ...numbers,
    adjustedPValue: null,
    intervalLevel: 1 - question.alpha,
    ...effects,
    practical: practicalMeaning(question, effects.absolute, effects.relative),
    skewness,
    nonInferiority: a && b ? testMargin(estimator, question, a, b) : untestedMargin(question),
    equivalence:
      a && b && question.mde
        ? testEquivalence(estimator, a, b, { mde: question.mde, alpha: question.alpha })
        : null,
    harm,
    reporting,
    notes: notesOf({
      estimator,
      question,
      control,
      variant,
      relative: effects.relative,
      skewness,
      reporting,
    }),
  };
}

function estimateEffects(
  estimator: Estimator,
  { alpha }: Question,
  control: Reading,
  variant: Reading,
): { readonly absolute: Interval; readonly relative: Interval } {
  const known = control.mean !== null && variant.mean !== null;
  const difference = known ? finite(variant.mean - control.mean) : null;
  const lift = known && control.mean > 0 && difference !== null ? finite(difference / control.mean) : null;
  const interval = (scale: "absolute" | "relative", estimate: number | null): Interval => {
    if (estimate === null || !control.sample || !variant.sample)
      return { estimate, lower: null, upper: null };
    const { lower, upper } = estimator[scale](control.sample, variant.sample, 1 - alpha);
    return { estimate, lower: finite(lower), upper: finite(upper) };
  };
  return { absolute: interval("absolute", difference), relative: interval("relative", lift) };
}

const NOT_TESTED = {
  statistic: null,
  degreesOfFreedom: null,
  pValue: null,
  power: null,
  powerAtMde: null,
  unitsNeeded: null,
  probabilityToBeatControl: null,
  expectedLoss: null,
};

function testEffects(estimator: Estimator, question: Question, control: Sample, variant: Sample) {
  const { alpha, power, sign, mde } = question;
  const test = estimator.test(control, variant);
  const belief = estimator.belief(control, variant, sign);
  const needed = finite(estimator.unitsNeeded(control, variant, alpha, power));
  const sought = mde && (mde.kind === "absolute" ? mde.value : mde.value * Math.max(control.mean, 0));
  return {
    statistic: finite(test.statistic),
    degreesOfFreedom: finite(test.degreesOfFreedom),
    pValue: finite(test.pValue),
    power: finite(estimator.powerAt(control, variant, variant.mean - control.mean, alpha)),
    powerAtMde: sought ? finite(estimator.powerAt(control, variant, sign * sought, alpha)) : null,
    unitsNeeded: needed === null ? null : Math.ceil(needed),
    probabilityToBeatControl: finite(belief.probabilityToBeatControl),
    expectedLoss: finite(belief.expectedLoss),
  };
}

function testMargin(
  estimator: Estimator,
  { margin, sign, alpha }: Question,
  control: Sample,
  variant: Sample,
): NonInferiority | null {
  if (margin === null) return null;
  const test = estimator.notWorse(control, variant, { margin, sign, alpha });
  const pValue = finite(test.pValue);
  return {
    margin,
    statistic: finite(test.statistic),
    pValue,
    bound: finite(test.bound),
    established: pValue !== null && pValue < alpha,
  };
}

function untestedMargin({ margin }: Question): NonInferiority | null {
  return margin && { margin, statistic: null, pValue: null, bound: null, established: false };
}

function watchHarm(
  { harm, margin, sign }: Question,
  control: ComparedArm,
  variant: ComparedArm,
  a: Sample,
  b: Sample,
): HarmLook | null {
  if (harm === null) return null;
  const plannedUnits =
    control.planned === null || variant.planned === null ? null : control.planned + variant.planned;
  const look = lookForHarm(a, b, {
    margin,
    sign,
    alpha: harm.alpha,
    units: control.exposed + variant.exposed,
    plannedUnits,
  });
  return { ...look, upper: finite(look.upper) };
}

function unseenHarm({ harm, margin }: Question): HarmLook | null {
  return harm && { upper: null, threshold: margin === null ? 0 : -margin.value, shown: false };
}

function skewnessOf(control: Reading, variant: Reading): number | null {
  if (!control.moments || !variant.moments) return null;
  return finite(differenceSkewness(control.moments, variant.moments));
}

function notesOf(compared: {
  readonly estimator: Estimator;
  readonly question: Question;
  readonly control: ComparedArm;
  readonly variant: ComparedArm;
  readonly relative: Interval;
  readonly skewness: number | null;
  readonly reporting: Reporting | null;
}): readonly Note[] {
  const { estimator, question, control, variant, relative, skewness, reporting } = compared;
  const [a, b] = [control.reading, variant.reading];
  const notes = new Set<Note>();
  for (const { missing } of [a, b]) if (missing !== null) notes.add(missing);
  if (a.sample && b.sample) {
    for (const note of estimator.doubts(a.sample, b.sample)) notes.add(note);
    const open = relative.lower === null || relative.upper === null;
    if (relative.estimate === null) notes.add("relative-undefined");
    else if (open && !notes.has("no-variance")) notes.add("unbounded");
  }
  for (const note of skewnessNotes(skewness)) notes.add(note);
  if (reporting?.pValue != null && reporting.pValue < question.alpha) notes.add("reporting-differs");
  if (question.harm !== null && question.harm.plannedUnits === null) notes.add("no-baseline");
  return [...notes];
}
