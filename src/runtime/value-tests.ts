/**
 * Tests of an attribute's value, and their opposites. A value that the test cannot use is missing, and fails
 * both.
 */

/** The value is of the type of the listed ones, and none of them. */
export function isNoneOf(
  value: unknown,
  listed: ReadonlySet<unknown>,
  type: "string" | "number" | "boolean",
): boolean {
  return typeof value === type && !listed.has(value) && !Number.isNaN(value);
}

/** Negative, 0 or positive as a number is below the bound, at it or above; NaN where it is no number. */
export function compareNumbers(value: unknown, bound: number): number {
  return typeof value === "number" ? value - bound : Number.NaN;
}

/** A list that holds the item. */
export function contains(value: unknown, item: string): boolean {
  return Array.isArray(value) && value.includes(item);
}

/** A list that does not hold the item. */
export function lacks(value: unknown, item: string): boolean {
  return Array.isArray(value) && !value.includes(item);
}

/** A text that has the part. */
export function hasPart(value: unknown, part: string): boolean {
  return typeof value === "string" && value.includes(part);
}

/** A text that does not have the part. */
export function lacksPart(value: unknown, part: string): boolean {
  return typeof value === "string" && !value.includes(part);
}

/** A text that begins so. */
export function startsWith(value: unknown, start: string): boolean {
  return typeof value === "string" && value.startsWith(start);
}

/** A text that begins otherwise. */
export function startsOtherwise(value: unknown, start: string): boolean {
  return typeof value === "string" && !value.startsWith(start);
}

/** A text that ends so. */
export function endsWith(value: unknown, end: string): boolean {
  return typeof value === "string" && value.endsWith(end);
}

/** A text that ends otherwise. */
export function endsOtherwise(value: unknown, end: string): boolean {
  return typeof value === "string" && !value.endsWith(end);
}

/** A text of which a part fits the pattern. */
export function matches(value: unknown, fits: (text: string) => boolean): boolean {
  return typeof value === "string" && fits(value);
}

/** A text of which no part fits the pattern. */
export function mismatches(value: unknown, fits: (text: string) => boolean): boolean {
  return typeof value === "string" && !fits(value);
}
