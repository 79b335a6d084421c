import { aggregateWhere, any, binary, call, choose, column, literal } from "../sql/expressions.ts";
import { createTemporaryTable, named, select, subquery, unionAll } from "../sql/queries.ts";
import type { CreateTemporaryTable, Expression, Named } from "../sql/tree.ts";
import { eventHits, hitName, numberName } from "./event-hits.ts";
import type { EventInput } from "./event-input.ts";
import { type EventMeasure, type EventSum, type Stretches, sumName } from "./event-measure.ts";
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
  const aggregates = measures.flatMap((measure) => sumsOf(measure, measures));
  const sums = select({
    columns: [named("key", column("key")), named("first", call("min", column("first"))), ...aggregates],
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
        ...aggregates.map((aggregate) => named(aggregate.name, column(aggregate.name))),
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

function sumsOf(measure: EventMeasure, measures: readonly EventMeasure[]): readonly Named[] {
  const hit = column(hitName(measure));
  const number = () => column(numberName(measure, measures));
  const aggregate = (sum: EventSum): Expression => {
    switch (sum) {
      case "events":
        return aggregateWhere(hit, "count");
      case "numbers":
        return aggregateWhere(hit, "count", number());
      case "total":
        return aggregateWhere(hit, "sum", number());
      default:
        return aggregateWhere(hit, "bit-or", stretchBit(sum));
    }
  };
  return [...measure.sums].map((sum) => named(sumName(measure.id, sum), aggregate(sum)));
}

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
