import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Rule } from "../rule.ts";

/** Ids of units and attributes are keys of one object, the context that an app passes. */
export const contextNames: Rule = {
  codes: ["names/unit-and-attribute"],
  check: ({ attributes, file, units }) =>
    attributes.flatMap(({ key }) =>
      units
        .filter(({ id }) => id === key)
        .map((unit) =>
          diagnose(
            "names/unit-and-attribute",
            { file, path: ["attributes", key], part: "key" },
            { name: key, unit: unit.key },
            {
              related: [
                { place: { file, path: ["units", unit.key, "id"] }, label: `the id of \`${unit.key}\`` },
              ],
            },
          ),
        ),
    ),
};
