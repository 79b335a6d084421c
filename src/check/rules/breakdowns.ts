import { diagnose } from "../../diagnostics/diagnose.ts";
import { isAhead } from "../life.ts";
import type { Rule } from "../rule.ts";

/** Results are split by what the exposures tell of their units. */
export const breakdowns: Rule = {
  codes: ["breakdown/not-exposed"],
  check: ({ experiments, file: projectFile, warehouse }) => {
    if (warehouse === null) return [];
    const { layout } = warehouse;
    const known = (layout.kind === "events" ? layout.exposures : layout).attributes;
    const path = layout.kind === "events" ? ["warehouse", "sources", "exposures"] : ["warehouse", "perUnit"];
    const related = [{ place: { file: projectFile, path, part: "key" as const }, label: "where it is read" }];
    return experiments.filter(isAhead).flatMap(({ analysis, file }) =>
      analysis.breakdowns.flatMap((attribute, index) => {
        if (known.includes(attribute)) return [];
        const place = { file, path: ["analysis", "breakdowns", index] };
        return [
          diagnose(
            "breakdown/not-exposed",
            place,
            { attribute, known, list: [...path, "attributes"].join(".") },
            { related },
          ),
        ];
      }),
    );
  },
};
