import type { EvaluationContext, TrackingEventDetails } from "@openfeature/core";
import type { Attributes, Experiments } from "../../runtime/index.ts";
import { attributesFor, targetingUnitOf } from "./flag-context.ts";
import type { OpenFeatureOptions } from "./options.ts";

/** Logs a tracking event for all units that the context names; its details, `value` too, are the properties. */
export type TrackEvent = (
  event: string,
  context: EvaluationContext | undefined,
  details: TrackingEventDetails | undefined,
) => void;

export function createTracker({ experiments, every, ...options }: OpenFeatureOptions): TrackEvent {
  const units = [...new Map(every.map(({ unit }) => [unit.key, unit])).values()];
  const targetingUnit = targetingUnitOf(every, options.targetingUnit);
  const { track } = experiments as unknown as Pick<Experiments, "track">;
  return (event, context, details = {}) => {
    const ids: Record<string, unknown> = {};
    for (const unit of units) {
      const id = attributesFor(unit, context, targetingUnit)[unit.id];
      if (typeof id === "string" && id !== "") ids[unit.id] = id;
    }
    if (Object.keys(ids).length > 0) track(event, ids, { ...details } as Attributes);
  };
}
