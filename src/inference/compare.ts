import { normalSf } from "../statistics/normal.ts";
import type { ComparedArm } from "./compared-arm.ts";
import { testEquivalence } from "./equivalence.ts";
import type { Estimator, Reading } from "./estimator.ts";
import { finite } from "./finite.ts";
import { type FollowedPair, isCarried } from "./follow-pair.ts";
import type { Judgement } from "./judge-looks.ts";
import type { Comparison, Interval, NonInferiority, Note, Reporting } from "./metric-estimate.ts";
import { baseOf, differenceOf, type Pair } from "./pair.ts";
import { practicalMeaning } from "./practical.ts";
import type { Question } from "./question.ts";
import { skewnessNotes } from "./skewness-note.ts";
import { watchHarm } from "./watch-harm.ts";

/** One variant against the control, with every number that exists and a note for what does not. */
export function compare(compared: {
  readonly estimator: Estimator;
  readonly question: Question;
  readonly control: ComparedArm;
  readonly variant: ComparedArm;
  /** As they are compared: as read, or adjusted. Null where an arm has no sample. */
  readonly pair: Pair | null;
  readonly skewness: number | null;
  readonly reporting: Reporting | null;
  readonly followed: FollowedPair;
}): Comparison {
  const { estimator, question, control, variant, pair, skewness, reporting, followed } = compared;
  const fixed = estimateEffects(estimator, question, control.reading, variant.reading, pair);
  const repeated = repeatedly(question, followed);
  const effects = repeated === null ? fixed : (repeated.effects ?? withoutBounds(fixed));
  const alpha = repeated ? repeated.nominalAlpha : question.alpha;
  const numbers = pair ? testEffects(estimator, question, alpha, pair) : NOT_TESTED;
  const plannedUnits =
    control.planned === null || variant.planned === null ? null : control.planned + variant.planned;
  const now = pair ? [{ ...pair, units: control.exposed + variant.exposed }] : [];
  return {
    variant: variant.variant,
    ...numbers,
    ...repeated?.test,
    adjustedPValue: null,
    intervalLevel: 1 - question.alpha,
    ...effects,
    practical: practicalMeaning(question, effects.absolute, effects.relative),
    skewness,
    nonInferiority: repeated
      ? repeated.nonInferiority
      : pair
        ? testMargin(estimator, question, pair)
        : untestedMargin(question),
    equivalence:
      pair && question.mde
        ? testEquivalence(estimator, pair, { mde: question.mde, alpha: question.alpha })
        : null,
    harm: watchHarm(question, plannedUnits, [...followed.days, ...now]),
    look: repeated?.look ?? null,
    reporting,
    cuped: null,
    sensitivity: null,
    notes: [...notesOf({ ...compared, effects }), ...lookNotes(question, followed)],
  };
}

/** What takes the place of the fixed test's numbers; null for a fixed design, and for a metric that cannot be looked at. */
function repeatedly(question: Question, { judgement }: FollowedPair) {
  if (!isLookedAt(question)) return null;
  return {
    look: judgement?.look ?? null,
    nominalAlpha: nominalAlpha(judgement),
    test: {
      statistic: judgement?.statistic ?? null,
      degreesOfFreedom: null,
      pValue: judgement?.pValue ?? null,
    },
    effects: judgement && { absolute: judgement.absolute, relative: judgement.relative },
    nonInferiority: judgement ? judgement.nonInferiority : untestedMargin(question),
  };
}

/** Before the first look there is an estimate, and nothing to say of how far off it may be. */
function withoutBounds({ absolute, relative }: { readonly absolute: Interval; readonly relative: Interval }) {
  return {
    absolute: { ...absolute, lower: null, upper: null },
    relative: { ...relative, lower: null, upper: null },
  };
}

/** Of the last look's boundary by itself: what its power is of. */
function nominalAlpha(judgement: Judgement | null): number | null {
  const boundary = judgement?.look.boundary ?? null;
  return boundary === null ? null : 2 * normalSf(boundary);
}

