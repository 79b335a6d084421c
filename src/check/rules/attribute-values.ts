import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Rule } from "../rule.ts";

export const attributeValues: Rule = {
  codes: ["attribute/values-of-type"],
  check: ({ attributes, file }) =>
    attributes
      .filter(({ type, values }) => values !== null && (type === "number" || type === "boolean"))
      .map(({ key, type }) =>
        diagnose(
          "attribute/values-of-type",
          { file, path: ["attributes", key, "values"], part: "key" },
          { attribute: key, type },
        ),
      ),
};
