import { binary, choose, literal } from "../sql/expressions.ts";
import type { Expression } from "../sql/tree.ts";
import { toMicroseconds } from "./microseconds.ts";

/**
 * How many of the instants are earlier than an instant in microseconds: the place of the first that is not, or as
 * many as there are. A division for each stretch of instants that are equally far apart, because days of a
 * timezone differ in length twice a year.
 *
 * @param instants Milliseconds, ascending.
 */
export function instantIndex(microseconds: Expression, instants: readonly number[]): Expression {
  const branches = stretches(instants).map(({ from, to, step }): readonly [Expression, Expression] => {
    const isBefore = binary("at-most", microseconds, literal(toMicroseconds(instants[to]!)));
    if (from === to) return [isBefore, literal(BigInt(to))];
    const passed = binary("minus", microseconds, literal(toMicroseconds(instants[from]!) + 1n));
    const whole = binary("whole-quotient", passed, literal(toMicroseconds(step)));
    return [isBefore, binary("plus", whole, literal(BigInt(from + 1)))];
  });
  return choose(branches, literal(BigInt(instants.length)));
}

/** Instants after `from`, to `to`, that are each `step` after the one before; `from` = `to`: one by itself. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

function stretches(instants: readonly number[]): readonly Stretch[] {
  const found: Stretch[] = [];
  instants.forEach((instant, index) => {
    const last = found.at(-1);
    const step = instant - (instants[index - 1] ?? instant);
    if (last !== undefined && last.from < last.to && last.step === step) {
      found[found.length - 1] = { ...last, to: index };
    } else {
      found.push({ from: Math.max(0, index - 1), to: index, step });
    }
  });
  return found;
}
