import { type Operator, orderOf, parseRange } from "../runtime/range.ts";
import type { Literal } from "./literal.ts";

/** A side of a bound that a value must be on. */
interface Side<Bound> {
  readonly operator: Operator;
  readonly bound: Bound;
}

const NEGATED = { "<": ">=", "<=": ">", ">": "<=", ">=": "<" } as const;

/**
 * Numbers of which one satisfies the tests if any does; null where there are endless many to choose from:
 * between two numbers there is always another.
 */
export function numbersLeft(literals: readonly Literal[]): readonly number[] | null {
  const sides = literals.flatMap(({ test, wanted }): readonly Side<number>[] =>
    test.kind === "compare"
      ? [{ operator: wanted ? test.operator : NEGATED[test.operator], bound: test.value }]
      : [],
  );
  const order = (one: number, other: number) => one - other;
  if (areDisjoint(sides, order)) return [];
  const lower = Math.max(...sides.filter(isLower).map(({ bound }) => bound));
  const upper = Math.min(...sides.filter(isUpper).map(({ bound }) => bound));
  return lower === upper ? [lower] : null;
}

/** Whether no version or date is left between the bounds. Between two there is always another: a pre-release, an instant. */
export function isDisjoint(literals: readonly Literal[]): boolean {
  const versions = literals.flatMap(({ test }) =>
    test.kind === "semver"
      ? (parseRange(test.range) ?? []).map(({ operator, text, version }) => ({
          operator,
          bound: { text, version },
        }))
      : [],
  );
  const dates = literals.flatMap(({ test, wanted }): readonly Side<number>[] =>
    test.kind === "date"
      ? [
          {
            operator: (test.operator === "from") === wanted ? ">=" : "<",
            bound: Date.parse(test.instant),
          },
        ]
      : [],
  );
  return (
    areDisjoint(versions, (one, other) => orderOf(one.text, other.version)) ||
    areDisjoint(dates, (one, other) => one - other)
  );
}

/** Whether a lower bound lies at or above an upper one. */
function areDisjoint<Bound>(
  sides: readonly Side<Bound>[],
  order: (one: Bound, other: Bound) => number,
): boolean {
  return sides.filter(isLower).some((least) =>
    sides.filter(isUpper).some((most) => {
      const difference = order(least.bound, most.bound);
      return difference > 0 || (difference === 0 && (least.operator === ">" || most.operator === "<"));
    }),
  );
}

function isLower({ operator }: Side<unknown>): boolean {
  return operator !== "<" && operator !== "<=";
}

function isUpper({ operator }: Side<unknown>): boolean {
  return operator !== ">" && operator !== ">=";
}
