import type { FunnelMetric } from "../model/metric.ts";
import { all, binary, call, cast, column, literal } from "../sql/expressions.ts";
import { aliased, createTemporaryTable, join, named, select, subquery, table } from "../sql/queries.ts";
import type { CreateTemporaryTable, Expression, Query } from "../sql/tree.ts";
import type { KeptFunnel } from "./experiment-tables.ts";
import { variantOfKey } from "./unit-key.ts";
import type { UnitVariable } from "./unit-variable.ts";

/**
 * The units that take all steps in their order: `key`, `variant`, `first`. Each step is taken at the first of its events
 * that comes no earlier than the step before, and after the last step of the same event, which it cannot be. What
 * is taken earliest leaves the most time for the rest, so no order that exists is missed.
 */
export function createArrivals(
  name: string,
  { steps }: FunnelMetric,
  { rows, where, hits }: Pick<KeptFunnel, "rows" | "where" | "hits">,
): CreateTemporaryTable {
  let arrived: Query = select({
    columns: [
      named("key", column("key")),
      named("first", call("min", column("first"))),
      named("step 0", call("min", column("age"))),
    ],
    from: table(rows),
    where: all([...where, column(hits[0]!)]),
    groupBy: ["key"],
  });
  for (let step = 1; step < steps.length; step++) {
    arrived = nextStep(arrived, steps, step, rows, hits[step]!);
  }
  return createTemporaryTable(
    name,
    select({
      columns: [
        named("key", column("key")),
        named("variant", variantOfKey(column("key"))),
        named("first", column("first")),
      ],
      from: subquery(arrived),
    }),
  );
}

/** Of a table with a row for each unit that arrived. */
export const ARRIVED: UnitVariable = {
  reported: null,
  values: [cast(literal(1n), "double")],
  isBinary: true,
  silent: [0],
};

function nextStep(
  arrived: Query,
  steps: FunnelMetric["steps"],
  step: number,
  rows: string,
  hit: string,
): Query {
  const at = column("age", "event");
  const before = (index: number) => column(`step ${index}`, "unit");
  const earlier = Array.from({ length: step }, (_, index) => index);
  const same = earlier.filter((index) => steps[index]!.event === steps[step]!.event).at(-1);
  const order: readonly Expression[] = [
    binary("at-least", at, before(step - 1)),
    ...(same === undefined ? [] : [binary("more", at, before(same))]),
  ];
  const kept = ["first", ...earlier.map((index) => `step ${index}`)];
  return select({
    columns: [
      named("key", column("key", "event")),
      ...kept.map((each) => named(each, call("min", column(each, "unit")))),
      named(`step ${step}`, call("min", at)),
    ],
    from: join(
      aliased(table(rows), "event"),
      aliased(subquery(arrived), "unit"),
      binary("equal", column("key", "event"), column("key", "unit")),
    ),
    where: all([column(hit, "event"), ...order]),
    groupBy: ["key"],
  });
}
