import type { Experiment } from "../model/experiment.ts";
import {
  aggregateWhere,
  all,
  binary,
  call,
  cast,
  choose,
  column,
  isNull,
  literal,
  rowNumber,
} from "../sql/expressions.ts";
import { createTemporaryTable, named, select, subquery, table } from "../sql/queries.ts";
import type { CreateTemporaryTable, Expression, Query } from "../sql/tree.ts";
import { decodeMicroseconds, decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";
import type { Counts } from "./observation.ts";
import { keyOf, variantOfKey } from "./unit-key.ts";
import { byVariant } from "./variant-index.ts";

/** Beyond this, an instant and a variant's index do not fit 64 bits together. */
const VARIANTS_IN_64_BITS = 32;
/** Beyond this, a bit per variant does not fit 64 bits. */
const FLAGS_IN_64_BITS = 62;

/** Microseconds since 1970, both included, between which units are first exposed; null: no bound. */
export interface ExposedBetween {
  readonly from: bigint | null;
  readonly to: bigint | null;
}

/**
 * One row per unit: `unit`, `first`, `key` and `crossed`. Instant and variant are packed into one number, so
 * that one `min` finds both, ties going to the lowest index; this is three times as fast as finding them apart.
 */
export function createFirstExposures(
  name: string,
  rows: Query,
  variants: number,
  owner: number,
  exposed: ExposedBetween = { from: null, to: null },
): CreateTemporaryTable {
  const bits = BigInt(Math.max(1, Math.ceil(Math.log2(variants))));
  const step = literal(1n << bits);
  const at = variants > VARIANTS_IN_64_BITS ? cast(column("at"), "wide-integer") : column("at");
  const firsts = select({
    columns: [
      named("unit", column("unit")),
      named("packed", call("min", binary("plus", binary("times", at, step), column("variant")))),
      named("crossed", isCrossed(variants)),
    ],
    from: subquery(rows),
    where: isNull(column("reason")),
    groupBy: ["unit"],
  });
  const variant = binary("bit-and", column("packed"), literal((1n << bits) - 1n));
  const first = binary("shifted-right", column("packed"), literal(bits));
  const { from, to } = exposed;
  return createTemporaryTable(
    name,
    select({
      columns: [
        named("unit", column("unit")),
        named("first", cast(first, "integer")),
        named("key", cast(keyOf(rowNumber(), owner, variant), "integer")),
        named("crossed", column("crossed")),
      ],
      from: subquery(firsts),
      where: all([
        ...(from === null ? [] : [binary("at-least", first, literal(from))]),
        ...(to === null ? [] : [binary("at-most", first, literal(to))]),
      ]),
    }),
  );
}

function isCrossed(variants: number): Expression {
  if (variants > FLAGS_IN_64_BITS) {
    return binary("unequal", call("min", column("variant")), call("max", column("variant")));
  }
  const flags = Array.from({ length: variants }, (_, index) => index);
  const flag = choose(
    flags.map((index) => [
      binary("equal", column("variant"), literal(BigInt(index))),
      literal(1n << BigInt(index)),
    ]),
    literal(0n),
  );
  const seen = call("bit-or", flag);
  return binary("unequal", binary("bit-and", seen, binary("minus", seen, literal(1n))), literal(0n));
}

/** How many units there are per variant, how many crossed over, and when the first came. */
export async function countFirstExposures(
  engine: Engine,
  name: string,
  experiment: Experiment,
): Promise<{ readonly units: Counts; readonly crossovers: number; readonly earliest: bigint | null }> {
  const rows = await engine.run(
    select({
      columns: [
        named("variant", variantOfKey(column("key"))),
        named("units", call("count")),
        named("crossovers", aggregateWhere(column("crossed"), "count")),
        named("earliest", call("min", column("first"))),
      ],
      from: table(name),
      groupBy: ["variant"],
    }),
  );
  const earliest = rows.map((row) => decodeMicroseconds(row, "earliest")!);
  return {
    units: byVariant(experiment, rows, "units"),
    crossovers: rows.reduce((sum, row) => sum + decodeNumber(row, "crossovers"), 0),
    earliest: earliest.reduce<bigint | null>(
      (least, each) => (least === null || each < least ? each : least),
      null,
    ),
  };
}
