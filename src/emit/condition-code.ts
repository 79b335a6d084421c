import type { Condition } from "../runtime/manifest.ts";
import { type Comparator, parseRange } from "../runtime/range.ts";
import { type Expression, FALSE, join, type Leaf } from "./expression.ts";
import { propertyOf, quote } from "./literal.ts";

/** The condition as code over `context`; with `wanted` false, its negation, pushed down to the attributes. */
export function conditionCode(condition: Condition, wanted = true): Expression {
  switch (condition.kind) {
    case "all":
    case "any":
      return join(
        (condition.kind === "all") === wanted ? "&&" : "||",
        condition.conditions.map((part) => conditionCode(part, wanted)),
      );
    case "not":
      return conditionCode(condition.condition, !wanted);
    case "one-of": {
      const { attribute, values } = condition;
      if (wanted)
        return join(
          "||",
          values.map((value) => call("is", attribute, value)),
        );
      const types = [...new Set(values.map((value) => typeof value))];
      const differing = types.map((type) =>
        join(
          "&&",
          values.filter((value) => typeof value === type).map((value) => call("differs", attribute, value)),
        ),
      );
      return join("||", differing);
    }
    case "contains":
      return call(wanted ? "contains" : "lacks", condition.attribute, condition.value);
    case "semver": {
      const comparators = parseRange(condition.range);
      if (!comparators) return FALSE;
      return join(
        wanted ? "&&" : "||",
        comparators.map((comparator) => comparison(condition.attribute, comparator, wanted)),
      );
    }
  }
}

const NEGATED = { ">=": "<", ">": "<=", "<=": ">", "<": ">=" } as const;

function call(name: string, attribute: string, value: string | number | boolean): Leaf {
  const argument = typeof value === "string" ? quote(value) : value;
  return { text: `${name}(${propertyOf("context", attribute)}, ${argument})`, uses: [name] };
}

function comparison(attribute: string, { operator, version }: Comparator, wanted: boolean): Leaf {
  const preReleases = /^[^+]*-/.test(version) ? ["comparePreReleases"] : [];
  const values = [propertyOf("context", attribute), quote(version), ...preReleases];
  const order = `compareVersions(${values.join(", ")})`;
  const uses = ["compareVersions", ...preReleases];
  if (operator === "=") return { text: wanted ? `${order} === 0` : `Math.abs(${order}) > 0`, uses };
  return { text: `${order} ${wanted ? operator : NEGATED[operator]} 0`, uses };
}
