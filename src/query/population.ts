import { binary, column, literal } from "../sql/expressions.ts";
import { aliased, named, select, subquery, table, unionAll } from "../sql/queries.ts";
import type { Aliased, Expression } from "../sql/tree.ts";
import { toMicroseconds } from "./microseconds.ts";

/** Units of one kind that are followed together. */
export interface Population {
  /** In their keys. */
  readonly owner: number;
  /** The temporary table of the units: `unit`, `first` and `key`. */
  readonly table: string;
  /** Microseconds of the earliest `first`; null where instants are not compared, and without units. */
  readonly earliest: bigint | null;
  /** Milliseconds: later events do not count. Null: the data are final. */
  readonly cutoff: number | null;
}

/** The units of all populations, with what their rows need to be told apart by. */
export interface Followed {
  readonly units: Aliased;
  /** Microseconds at which a unit's data end; null: they do not. */
  readonly limit: (relation: string | null) => Expression | null;
  readonly columns: readonly string[];
  readonly earliest: bigint | null;
  /** Milliseconds of the latest cutoff; null: the data are final. */
  readonly cutoff: number | null;
  readonly owners: readonly number[];
}

/** One population as it is kept; several as one relation, each row with the end of its own data. */
export function follow(populations: readonly Population[]): Followed {
  const [only, ...others] = populations;
  if (!only) throw new Error("nobody is followed");
  const known = populations.flatMap(({ earliest }) => (earliest === null ? [] : [earliest]));
  const cutoffs = populations.map(({ cutoff }) => cutoff);
  const common = {
    owners: populations.map(({ owner }) => owner),
    earliest: known.length === 0 ? null : known.reduce((least, each) => (each < least ? each : least)),
    cutoff: cutoffs.includes(null) ? null : Math.max(...cutoffs.map(Number)),
  };
  if (others.length === 0) {
    const { cutoff } = only;
    return {
      ...common,
      units: aliased(table(only.table), "unit"),
      limit: () => (cutoff === null ? null : literal(toMicroseconds(cutoff))),
      columns: [],
    };
  }
  const isClipped = cutoffs.some((cutoff) => cutoff !== null);
  const queries = populations.map(({ table: name, cutoff }) =>
    select({
      columns: [
        ...["unit", "first", "key"].map((each) => named(each, column(each))),
        named("limit", literal(cutoff === null ? NEVER : toMicroseconds(cutoff))),
      ],
      from: table(name),
    }),
  );
  return {
    ...common,
    units: aliased(subquery(unionAll(queries)), "unit"),
    limit: (relation) => (isClipped ? column("limit", relation) : null),
    columns: isClipped ? ["limit"] : [],
  };
}

/** Whether a unit's time has come: `first` + `after` ≤ its limit. */
export function isSettled(first: Expression, after: number, limit: Expression): Expression {
  return binary("at-most", first, binary("minus", limit, literal(toMicroseconds(after))));
}

/** Microseconds of the year 10000: all data are earlier. */
const NEVER = 253_402_300_800_000_000n;
