import type { AssignedArm, Experiment } from "./experiment.ts";
import type { Attributes } from "./targeting.ts";

/** A unit met its variant. */
export interface Exposure {
  readonly kind: "exposure";
  /** The same for the same unit, experiment, iteration and variant: where copies arrive, one is enough. */
  readonly id: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly timestamp: number;
  readonly experiment: string;
  readonly iteration: number;
  readonly variant: string;
  /** Key of the unit. */
  readonly unitType: string;
  readonly unitId: string;
  readonly reason: "assigned" | "override";
  /** By an override or by `force`; never analysed. */
  readonly forced: boolean;
  /** Those that the experiment reads, private and missing ones excepted. */
  readonly attributes: Attributes;
}

/** A unit did something. */
export interface TrackedEvent {
  readonly kind: "event";
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly timestamp: number;
  readonly event: string;
  /** Ids by their names in a context: `{ userId: "u-42" }`. */
  readonly units: object;
  readonly properties: object;
}

/** The exposure of a context's unit to a variant of an experiment. */
export function exposureOf(
  experiment: Experiment,
  arm: AssignedArm,
  unitId: string,
  context: Attributes,
  timestamp: number,
): Exposure {
  return {
    kind: "exposure",
    id: `${experiment.key}/${experiment.iteration}/${arm.variant}/${unitId}`,
    timestamp,
    experiment: experiment.key,
    iteration: experiment.iteration,
    variant: arm.variant,
    unitType: experiment.unit.key,
    unitId,
    reason: arm.reason,
    forced: arm.reason === "override",
    attributes: Object.fromEntries(
      experiment.attributes
        .map((attribute) => [attribute, context[attribute]] as const)
        .filter(([, value]) => value !== null && value !== undefined),
    ),
  };
}
