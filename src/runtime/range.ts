import { comparePreReleases } from "./pre-releases.ts";
import { compareVersions } from "./semver.ts";

export type Operator = ">=" | ">" | "<=" | "<" | "=";

/** A version as it is compared: three numbers, and the pre-release, empty where there is none. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly preRelease: string;
}

export interface Comparator {
  readonly operator: Operator;
  /** As written. */
  readonly text: string;
  readonly version: Version;
}

/** An operator, and a version by the grammar of Semantic Versioning 2.0.0, §2, §9 and §10. */
const COMPARATOR =
  /^(>=|>|<=|<|=)((0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-z-][\da-z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-z-][\da-z-]*))*))?(?:\+[\da-z-]+(?:\.[\da-z-]+)*)?)$/i;

/** The comparators of a range such as `>=4.2.0 <5.0.0`, all of which must hold; null where it is none. */
export function parseRange(range: string): readonly Comparator[] | null {
  const parts = range.split(" ").filter((part) => part !== "");
  const comparators = parts.flatMap((part): readonly Comparator[] => {
    const [, operator, text, major, minor, patch, preRelease = ""] = COMPARATOR.exec(part) ?? [];
    if (text === undefined) return [];
    const version = { major: Number(major), minor: Number(minor), patch: Number(patch), preRelease };
    return [{ operator: operator as Operator, text, version }];
  });
  return parts.length > 0 && comparators.length === parts.length ? comparators : null;
}

/** How a value compares with a version (`compareVersions`). */
export function orderOf(value: unknown, { major, minor, patch, preRelease }: Version): number {
  const preReleases = preRelease === "" ? undefined : comparePreReleases;
  return compareVersions(value, major, minor, patch, preReleases, preRelease);
}

/** Whether a value that compares as `order` is on the operator's side; NaN never is. */
export function holds(operator: Operator, order: number): boolean {
  switch (operator) {
    case ">=":
      return order >= 0;
    case ">":
      return order > 0;
    case "<=":
      return order <= 0;
    case "<":
      return order < 0;
    case "=":
      return order === 0;
  }
}
