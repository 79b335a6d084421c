import type { Message } from "../../runtime/index.ts";

/** Ids by the keys of their units: of an exposure, its own unit's and those of the acting ones. */
export function idsOf(message: Message): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(
      message.kind === "event"
        ? message.units
        : { ...message.actingUnits, [message.unitType]: message.unitId },
    ),
  );
}
