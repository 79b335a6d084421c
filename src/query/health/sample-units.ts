import { all, binary, call, column, parameter } from "../../sql/expressions.ts";
import { createTemporaryTable, named, select, table } from "../../sql/queries.ts";
import type { CreateTemporaryTable, Expression } from "../../sql/tree.ts";
import type { Counts } from "../observation.ts";
import { variantOfKey } from "../unit-key.ts";

/** About how many units are looked at one by one. */
const SAMPLE = 10_000;

/** Some units. */
export interface Sample {
  readonly table: string;
  /** Per variant. */
  readonly units: Counts;
}

/**
 * Some of a table's units (`unit`, `first`, `key`): `unit`, `first` and `variant`. About 10,000 of them by a hash of
 * their ids, so that they are the same whenever and wherever they are chosen; all, where there are no more.
 */
export function createSample(name: string, units: string, count: number): CreateTemporaryTable {
  return createTemporaryTable(
    name,
    select({
      columns: [
        named("unit", column("unit")),
        named("first", column("first")),
        named("variant", variantOfKey(column("key"))),
      ],
      from: table(units),
      where: isSampled(count),
    }),
  );
}

function isSampled(count: number): Expression {
  if (count <= SAMPLE) return all([]);
  const bound = Math.floor((SAMPLE / count) * 2 ** 32);
  return binary("less", call("md5", column("unit")), parameter(bound.toString(16).padStart(8, "0")));
}