/** Whether the design's looks are right for the metric: its days add units, and leave alone what was counted before. */
export function isLookedAt({ looks, metric }: Question): boolean {
  return looks.method !== "fixed" && isCarried(metric) && metric.kind !== "quantile";
}

function lookNotes(question: Question, { judgement }: FollowedPair): readonly Note[] {
  const { looks, harm } = question;
  if (looks.method === "fixed") return [];
  if (!isLookedAt(question)) return ["single-look"];
  if (judgement === null) {
    if (looks.plannedUnits !== null) return ["no-look"];
    return harm === null ? ["no-baseline"] : [];
  }
  return judgement.drifted ? ["effect-drift"] : [];
}

function estimateEffects(
  estimator: Estimator,
  { alpha }: Question,
  control: Reading,
  variant: Reading,
  pair: Pair | null,
): { readonly absolute: Interval; readonly relative: Interval } {
  const known = control.mean !== null && variant.mean !== null;
  const difference = known ? finite(pair ? differenceOf(pair) : variant.mean - control.mean) : null;
  const base = pair ? baseOf(pair).mean : control.mean;
  const lift = base !== null && base > 0 && difference !== null ? finite(difference / base) : null;
  const interval = (scale: "absolute" | "relative", estimate: number | null): Interval => {
    if (estimate === null || pair === null) return { estimate, lower: null, upper: null };
    const { lower, upper } = estimator[scale](pair, 1 - alpha);
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

/** `lookAlpha` is that of this look, null where no look could find anything. */
function testEffects(estimator: Estimator, question: Question, lookAlpha: number | null, pair: Pair) {
  const { alpha, power, sign, mde, looks } = question;
  const test = estimator.test(pair);
  const belief = estimator.belief(pair, sign);
  const needed = finite(estimator.unitsNeeded(pair, alpha, power));
  const powerAt = (difference: number) =>
    lookAlpha === null ? null : finite(estimator.powerAt(pair, difference, lookAlpha));
  const sought = mde && (mde.kind === "absolute" ? mde.value : mde.value * Math.max(baseOf(pair).mean, 0));
  return {
    statistic: finite(test.statistic),
    degreesOfFreedom: finite(test.degreesOfFreedom),
    pValue: finite(test.pValue),
    power: powerAt(differenceOf(pair)),
    powerAtMde: sought ? powerAt(sign * sought) : null,
    unitsNeeded: needed === null ? null : Math.ceil(needed * looks.inflation),
    probabilityToBeatControl: finite(belief.probabilityToBeatControl),
    expectedLoss: finite(belief.expectedLoss),
  };
}

function testMargin(
  estimator: Estimator,
  { margin, sign, alpha }: Question,
  pair: Pair,
): NonInferiority | null {
  if (margin === null) return null;
  const test = estimator.notWorse(pair, { margin, sign, alpha });
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

function notesOf(compared: {
  readonly estimator: Estimator;
  readonly question: Question;
  readonly control: ComparedArm;
  readonly variant: ComparedArm;
  readonly pair: Pair | null;
  readonly effects: { readonly absolute: Interval; readonly relative: Interval };
  readonly skewness: number | null;
  readonly reporting: Reporting | null;
}): readonly Note[] {
  const { estimator, question, control, variant, pair, skewness, reporting } = compared;
  const { absolute, relative } = compared.effects;
  const [a, b] = [control.reading, variant.reading];
  const notes = new Set<Note>();
  for (const { missing } of [a, b]) if (missing !== null) notes.add(missing);
  if (pair) {
    for (const note of estimator.doubts(pair)) notes.add(note);
    const open = absolute.lower !== null && (relative.lower === null || relative.upper === null);
    if (relative.estimate === null) notes.add("relative-undefined");
    else if (open) notes.add("unbounded");
  }
  for (const note of skewnessNotes(skewness)) notes.add(note);
  if (reporting?.pValue != null && reporting.pValue < question.alpha) notes.add("reporting-differs");
  if (question.harm !== null && question.harm.plannedUnits === null) notes.add("no-baseline");
  return [...notes];
}
