export type Operator = ">=" | ">" | "<=" | "<" | "=";

export interface Comparator {
  readonly operator: Operator;
  readonly version: string;
}

const COMPARATOR = /^(>=|>|<=|<|=)(.+)$/;

/** The grammar of Semantic Versioning 2.0.0, §2, §9 and §10. */
const VERSION =
  /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(-(0|[1-9]\d*|\d*[a-z-][\da-z-]*)(\.(0|[1-9]\d*|\d*[a-z-][\da-z-]*))*)?(\+[\da-z-]+(\.[\da-z-]+)*)?$/i;

/** The comparators of a range such as `>=4.2.0 <5.0.0`, all of which must hold; null where it is none. */
export function parseRange(range: string): readonly Comparator[] | null {
  const parts = range.split(" ").filter((part) => part !== "");
  const comparators = parts.flatMap((part) => {
    const [, operator, version] = COMPARATOR.exec(part) ?? [];
    return version && VERSION.test(version) ? [{ operator: operator as Operator, version }] : [];
  });
  return parts.length > 0 && comparators.length === parts.length ? comparators : null;
}

/** Whether a version that compares as `order` (`compareVersions`) satisfies a comparator; NaN never does. */
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
