import type { Experiment } from "../model/experiment.ts";
import { all, binary, call, cast, choose, column, isNull, literal, parameter } from "../sql/expressions.ts";
import {
  aliased,
  createTemporaryTable,
  dropTable,
  join,
  named,
  select,
  subquery,
  table,
} from "../sql/queries.ts";
import type { Expression, Named, Query, Select } from "../sql/tree.ts";
import { decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";
import { variantOfKey } from "./unit-key.ts";
import { decodeWholeText, markedText, wholeText } from "./whole-text.ts";

/** What the units were at their first exposure. */
export interface Traits {
  /** Temporary table, one row per unit: `of` (its key) and, by place of the attribute, `trait 0`, …: the place of its value. */
  readonly table: string;
  readonly attributes: readonly Trait[];
}

export interface Trait {
  readonly attribute: string;
  /** The most frequent first; null: absent. What is none of them has the place after the last. */
  readonly values: readonly (string | null)[];
  readonly hasOthers: boolean;
}

/** Values with a place of their own. */
const MOST_VALUES = 50;

/**
 * Keeps the attributes that units had at their first exposure (at the same instant in the same variant: the least
 * text). `rows` are exposures with a column `trait <i>` for each attribute, `exposed` the units' first exposures.
 */
export async function createTraits(
  engine: Engine,
  { key, analysis: { breakdowns } }: Experiment,
  rows: Query,
  exposed: string,
): Promise<Traits> {
  const texts = `attributes of ${key}`;
  await engine.run(createTemporaryTable(texts, firstTexts(rows, exposed, breakdowns.length)));
  const attributes = await readTraits(engine, texts, breakdowns);
  const name = `traits of ${key}`;
  await engine.run(
    createTemporaryTable(
      name,
      select({ columns: [named("of", column("of")), ...traitColumns(attributes)], from: table(texts) }),
    ),
  );
  await engine.run(dropTable(texts));
  return { table: name, attributes };
}

/** The values of attributes whose whole texts a table of units has as `trait 0`, `trait 1`, … */
export async function readTraits(
  engine: Engine,
  texts: string,
  names: readonly string[],
): Promise<readonly Trait[]> {
  const attributes: Trait[] = [];
  for (const [index, attribute] of names.entries()) {
    const frequent = await engine.run(
      select({
        columns: [named("value", column(traitName(index))), named("units", call("count"))],
        from: table(texts),
        groupBy: ["value"],
        orderBy: [
          { name: "units", descending: true },
          { name: "value", descending: false },
        ],
        limit: MOST_VALUES + 1,
      }),
    );
    const values = frequent.map((row) => decodeWholeText(row, "value"));
    attributes.push({
      attribute,
      values: values.slice(0, MOST_VALUES),
      hasOthers: values.length > MOST_VALUES,
    });
  }
  return attributes;
}

/** The places of the values, made of their texts, under the same names. */
export function traitColumns(attributes: readonly Trait[]): readonly Named[] {
  return attributes.map((trait, index) => named(traitName(index), placeOf(trait, index)));
}

export function traitName(index: number): string {
  return `trait ${index}`;
}

/** How many groups a trait makes. */
export function groupsOf({ values, hasOthers }: Trait): number {
  return values.length + (hasOthers ? 1 : 0);
}

/** Mature units by variant and value. */
export async function countTraits(
  engine: Engine,
  units: string,
  traits: Traits,
  index: number,
  arms: number,
  isMature: readonly Expression[],
): Promise<readonly (readonly number[])[]> {
  const variant = variantOfKey(column("key"));
  const from = withTraits(table(units), traits);
  return countGroups(engine, { from, variant, where: isMature }, traits.attributes, index, arms);
}

/** Units by variant and value, a row each in `from`, which has the attributes' places. */
export async function countGroups(
  engine: Engine,
  units: Pick<Select, "from"> & { readonly variant: Expression; readonly where: readonly Expression[] },
  attributes: readonly Trait[],
  index: number,
  arms: number,
): Promise<readonly (readonly number[])[]> {
  const rows = await engine.run(
    select({
      columns: [
        named("variant", units.variant),
        named("trait", column(traitName(index))),
        named("units", call("count")),
      ],
      from: units.from,
      where: all(units.where),
      groupBy: ["variant", "trait"],
    }),
  );
  const counts = Array.from({ length: groupsOf(attributes[index]!) }, () =>
    Array.from({ length: arms }, () => 0),
  );
  for (const row of rows) {
    counts[decodeNumber(row, "trait")]![decodeNumber(row, "variant")] = decodeNumber(row, "units");
  }
  return counts;
}

/** Rows with a `key`, beside the traits of their units. */
export function withTraits(rows: Parameters<typeof aliased>[0], traits: Traits) {
  return join(
    aliased(rows, "row"),
    aliased(table(traits.table), "traits"),
    binary("equal", column("key", "row"), column("of", "traits")),
  );
}

function firstTexts(rows: Query, exposed: string, count: number): Query {
  const names = Array.from({ length: count }, (_, index) => traitName(index));
  return select({
    columns: [
      named("of", column("key", "exposed")),
      ...names.map((name) => named(name, wholeText(call("min", column(name, "exposure"))))),
    ],
    from: join(
      aliased(subquery(rows), "exposure"),
      aliased(table(exposed), "exposed"),
      binary("equal", column("unit", "exposure"), column("unit", "exposed")),
    ),
    where: all([
      isNull(column("reason", "exposure")),
      binary("equal", column("at", "exposure"), column("first", "exposed")),
      binary("equal", column("variant", "exposure"), variantOfKey(column("key", "exposed"))),
    ]),
    groupBy: ["of"],
  });
}

function placeOf({ values }: Trait, index: number): Expression {
  const text = column(traitName(index));
  return cast(
    choose(
      values.map((value, place): readonly [Expression, Expression] => [
        value === null ? isNull(text) : binary("equal", text, parameter(markedText(value))),
        literal(BigInt(place)),
      ]),
      literal(BigInt(values.length)),
    ),
    "integer",
  );
}
