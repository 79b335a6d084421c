import {
  all,
  binary,
  call,
  cast,
  choose,
  column,
  isNull,
  literal,
  not,
  rowNumber,
} from "../sql/expressions.ts";
import {
  aliased,
  createTemporaryTable,
  join,
  named,
  select,
  subquery,
  table,
  unionAll,
} from "../sql/queries.ts";
import type { CreateTemporaryTable, Expression, Query } from "../sql/tree.ts";
import { isBlank } from "./cell-expressions.ts";
import { decodeMicroseconds } from "./decode.ts";
import type { Engine } from "./engine.ts";
import { exactParts, type Part, sumOfParts } from "./exact-sum.ts";
import { type Extent, extentsOf } from "./extents-of-values.ts";
import type { Steps } from "./metric-steps.ts";
import { keyOf, variantOfKey } from "./unit-key.ts";
import type { UnitVariable } from "./unit-variable.ts";

/** Measured units, and the randomised unit that each one is a member of. */
export interface Members {
  /** Temporary table: `unit`, `first`, `key` and `cluster` (the randomised unit's key). */
  readonly table: string;
  readonly owner: number;
  /** Microseconds of the earliest `first`; null without members. */
  readonly earliest: bigint | null;
}

/**
 * Keeps the members of the randomised units in `units`, each followed from its own first exposure on (not before
 * its randomised unit is), as a member of the unit that it was then exposed in (at the same instant: the least id).
 * `rows` are the exposures, with a column `member`.
 */
export async function createMembers(
  engine: Engine,
  name: string,
  rows: Query,
  units: string,
  owner: number,
): Promise<Members> {
  const known = select({
    columns: ["member", "unit", "at"].map((each) => named(each, column(each))),
    from: subquery(rows),
    where: all([isNull(column("reason")), not(isBlank(column("member")))]),
  });
  const firsts = select({
    columns: [named("who", column("member")), named("first", call("min", column("at")))],
    from: subquery(known),
    groupBy: ["who"],
  });
  const homes = select({
    columns: [
      named("member", column("member", "exposure")),
      named("entered", call("min", column("first", "entry"))),
      named("home", call("min", column("unit", "exposure"))),
    ],
    from: join(
      aliased(subquery(known), "exposure"),
      aliased(subquery(firsts), "entry"),
      all([
        binary("equal", column("member", "exposure"), column("who", "entry")),
        binary("equal", column("at", "exposure"), column("first", "entry")),
      ]),
    ),
    groupBy: ["member"],
  });
  const [entered, follows] = [column("entered", "home"), column("first", "unit")];
  await engine.run(
    createTemporaryTable(
      name,
      select({
        columns: [
          named("unit", column("member", "home")),
          named("first", choose([[binary("less", entered, follows), follows]], entered)),
          named("key", cast(keyOf(rowNumber(), owner, variantOfKey(column("key", "unit"))), "integer")),
          named("cluster", column("key", "unit")),
        ],
        from: join(
          aliased(subquery(homes), "home"),
          aliased(table(units), "unit"),
          binary("equal", column("home", "home"), column("unit", "unit")),
        ),
      }),
    ),
  );
  const [row] = await engine.run(
    select({ columns: [named("earliest", call("min", column("first")))], from: table(name) }),
  );
  return { table: name, owner, earliest: decodeMicroseconds(row!, "earliest") };
}

/** Members of randomised units by the step at which they came in. */
export interface ArrivingMembers {
  /** Temporary table: `key`, `step`, `members`, and the sums of the parts of a variable's `total` over them. */
  readonly table: string;
  readonly parts: readonly Part[];
}

/** Keeps the members of randomised units by the step at which they came in, and what they add to the variable's total. */
export async function createArrivingMembers(
  engine: Engine,
  name: string,
  members: Members,
  values: { readonly table: string; readonly where: readonly Expression[]; readonly variable: UnitVariable },
  { groupOf, isMature }: Pick<Steps, "groupOf" | "isMature">,
): Promise<ArrivingMembers> {
  const zero = cast(literal(0n), "double");
  const step = named("step", cast(groupOf ?? literal(0n), "integer"));
  const read = { from: table(values.table), where: [...values.where, ...isMature] };
  const rows = select({
    columns: [named("of", column("key")), step, named("value", values.variable.values[0]!)],
    from: read.from,
    where: all(read.where),
  });
  const totals = select({
    columns: [
      named("key", column("cluster", "member")),
      named("step", column("step", "row")),
      named("total", column("value", "row")),
      named("members", zero),
    ],
    from: join(
      aliased(subquery(rows), "row"),
      aliased(table(members.table), "member"),
      binary("equal", column("of", "row"), column("key", "member")),
    ),
  });
  const counts = select({
    columns: [
      named("key", column("cluster")),
      step,
      named("total", zero),
      named("members", cast(literal(1n), "double")),
    ],
    from: table(members.table),
    where: all(isMature),
  });
  const [[extent]] = (await extentsOf(engine, read, [values.variable])) as [[Extent]];
  const parts = exactParts(column("total"), extent);
  const { sums } = sumOfParts("total", parts);
  await engine.run(
    createTemporaryTable(
      name,
      select({
        columns: [named("key", column("key")), named("step", column("step")), MEMBERS, ...sums],
        from: subquery(unionAll([totals, counts])),
        groupBy: ["key", "step"],
      }),
    ),
  );
  return {
    table: name,
    parts: parts.map(({ per }, index) => ({ expression: column(sums[index]!.name), per })),
  };
}

/** One row per randomised unit with members that had come in by a step: `key`, `variant`, `total` and `members`. */
export function createClusters(name: string, arriving: ArrivingMembers, step: number): CreateTemporaryTable {
  const total = sumOfParts("total", arriving.parts);
  const sums = select({
    columns: [named("key", column("key")), MEMBERS, ...total.sums],
    from: table(arriving.table),
    where: binary("at-most", column("step"), literal(BigInt(step))),
    groupBy: ["key"],
  });
  return createTemporaryTable(
    name,
    select({
      columns: [
        named("variant", variantOfKey(column("key"))),
        ...["key", "members"].map((each) => named(each, column(each))),
        named("total", total.whole),
      ],
      from: subquery(sums),
    }),
  );
}

const MEMBERS = named("members", call("sum", column("members")));
