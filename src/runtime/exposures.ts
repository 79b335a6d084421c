import type { Arm, Experiment } from "./experiment.ts";
import type { Exposure, UnitNames } from "./exposure.ts";
import { pick, readId, readValue } from "./pick.ts";
import type { Attributes } from "./targeting.ts";
import { RUNTIME } from "./version.ts";

export interface ExposuresOptions {
  /** Milliseconds since 1970-01-01T00:00Z, for the timestamps of messages. */
  readonly now: () => number;
  /** How many exposures are remembered, so that each is logged once. Default 50,000, about 3 MB. */
  readonly remembered?: number;
  /** The only attributes that exposures may carry. Default: all that their experiments read, private ones excepted. */
  readonly attributes?: readonly string[];
  /** The context keys of ids by the keys of their units: those that messages carry. */
  readonly unitNames?: UnitNames;
}

/**
 * The exposure of a unit to its arm; null where it meets no variant, or where its id is not new. Throws what a context
 * throws.
 */
export type MakeExposure = (
  experiment: Experiment,
  arm: Arm,
  context: unknown,
  isNew: (id: string) => boolean,
) => Exposure | null;

export function createExposures({
  attributes: allowed,
  now,
  unitNames = {},
}: ExposuresOptions): MakeExposure {
  return ({ attributes, iteration, key, unit }, { reason, variant }, context, isNew) => {
    const values = (context ?? {}) as Attributes;
    const unitId = readId(values[unit.id]);
    const forced = reason === "override";
    if (!unitId || !(forced || reason === "assigned")) return null;
    const id = `${key}/${iteration}/${variant}/${forced ? "forced/" : ""}${unitId}`;
    if (!isNew(id)) return null;
    const { [unit.key]: _, ...actingUnits } = pick(values, unitNames, readId);
    return {
      kind: "exposure",
      id,
      timestamp: now(),
      experiment: key,
      iteration,
      variant,
      unitType: unit.key,
      unitId,
      actingUnits,
      reason,
      forced,
      attributes: pick(
        values,
        attributes.filter((name) => !allowed || allowed.includes(name)),
        readValue,
      ),
      runtime: RUNTIME,
    };
  };
}
