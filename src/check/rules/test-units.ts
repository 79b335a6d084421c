import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Rule } from "../rule.ts";

/** Test units are found by the ids that exposures carry. */
export const testUnits: Rule = {
  codes: ["exposure/test-units"],
  check: ({ file, warehouse }) => {
    if (warehouse?.layout.kind !== "events") return [];
    const { testUnits: listed, units } = warehouse.layout.exposures;
    const path = ["warehouse", "sources", "exposures"];
    const related = [
      { place: { file, path: [...path, "units"], part: "key" as const }, label: "the units with columns" },
    ];
    return Object.keys(listed)
      .filter((unit) => !Object.hasOwn(units, unit))
      .map((unit) =>
        diagnose(
          "exposure/test-units",
          { file, path: [...path, "testUnits", unit], part: "key" },
          { unit, known: Object.keys(units) },
          { related },
        ),
      );
  },
};
