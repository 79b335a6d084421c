import type { Condition } from "../../../src/runtime/manifest.ts";

/** What a test says of a value: null where the value is missing. */
type Answer = boolean | null;

/** What conditions mean, written for reading: three-valued at the tests, negations carried down to them. */
export function referenceHolds(
  condition: Condition,
  context: Readonly<Record<string, unknown>>,
  wanted = true,
): boolean {
  if (condition.kind === "not") return referenceHolds(condition.condition, context, !wanted);
  if (condition.kind === "all" || condition.kind === "any") {
    const parts = condition.conditions.map((part) => referenceHolds(part, context, wanted));
    return (condition.kind === "all") === wanted ? !parts.includes(false) : parts.includes(true);
  }
  return answer(condition, context[condition.attribute]) === wanted;
}

function answer(test: Extract<Condition, { readonly attribute: string }>, value: unknown): Answer {
  switch (test.kind) {
    case "one-of": {
      if (Number.isNaN(value)) return null;
      if (test.values.some((listed) => Object.is(listed, value) || (listed === 0 && value === 0)))
        return true;
      return test.values.some((listed) => typeof listed === typeof value) ? false : null;
    }
    case "compare": {
      if (typeof value !== "number" || Number.isNaN(value)) return null;
      return {
        "<": value < test.value,
        "<=": value <= test.value,
        ">": value > test.value,
        ">=": value >= test.value,
      }[test.operator];
    }
    case "contains":
      return Array.isArray(value) ? value.indexOf(test.value) >= 0 : null;
    case "has-part":
      return typeof value === "string" ? value.split(test.value).length > 1 || test.value === "" : null;
    case "starts-with":
      return typeof value === "string" ? value.slice(0, test.value.length) === test.value : null;
    case "ends-with":
      return typeof value === "string"
        ? value.length >= test.value.length && value.slice(value.length - test.value.length) === test.value
        : null;
    case "matches":
      return typeof value === "string" ? matches(test.pattern, value) : null;
    case "semver":
      return inRange(test.range, value);
    case "date": {
      const found = readDate(value);
      if (found === null) return null;
      const bound = readDate(found.isDay ? test.day : test.instant)!;
      return test.operator === "before" ? found.time < bound.time : found.time >= bound.time;
    }
    case "present":
      return isPresent(test.type, value);
  }
}

function matches(pattern: string, text: string): Answer {
  const bad = ["(", "(?=a)", "a{9999}"].includes(pattern);
  return bad ? null : new RegExp(pattern, "u").test(text);
}

function isPresent(type: string, value: unknown): boolean {
  if (type === "version") return readVersion(value) !== null;
  if (type === "date") return readDate(value) !== null;
  if (type === "list") return Array.isArray(value);
  return typeof value === type && !Number.isNaN(value);
}

interface ReferenceVersion {
  readonly numbers: readonly number[];
  readonly identifiers: readonly string[] | null;
}

function readVersion(value: unknown): ReferenceVersion | null {
  if (typeof value !== "string") return null;
  const [, major, minor, patch, preRelease] =
    /^(\d+)\.(\d+)\.(\d+)(?:-([^+]*))?(?:\+.*)?$/s.exec(value) ?? [];
  if (patch === undefined) return null;
  return {
    numbers: [major, minor, patch].map(Number),
    identifiers: preRelease === undefined ? null : preRelease.split("."),
  };
}

function inRange(range: string, value: unknown): Answer {
  const parts = range.split(" ").map((part) => /^([<>=]+)(.+)$/.exec(part));
  const found = readVersion(value);
  if (found === null || parts.includes(null)) return null;
  return parts.every((part) => {
    const [, operator, version] = part!;
    const order = compare(found, readVersion(version)!);
    return { ">=": order >= 0, ">": order > 0, "<=": order <= 0, "<": order < 0, "=": order === 0 }[
      operator!
    ];
  });
}

function compare(one: ReferenceVersion, other: ReferenceVersion): number {
  for (const [index, number] of one.numbers.entries())
    if (number !== other.numbers[index]) return number - other.numbers[index]!;
  if (one.identifiers === null || other.identifiers === null)
    return Number(one.identifiers === null) - Number(other.identifiers === null);
  for (const [index, identifier] of one.identifiers.entries()) {
    const against = other.identifiers[index];
    if (against === undefined) return 1;
    if (identifier === against) continue;
    const numeric = [identifier, against].map((each) => /^\d+$/.test(each));
    if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
    if (numeric[0]) return Number(identifier) - Number(against);
    return identifier < against ? -1 : 1;
  }
  return one.identifiers.length - other.identifiers.length;
}

function readDate(value: unknown): { readonly isDay: boolean; readonly time: number } | null {
  if (typeof value !== "string") return null;
  const form =
    /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?<clock>T(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?<fraction>\.\d{1,9})?)?(?:Z|(?<sign>[+-])(?<hours>\d\d):(?<minutes>\d\d)))?$/;
  const groups = form.exec(value)?.groups;
  if (groups === undefined || value.endsWith("\n")) return null;
  const number = (name: string) => Number(groups[name] ?? 0);
  const date = new Date(0);
  date.setUTCFullYear(number("year"), number("month") - 1, number("day"));
  if (date.getUTCMonth() !== number("month") - 1 || date.getUTCDate() !== number("day")) return null;
  const limits = [number("hour") > 23, number("minute") > 59, number("second") > 59];
  if (limits.includes(true) || number("hours") > 23 || number("minutes") > 59) return null;
  const clock = number("hour") * 3600 + number("minute") * 60 + number("second");
  const offset = (number("hours") * 3600 + number("minutes") * 60) * (groups.sign === "-" ? -1 : 1);
  const fraction = Math.floor(Number(`0${groups.fraction ?? ""}`) * 1000);
  return { isDay: groups.clock === undefined, time: date.getTime() + (clock - offset) * 1000 + fraction };
}
