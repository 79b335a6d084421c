import type { ExperimentPlan } from "../plan/plan.ts";
import { ABSENT, formatCount } from "../verdict/number-format.ts";

type PlannedVariant = ExperimentPlan["variants"][number];

/** Variants that still fit beside each other, a column each. */
const WIDEST = 4;

/** What heads the units of a plan: a column per variant, or two for all of many. */
export function unitColumns(
  { variants }: ExperimentPlan,
  name: (variant: PlannedVariant) => string = ({ key }) => key,
): readonly string[] {
  return variants.length <= WIDEST ? variants.map(name) : ["each variant", "all variants"];
}

/** The units under those heads, in the order of the variants; null where they are not known. */
export function unitCells({ variants }: ExperimentPlan, units: readonly number[] | null): readonly string[] {
  if (variants.length <= WIDEST) return variants.map((_, index) => formatCount(units?.[index] ?? null));
  if (units === null) return [ABSENT, ABSENT];
  const [fewest, most] = [formatCount(Math.min(...units)), formatCount(Math.max(...units))];
  const all = units.reduce((sum, count) => sum + count, 0);
  return [fewest === most ? fewest : `${fewest} to ${most}`, formatCount(all)];
}
