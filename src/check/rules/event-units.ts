import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Rule } from "../rule.ts";

/** The source of an event has a column for each unit that the event carries. */
export const eventUnits: Rule = {
  codes: ["event/unit-without-column"],
  check: ({ events, file, warehouse }) => {
    if (warehouse?.layout.kind !== "events") return [];
    const sources = new Map(warehouse.layout.events.map((source) => [source.key, source]));
    return events.flatMap(({ key, source, units }) => {
      const columns = sources.get(source)?.units;
      if (columns === undefined) return [];
      const place = { file, path: ["warehouse", "sources", source, "units"], part: "key" as const };
      return units.flatMap((unit, index) =>
        Object.hasOwn(columns, unit)
          ? []
          : [
              diagnose(
                "event/unit-without-column",
                { file, path: ["events", key, "units", index] },
                { event: key, unit, source },
                { related: [{ place, label: `the columns of \`${source}\`` }] },
              ),
            ],
      );
    });
  },
};
