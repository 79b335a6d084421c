import type { ArmGroup, Contrast } from "../model/contrasts.ts";
import { benjaminiHochberg } from "../statistics/adjust.ts";
import { cochranQ } from "../statistics/cochran-q.ts";
import { dataOfGroup, sumOfGroup } from "./arm-evidence.ts";
import type { Estimator, NullableBounds, Reading } from "./estimator.ts";
import { NO_BOUNDS } from "./estimator.ts";
import type { ArmsEvidence, GroupEvidence, MetricEvidence } from "./evidence.ts";
import { finite } from "./finite.ts";
import type { AgeStretch, Breakdown, ExploredComparison, InteractionTest, Note } from "./metric-estimate.ts";
import { contrastVariance, type Pair } from "./pair.ts";

interface Setting {
  readonly estimator: Estimator;
  readonly alpha: number;
  readonly groups: readonly ArmGroup[];
  readonly contrasts: readonly Contrast[];
}

const DAY = 86_400_000;

/** The metric by attributes at exposure: unadjusted values, fixed intervals, corrected over all values and variants (A.13). */
export function breakDown(
  setting: Setting,
  breakdowns: MetricEvidence["breakdowns"],
  overall: ReadonlyMap<string, number | null>,
): readonly Breakdown[] {
  const explored = (breakdowns ?? []).map(({ attribute, values }) => ({
    attribute,
    values: values.map((found) => ({ found, ...compareGroups(setting, found) })),
  }));
  const adjusted = corrected(
    explored.flatMap(({ values }) => values.flatMap(({ comparisons }) => comparisons)),
  );
  const interactions = explored.map(({ values }) =>
    setting.contrasts.map(({ of }, at) => {
      const effects = values.map(({ comparisons, pairs }) => ({
        estimate: comparisons[at]!.absolute.estimate,
        standardError: errorOf(pairs[at]!),
      }));
      return testInteraction(of.name, effects, overall.get(of.name) ?? null);
    }),
  );
  const raised = corrected(interactions.flat());
  return explored.map(({ attribute, values }, index) => ({
    attribute,
    interactions: interactions[index]!.map((test) => ({ ...test, adjustedPValue: raised.get(test) ?? null })),
    values: values.map(({ found, comparisons, means }) => ({
      value: found.value,
      other: found.other,
      units: unitsOf(setting, found),
      means,
      comparisons: comparisons.map((comparison) => ({
        ...comparison,
        adjustedPValue: adjusted.get(comparison) ?? null,
      })),
    })),
  }));
}

/** The effect in each stretch of time since exposure, by itself. */
export function followAge(setting: Setting, byAge: MetricEvidence["byAge"]): readonly AgeStretch[] {
  return (byAge ?? []).map((stretch) => ({
    from: stretch.from / DAY,
    to: stretch.to / DAY,
    units: unitsOf(setting, stretch),
    comparisons: compareGroups(setting, stretch).comparisons,
  }));
}

function compareGroups(
  { estimator, alpha, groups, contrasts }: Setting,
  evidence: ArmsEvidence & Pick<GroupEvidence, "quantile">,
) {
  const readings = new Map(
    groups.map((group) => [group.name, estimator.read(dataOfGroup(evidence, group), 1 - alpha)]),
  );
  const pairs = contrasts.map(({ against, of }) =>
    pairOf(readings.get(against.name)!, readings.get(of.name)!),
  );
  return {
    pairs,
    means: Object.fromEntries([...readings].map(([name, { mean }]) => [name, mean])),
    comparisons: contrasts.map(({ against, of }, at): ExploredComparison => {
      const [a, b] = [readings.get(against.name)!, readings.get(of.name)!];
      return explore(estimator, alpha, of.name, a, b, pairs[at]!);
    }),
  };
}

function explore(
  estimator: Estimator,
  alpha: number,
  variant: string,
  a: Reading,
  b: Reading,
  pair: Pair | null,
): ExploredComparison {
  const known = a.mean !== null && b.mean !== null;
  const difference = known ? finite(b.mean - a.mean) : null;
  const lift = difference !== null && a.mean !== null && a.mean > 0 ? finite(difference / a.mean) : null;
  const notes = new Set<Note>();
  for (const { missing } of [a, b]) if (missing !== null) notes.add(missing);
  if (pair) for (const note of estimator.doubts(pair)) notes.add(note);
  const bounds = (scale: "absolute" | "relative", estimate: number | null): NullableBounds =>
    pair !== null && estimate !== null ? estimator[scale](pair, 1 - alpha) : NO_BOUNDS;
  const interval = (scale: "absolute" | "relative", estimate: number | null) => {
    const { lower, upper } = bounds(scale, estimate);
    return { estimate, lower: finite(lower), upper: finite(upper) };
  };
  return {
    variant,
    pValue: pair && finite(estimator.test(pair).pValue),
    adjustedPValue: null,
    absolute: interval("absolute", difference),
    relative: interval("relative", lift),
    notes: [...notes],
  };
}

function pairOf({ sample: control }: Reading, { sample: variant }: Reading): Pair | null {
  return control && variant && { control, variant, base: null };
}

function errorOf(pair: Pair | null): number | null {
  return pair && Math.sqrt(contrastVariance(pair, 1));
}

function testInteraction(
  variant: string,
  effects: readonly { readonly estimate: number | null; readonly standardError: number | null }[],
  overall: number | null,
): InteractionTest {
  const test = cochranQ(effects);
  const known = effects.flatMap(({ estimate }) => estimate ?? []);
  return {
    variant,
    statistic: finite(test?.statistic),
    degreesOfFreedom: test?.degreesOfFreedom ?? null,
    pValue: finite(test?.pValue),
    adjustedPValue: null,
    reversed:
      overall !== null && overall !== 0 && known.length > 1 && known.every((effect) => effect * overall < 0),
  };
}

function corrected<Test extends { readonly pValue: number | null }>(
  tests: readonly Test[],
): ReadonlyMap<Test, number | null> {
  const pValues = benjaminiHochberg(tests.map(({ pValue }) => pValue));
  return new Map(tests.map((test, index) => [test, pValues[index] ?? null]));
}

function unitsOf({ groups }: Setting, { exposed }: ArmsEvidence): Readonly<Record<string, number>> {
  return Object.fromEntries(groups.map((group) => [group.name, sumOfGroup(exposed, group)]));
}
