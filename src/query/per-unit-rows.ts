import type { Experiment } from "../model/experiment.ts";
import type { PerUnitLayout } from "../model/warehouse.ts";
import { binary, cast, choose, column, isNull, literal, parameter } from "../sql/expressions.ts";
import { named, select, subquery } from "../sql/queries.ts";
import type { Named, Query } from "../sql/tree.ts";
import { isBlank, textOf } from "./cell-expressions.ts";
import { type SourceRelation, scan } from "./source-relation.ts";
import { variantIndex } from "./variant-index.ts";

/**
 * The experiment's rows of a one-row-per-unit table: `unit`, `name` and `variant` (its index), `reason` why the
 * row is left out, and `also`, columns of the table's rows that are wanted too.
 */
export function perUnitRows(
  experiment: Experiment,
  { units, columns }: PerUnitLayout,
  relation: SourceRelation,
  also: readonly Named[] = [],
): Query {
  const read = select({
    columns: [
      named("unit", textOf(relation, units[experiment.unit.key]!)),
      named("name", textOf(relation, columns.variant)),
      named("variant", variantIndex(experiment, textOf(relation, columns.variant))),
      ...also,
    ],
    from: scan(relation),
    where:
      columns.experiment === null
        ? literal(true)
        : binary("equal", textOf(relation, columns.experiment), parameter(experiment.key)),
  });
  const reason = choose(
    [
      [isNull(column("variant")), parameter("unknown-variant")],
      [isBlank(column("unit")), parameter("no-unit")],
    ],
    cast(literal(null), "text"),
  );
  return select({
    columns: [
      ...["unit", "name", "variant", ...also.map(({ name }) => name)].map((name) =>
        named(name, column(name)),
      ),
      named("reason", reason),
    ],
    from: subquery(read),
  });
}
