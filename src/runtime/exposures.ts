import type { Arm, Experiment } from "./experiment.ts";
import type { Exposure, UnitNames } from "./exposure.ts";
import { pick, readId, readValue } from "./pick.ts";
import { createRecent } from "./recent.ts";
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

/** Makes exposures, and remembers them, so that each is logged once. */
export interface Exposures {
  /**
   * The exposure of a unit to its arm; null where it meets no variant, or, unless it is made for `later`, where it
   * was made before. Throws what a context throws.
   */
  make(experiment: Experiment, arm: Arm, context: unknown, later?: boolean): Exposure | null;
  /** Whether an exposure that was made for later is to be logged now. */
  isNew(exposure: Exposure): boolean;
}

export function createExposures({
  attributes: allowed,
  now,
  remembered = 50_000,
  unitNames = {},
}: ExposuresOptions): Exposures {
  const recent = createRecent(remembered);
  return {
    make({ attributes, iteration, key, unit }, { reason, variant }, context, later) {
      const values = (context ?? {}) as Attributes;
      const unitId = readId(values[unit.id]);
      if (!unitId || variant === null || reason === "concluded") return null;
      const forced = reason === "override";
      const id = `${key}/${iteration}/${variant}/${forced ? "forced/" : ""}${unitId}`;
      if (!later && !recent.meet(id)) return null;
      const { [unit.key]: _, ...others } = unitNames;
      const carried = attributes.filter((name) => !allowed || allowed.includes(name));
      return {
        kind: "exposure",
        id,
        timestamp: now(),
        experiment: key,
        iteration,
        variant,
        unitType: unit.key,
        unitId,
        actingUnits: pick(values, others, readId),
        reason: reason as Exposure["reason"],
        forced,
        attributes: pick(values, carried, readValue),
        runtime: RUNTIME,
      };
    },
    isNew: ({ id }) => recent.meet(id),
  };
}
