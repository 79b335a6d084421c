import { instantOf } from "./date.ts";
import {
  among,
  type Check,
  finite,
  kinds,
  list,
  membersOf,
  name,
  one,
  record,
  scalar,
  text,
} from "./json-check.ts";
import { parsePattern } from "./pattern-syntax.ts";
import { parseRange } from "./range.ts";

const DEEPEST = 1_000;
const MOST_PARTS = 100_000;
const LONGEST_PATTERN = 10_000;

const ATTRIBUTE_TYPES = ["string", "number", "boolean", "version", "list", "date"];

/** A condition: neither deeper nor larger than an app can evaluate. */
export function conditionCheck(): Check {
  const attribute = attributeCheck();
  return (value, path, faults) => {
    let parts = 0;
    function walk(part: unknown, place: string, depth: number): void {
      const members = membersOf(part);
      const kind = members?.get("kind");
      if (++parts > MOST_PARTS || depth > DEEPEST) faults.add(path, "a smaller condition");
      else if (kind === "not") walk(members?.get("condition"), `${place}.condition`, depth + 1);
      else if (kind === "all" || kind === "any")
        list((item, itemPlace) => walk(item, itemPlace, depth + 1), 0, MOST_PARTS)(
          members?.get("conditions"),
          `${place}.conditions`,
          faults,
        );
      else attribute(part, place, faults);
    }
    walk(value, path, 1);
  };
}

/** A condition on one attribute, by its kind. */
function attributeCheck(): Check {
  const withText = record({ attribute: name, value: text });
  return kinds({
    "one-of": record({ attribute: name, values: list(scalar, 0, MOST_PARTS) }),
    compare: record({ attribute: name, operator: among("<", "<=", ">", ">="), value: finite }),
    contains: withText,
    "has-part": withText,
    "starts-with": withText,
    "ends-with": withText,
    matches: record({ attribute: name, pattern: one("a pattern", isPattern) }),
    semver: record({
      attribute: name,
      range: one("a range of versions", (value) => typeof value === "string" && parseRange(value) !== null),
    }),
    date: record({
      attribute: name,
      operator: among("before", "from"),
      day: one("a day", (value) => isDate(value) && String(value).length === 10),
      instant: one("an instant", isDate),
    }),
    present: record({ attribute: name, type: among(...ATTRIBUTE_TYPES) }),
  });
}

function isPattern(value: unknown): boolean {
  return typeof value === "string" && value.length <= LONGEST_PATTERN && !("fault" in parsePattern(value));
}

function isDate(value: unknown): boolean {
  return typeof value === "string" && !Number.isNaN(instantOf(value));
}
