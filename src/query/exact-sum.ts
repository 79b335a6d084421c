import { attempt, binary, call, cast, column, parameter } from "../sql/expressions.ts";
import { named } from "../sql/queries.ts";
import type { Expression, Named } from "../sql/tree.ts";

/** What is known of the numbers that are to be summed. */
export interface Summands {
  /** No number's absolute value is larger. */
  readonly largest: number;
  /** There are no more of them. */
  readonly count: number;
  /** All are whole numbers. */
  readonly areWhole: boolean;
  /** All are whole numbers of hundredths, as near as doubles come, and none is above `LARGEST_OF_CENTS`. Default: false. */
  readonly areCents?: boolean;
}

/** Up to it, doubles and whole numbers of hundredths become each other without a loss. */
export const LARGEST_OF_CENTS = 2 ** 51 / 100;

/** Something to sum, and how many of it make one: the value's sum is that of all its parts' sums, divided by these. */
export interface Part {
  readonly expression: Expression;
  readonly per: number;
}

/**
 * A double as parts whose sums are the same in whatever order an engine adds them, which differs from run to run on
 * several threads: whole numbers of 126 bits that count a power of two, after the pre-rounding of James Demmel and Hong
 * Diep Nguyen, Parallel Reproducible Summation (2015), section III. What is finer than 2⁻⁵⁰, or than 2⁻⁹⁰ of a larger
 * number, is rounded off each. Whole numbers whose sum stays below 2⁵³ are exact as they are, and prices as cents.
 *
 * @param mayExceed Numbers that are larger than is said are left out, instead of an error of the engine's.
 */
export function exactParts(value: Expression, summands: Summands, mayExceed = false): readonly Part[] {
  const { largest, count, areWhole, areCents = false } = summands;
  if (areWhole && largest * count <= Number.MAX_SAFE_INTEGER) return [{ expression: value, per: 1 }];
  if (areCents) {
    const isNarrow = largest * count <= LARGEST_OF_CENTS;
    return [{ expression: isNarrow ? centsOf(value) : attempt(centsOf(value), "wide-integer"), per: 100 }];
  }
  const whole = (scaled: Expression) =>
    mayExceed ? attempt(scaled, "wide-integer") : cast(scaled, "wide-integer");
  const parts: Part[] = [];
  let rest = value;
  let places = BITS - bitsOf(largest) - bitsOf(count);
  for (let step = places; ; step = BITS_OF_REST, places += step) {
    const scaled = binary("times", rest, parameter(2 ** step));
    parts.push({ expression: whole(scaled), per: 2 ** places });
    if (places >= FINEST) return parts;
    rest = binary("minus", scaled, cast(whole(scaled), "double"));
  }
}

/** The sums of all parts as columns, and what they make together; NULL where nothing was summed. */
export function sumOfParts(
  name: string,
  parts: readonly Part[],
  sum: (summand: Expression) => Expression = (summand) => call("sum", summand),
): { readonly sums: readonly Named[]; readonly whole: Expression } {
  const names = parts.map((_, index) => `${name} part ${index}`);
  return {
    sums: parts.map(({ expression }, index) => named(names[index]!, sum(expression))),
    whole: parts
      .map(({ per }, index): Expression => {
        const counted = cast(column(names[index]!), "double");
        return per === 1 ? counted : binary("divided-by", counted, parameter(per));
      })
      .reduce((left, right) => binary("plus", left, right)),
  };
}

/** Whether a double is the nearest one to a whole number of hundredths, up to `LARGEST_OF_CENTS`; NULL of what is no number. */
export function isInCents(value: Expression): Expression {
  return binary("equal", binary("divided-by", centsOf(value), parameter(100)), value);
}

/** The nearest whole number of hundredths: a sum with so large a number has no more places, and costs less than a conversion. */
function centsOf(value: Expression): Expression {
  const hundredfold = binary("times", value, parameter(100));
  return binary("minus", binary("plus", hundredfold, parameter(1.5 * 2 ** 52)), parameter(1.5 * 2 ** 52));
}

/** Of a signed number of 128, one to spare for what rounding adds. */
const BITS = 126;
/** Of what is less than a half, that as many sums of it stay below those. */
const BITS_OF_REST = 80;
/** Binary places that every sum has. */
const FINEST = 50;

/** The least n, from −890 to 890, with no number above 2ⁿ. */
function bitsOf(largest: number): number {
  if (!Number.isFinite(largest)) return 890;
  return Math.max(-890, Math.min(890, Math.ceil(Math.log2(largest))));
}
