import { aggregateWhere, any, binary, call, choose, column, literal } from "../sql/expressions.ts";
import { createTemporaryTable, named, select, subquery, unionAll } from "../sql/queries.ts";
import type { CreateTemporaryTable, Expression, Named } from "../sql/tree.ts";
import { LARGEST_NUMBER } from "./cell-check.ts";
import { eventHits, hitName, numberName } from "./event-hits.ts";
import type { EventInput } from "./event-input.ts";
import { type EventMeasure, type EventSum, type Stretches, sumName } from "./event-measure.ts";
import { exactParts, type Summands, sumOfParts } from "./exact-sum.ts";
import { toMicroseconds } from "./microseconds.ts";
import { follow, type Population } from "./population.ts";
import { variantOfKey } from "./unit-key.ts";

/**
 * One row per unit that has any event in any span: `key`, `variant`, `first`, and per measure `events <id>`,
 * `numbers <id>` and `total <id>`. One pass over each source's events for all populations: they meet the units
 * first, and what a measure makes of them is worked out only for those in a span.
 */
export function createEventValues(
  name: string,
  inputs: readonly EventInput[],
  measures: readonly EventMeasure[],
  populations: readonly Population[],
): CreateTemporaryTable {
  const followed = follow(populations);
  const rows = unionAll(inputs.map((input) => eventHits(input, measures, followed)));
  const aggregates = measures.flatMap((measure) => sumsOf(measure, measures, inputs));
  const sums = select({
    columns: [
      named("key", column("key")),
      named("first", call("min", column("first"))),
      ...aggregates.flatMap((each) => each.sums),
    ],
    from: subquery(rows),
    groupBy: ["key"],
  });
  return createTemporaryTable(
    name,
    select({
      columns: [
        named("key", column("key")),
        named("variant", variantOfKey(column("key"))),
        named("first", column("first")),
        ...aggregates.map(({ name: each, whole }) => named(each, whole)),
      ],
      from: subquery(sums),
    }),
  );
}

/**
 * One row per event that any measure counts, for what cannot be summed: `key`, `variant`, `first`, `age` (microseconds
 * from `first`), and per measure `hit <id>` and the number that `numberName` names.
 */
export function createEventRows(
  name: string,
  inputs: readonly EventInput[],
  measures: readonly EventMeasure[],
  populations: readonly Population[],
): CreateTemporaryTable {
  const followed = follow(populations);
  const rows = unionAll(inputs.map((input) => eventHits(input, measures, followed)));
  const numbers = measures
    .filter(({ rows: { value } }) => value !== null)
    .map((each) => numberName(each, measures));
  const kept = ["key", "first", "age", ...measures.map(hitName), ...new Set(numbers)];
  return createTemporaryTable(
    name,
    select({
      columns: [
        named("variant", variantOfKey(column("key"))),
        ...kept.map((each) => named(each, column(each))),
      ],
      from: subquery(rows),
      where: any(measures.map((measure) => column(hitName(measure)))),
    }),
  );
}

/** What is summed, and what the sums make together. */
interface Aggregate {
  readonly name: string;
  readonly sums: readonly Named[];
  readonly whole: Expression;
}

function sumsOf(
  measure: EventMeasure,
  measures: readonly EventMeasure[],
  inputs: readonly EventInput[],
): readonly Aggregate[] {
  const hit = column(hitName(measure));
  const number = () => column(numberName(measure, measures));
  const aggregate = (sum: Exclude<EventSum, "total">): Expression => {
    switch (sum) {
      case "events":
        return aggregateWhere(hit, "count");
      case "numbers":
        return aggregateWhere(hit, "count", number());
      default:
        return aggregateWhere(hit, "bit-or", stretchBit(sum));
    }
  };
  return [...measure.sums].map((sum) => {
    const name = sumName(measure.id, sum);
    if (sum !== "total") return { name, sums: [named(name, aggregate(sum))], whole: column(name) };
    const parts = exactParts(number(), summandsOf(measure, inputs), true);
    return { name, ...sumOfParts(name, parts, (summand) => aggregateWhere(hit, "sum", summand)) };
  });
}

/**
 * Of cents, the sum is the same however it is made. Otherwise the largest number is rounded up to what later rows do
 * not change, lest they change the last digits of what earlier ones add up to.
 */
function summandsOf({ source, rows: { value } }: EventMeasure, inputs: readonly EventInput[]): Summands {
  const numbers = inputs.find((input) => input.source.key === source)?.numbers.get(value ?? "");
  if (numbers?.areCents) {
    return { largest: numbers.largest, count: numbers.rows, areWhole: false, areCents: true };
  }
  const bits = Math.ceil(Math.log2(numbers?.largest ?? LARGEST_NUMBER) / BITS_PER_STEP) * BITS_PER_STEP;
  return { largest: 2 ** Math.max(bits, -LEAST_BITS), count: MOST_EVENTS, areWhole: false };
}

const BITS_PER_STEP = 16;
const LEAST_BITS = 880;
const MOST_EVENTS = 2 ** 36;

function stretchBit(stretches: Stretches): Expression {
  const [count, length] = [...stretches.matchAll(/\d+/g)].map(Number) as [number, number];
  const last = literal(BigInt(count - 1));
  const isLast = binary("at-least", column("age"), literal(toMicroseconds((count - 1) * length)));
  const index = binary("whole-quotient", column("age"), literal(toMicroseconds(length)));
  // Events from before exposure, which a covariate reads, are hits of no stretch; their shift would be an error.
  const isEarly = binary("less", column("age"), literal(0n));
  const stretch = choose(
    [
      [isLast, last],
      [isEarly, literal(0n)],
    ],
    index,
  );
  return binary("shifted-left", literal(1n), stretch);
}
