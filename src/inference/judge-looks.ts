import type { Effect } from "../model/effect.ts";
import { fiellerLift } from "../statistics/fieller.ts";
import { NO_BOUNDS, type NullableBounds } from "./estimator.ts";
import { finite } from "./finite.ts";
import type { LookDesign, LookTerms, PairLook, TakenLook } from "./look-design.ts";
import type { Interval, LookState, NonInferiority } from "./metric-estimate.ts";
import { baseOf, contrastVariance, differenceOf, type Pair } from "./pair.ts";

/** What a design makes of all looks so far. */
export interface Judgement {
  readonly look: LookState;
  /** z of the last look. */
  readonly statistic: number;
  readonly pValue: number | null;
  readonly absolute: Interval;
  readonly relative: Interval;
  readonly nonInferiority: NonInferiority | null;
  /** Looks exclude each other's effects: there is no interval, and no p-value. */
  readonly drifted: boolean;
}

export interface LookQuestion {
  readonly margin: Effect | null;
  readonly sign: 1 | -1;
}

/** Null where there has been no look yet. */
export function judgeLooks(
  design: LookDesign,
  days: readonly PairLook[],
  terms: LookTerms,
  question: LookQuestion,
): Judgement | null {
  const looks = design.take(days, terms);
  const last = looks.at(-1);
  if (last === undefined) return null;
  const critical = design.criticalValues(looks, terms, 2);
  const statistics = looks.map((look) => differenceOf(look) / errorOf(look, 1));
  const crossed = statistics.findIndex((statistic, index) => Math.abs(statistic) >= critical[index]!);
  const absolute = design.combine(looks.map((look, index) => absoluteBounds(look, critical[index]!)));
  const relative = design.combine(looks.map((look, index) => relativeBounds(look, critical[index]!)));
  const base = baseOf(last).mean;
  const lift = base > 0 ? differenceOf(last) / base : null;
  return {
    look: {
      number: looks.length,
      day: last.day,
      units: last.units,
      plannedUnits: terms.plannedUnits,
      fraction: last.fraction,
      boundary: finite(critical.at(-1)),
      crossed: crossed < 0 ? null : { number: crossed + 1, day: looks[crossed]!.day },
    },
    statistic: statistics.at(-1)!,
    pValue: absolute === null ? null : design.pValue(looks, statistics, terms, 2),
    absolute: { estimate: finite(differenceOf(last)), ...(absolute ?? NO_BOUNDS) },
    relative: { estimate: finite(lift), ...(relative ?? NO_BOUNDS) },
    nonInferiority:
      question.margin && judgeMargin(design, looks, terms, { ...question, margin: question.margin }),
    drifted: absolute === null || relative === null,
  };
}

/** The absolute interval of the design on each of its looks, by day. */
export function intervalsByDay(
  design: LookDesign,
  days: readonly PairLook[],
  terms: LookTerms,
): ReadonlyMap<string, NullableBounds> {
  const looks = design.take(days, terms);
  const critical = design.criticalValues(looks, terms, 2);
  const bounds = looks.map((look, index) => absoluteBounds(look, critical[index]!));
  return new Map(
    looks.map(({ day }, index) => [day, design.combine(bounds.slice(0, index + 1)) ?? NO_BOUNDS]),
  );
}

/**
 * Whether the benefit is above −margin. A relative margin m is of the control's true mean: the test is of variant −
 * (1 ∓ m)·control, and the bound, on the margin's scale, is where it turns (A.12).
 */
function judgeMargin(
  design: LookDesign,
  looks: readonly TakenLook[],
  terms: LookTerms,
  { margin, sign }: { readonly margin: Effect; readonly sign: 1 | -1 },
): NonInferiority {
  const isRelative = margin.kind === "relative";
  const untested = { margin, statistic: null, pValue: null, bound: null, established: false };
  if (isRelative && looks.some((look) => baseOf(look).mean <= 0)) return untested;
  const statistics = looks.map((look) => {
    const distance = isRelative ? margin.value * baseOf(look).mean : margin.value;
    const weight = isRelative ? 1 - sign * margin.value : 1;
    return (sign * differenceOf(look) + distance) / errorOf(look, weight);
  });
  const critical = design.criticalValues(looks, terms, 1);
  const bounds = looks.map((look, index) => {
    const { lower, upper } = (isRelative ? relativeBounds : absoluteBounds)(look, critical[index]!);
    return { lower: sign > 0 ? lower : upper === null ? null : -upper, upper: null };
  });
  return {
    margin,
    statistic: finite(statistics.at(-1)),
    pValue: finite(design.pValue(looks, statistics, terms, 1)),
    bound: design.combine(bounds)?.lower ?? null,
    established: statistics.some((statistic, index) => statistic > critical[index]!),
  };
}

/** Standard error of variant − weight·control. */
function errorOf(look: Pair, weight: number): number {
  return Math.sqrt(contrastVariance(look, weight));
}

function absoluteBounds(look: PairLook, critical: number): NullableBounds {
  const reach = critical * errorOf(look, 1);
  return { lower: finite(differenceOf(look) - reach), upper: finite(differenceOf(look) + reach) };
}

/** Fieller's, at the look's own critical value. */
function relativeBounds(look: PairLook, critical: number): NullableBounds {
  const base = baseOf(look);
  const bounds =
    Number.isFinite(critical) &&
    fiellerLift({
      difference: differenceOf(look),
      varianceDifference: errorOf(look, 1) ** 2,
      controlMean: base.mean,
      varianceControlMean: base.variance,
      covariance: base.covariance,
      critical,
    });
  return bounds ? { lower: finite(bounds.lower), upper: finite(bounds.upper) } : NO_BOUNDS;
}
