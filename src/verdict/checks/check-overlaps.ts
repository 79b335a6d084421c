import type { Experiment } from "../../model/experiment.ts";
import { cochranQ } from "../../statistics/cochran-q.ts";
import { independence } from "../../statistics/independence.ts";
import type { ExperimentsInteractCheck } from "../generated/analysis.ts";
import type { HealthRecord } from "../health-record.ts";
import { adjustAll, judge, RARE } from "./family.ts";
import { compare, sampleOf, treatments } from "./plain-effect.ts";

/**
 * Units that are in another experiment too: are the two assignments independent, and are the effects on the primary metric
 * the same in each of the other's variants (Cochran's Q over them, Holm over this experiment's)? Others that were not
 * looked at are named, with nothing computed.
 */
export function checkOverlaps(
  experiment: Experiment,
  { overlaps = [], unseenOverlaps = [] }: HealthRecord,
): readonly ExperimentsInteractCheck[] {
  const seen = overlaps.map(({ experiment: other, variants, units, primary }) => {
    const tests = adjustAll(
      treatments(experiment).map(({ index, control }) => {
        const effects = (primary ?? []).map((arms) => {
          const test = compare(sampleOf(arms[control]), sampleOf(arms[index]));
          return { estimate: test?.estimate ?? null, standardError: test?.standardError ?? null };
        });
        return { pValue: cochranQ(effects)?.pValue ?? null };
      }),
    );
    const { pValue, status } = judge(tests, RARE);
    const apart = independence(units)?.pValue ?? null;
    return {
      check: "experiments-interact" as const,
      status: apart !== null && apart < RARE ? ("warning" as const) : status,
      experiment: other,
      units: experiment.variants.map(({ key }, index) => ({
        variant: key,
        other: Object.fromEntries(variants.map((variant, place) => [variant, units[index]?.[place] ?? 0])),
      })),
      independence: apart,
      pValue,
    };
  });
  const unseen = unseenOverlaps.map((other) => ({
    ...({ check: "experiments-interact", status: "not-computable", experiment: other } as const),
    ...{ units: [], independence: null, pValue: null },
  }));
  return [...seen, ...unseen];
}
