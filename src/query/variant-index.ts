import type { Experiment } from "../model/experiment.ts";
import { binary, choose, literal, parameter } from "../sql/expressions.ts";
import type { Row } from "../sql/result.ts";
import type { Expression } from "../sql/tree.ts";
import { decodeNumber } from "./decode.ts";
import type { Counts } from "./observation.ts";

/** A variant's place in the experiment's order; NULL for a variant that it does not have. */
export function variantIndex({ variants }: Experiment, variant: Expression): Expression {
  return choose(
    variants.map(({ key }, index) => [binary("equal", variant, parameter(key)), literal(BigInt(index))]),
    literal(null),
  );
}

/** A column of numbers by variant, from rows that have a `variant` column; 0 where a variant has no row. */
export function byVariant({ variants }: Experiment, rows: readonly Row[], name: string): Counts {
  const values = new Map(rows.map((row) => [decodeNumber(row, "variant"), decodeNumber(row, name)]));
  return variants.map((_, index) => values.get(index) ?? 0);
}
