import type { ArmGroup } from "../model/contrasts.ts";
import type { Experiment } from "../model/experiment.ts";
import { type Moments, mergeMoments } from "../statistics/moments.ts";
import type { ArmData } from "./estimator.ts";
import type { ArmsEvidence, DayEvidence, MetricEvidence } from "./evidence.ts";

/** All that is known of the units of one arm, or of several taken together. */
export interface ArmEvidence extends ArmSoFar {
  readonly name: string;
  /** At the end of each day whose data decide; the same days in all arms. */
  readonly days: readonly (ArmSoFar & { readonly day: string; readonly isFinal: boolean })[];
}

interface ArmSoFar {
  readonly data: ArmData;
  /** Of (outcome, the same before exposure); null where it is not adjusted for. */
  readonly covariates: Moments | null;
  /** Mature exposed units. */
  readonly exposed: number;
}

/** The evidence of a group of variants. */
export function gather(
  evidence: MetricEvidence,
  days: readonly DayEvidence[],
  isFinal: boolean,
  group: ArmGroup,
): ArmEvidence {
  return {
    name: group.name,
    ...together(evidence, evidence.covariates, evidence.quantile, group),
    days: days.map((so, at) => ({
      day: so.day,
      isFinal: isFinal && at === days.length - 1,
      ...together(so, so.covariates, undefined, group),
    })),
  };
}

/** From the first day with mature units; an unfinished day is none, unless it is the last that counts. */
export function decidingDays({ series = [] }: MetricEvidence, isFinal: boolean): readonly DayEvidence[] {
  const whole = series.filter(({ isOver }, index) => isOver || (isFinal && index === series.length - 1));
  const first = whole.findIndex(({ exposed }) => exposed.some((units) => units > 0));
  return first < 0 ? [] : whole.slice(first);
}

/** What an engine says of a group's arms taken together. */
export function dataOfGroup(
  { arms, quantile }: Pick<ArmsEvidence, "arms"> & { readonly quantile?: MetricEvidence["quantile"] },
  group: ArmGroup,
): ArmData {
  const [first, ...others] = group.cells;
  return {
    moments: momentsOfGroup({ arms }, group),
    // The quantile of several arms together is not a function of theirs.
    quantile: first !== undefined && others.length === 0 ? quantile?.[first] : undefined,
  };
}

/** The moments of a group: those of its arms, merged. */
function momentsOfGroup({ arms }: Pick<ArmsEvidence, "arms">, { cells }: ArmGroup): Moments {
  return cells.map((cell) => arms[cell] ?? NO_UNITS).reduce(mergeMoments, NO_UNITS);
}

export function sumOfGroup(counts: readonly number[], { cells }: ArmGroup): number {
  return cells.reduce((sum, cell) => sum + (counts[cell] ?? 0), 0);
}

/** A group's share of numbers that a plan may lack. */
export function plannedOf(planned: readonly number[] | null | undefined, group: ArmGroup): number | null {
  if (planned == null || group.cells.some((cell) => planned[cell] === undefined)) return null;
  return sumOfGroup(planned, group);
}

/** The group that a variant is by itself. */
export function groupOf({ variants }: Experiment, index: number): ArmGroup {
  return { name: variants[index]!.key, cells: [index] };
}

function together(
  evidence: ArmsEvidence,
  covariates: { readonly arms: readonly Moments[] } | undefined,
  quantile: MetricEvidence["quantile"],
  group: ArmGroup,
): ArmSoFar {
  return {
    data: dataOfGroup({ ...evidence, quantile }, group),
    covariates: covariates ? momentsOfGroup(covariates, group) : null,
    exposed: sumOfGroup(evidence.exposed, group),
  };
}

const NO_UNITS: Moments = { units: 0, means: [], second: [], third: [] };
