import { all, binary, call, cast, parameter } from "../sql/expressions.ts";
import { named, select } from "../sql/queries.ts";
import type { Expression, Select } from "../sql/tree.ts";
import { decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";

/** Numbers that can be put in order: one per row that all conditions hold for, none of them NULL. */
export interface Ranked {
  readonly from: Select["from"];
  readonly where: readonly Expression[];
  readonly value: Expression;
}

/** How many there are, and between which values they lie. */
export interface Extent {
  readonly count: number;
  readonly least: number;
  readonly most: number;
}

export async function extentOf(engine: Engine, { from, where, value }: Ranked): Promise<Extent> {
  const [row] = await engine.run(select({ columns: extentColumns(value), from, where: all(where) }));
  return {
    count: decodeNumber(row!, "count"),
    least: decodeNumber(row!, "least"),
    most: decodeNumber(row!, "most"),
  };
}

/**
 * The values at these places (from 0, below `extent.count`) of the ascending order, exactly. Only counts, least and
 * greatest values of intervals are asked for, which add up over any parts of the data; each round narrows an
 * interval to a thousandth, and what is few enough is read value by value.
 */
export async function orderStatistics(
  engine: Engine,
  ranked: Ranked,
  extent: Extent,
  places: readonly number[],
): Promise<readonly number[]> {
  const found = await resolve(engine, ranked, extent, [...new Set(places)]);
  return places.map((place) => found.get(place)!);
}

const INTERVALS = 1000;
const FEW = 5000;

async function resolve(
  engine: Engine,
  ranked: Ranked,
  extent: Extent,
  places: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { count, least, most } = extent;
  if (places.length === 0) return new Map();
  if (least === most) return new Map(places.map((place) => [place, least]));
  const scale = INTERVALS / (most - least);
  if (count <= FEW || !Number.isFinite(scale)) return readValues(engine, ranked, extent, places);
  const parts = await countIntervals(engine, ranked, extent, scale);
  if (parts.length === 1) return readValues(engine, ranked, extent, places);
  const found = new Map<number, number>();
  let before = 0;
  for (const part of parts) {
    const first = before;
    const mine = places.filter((place) => place >= first && place < first + part.count);
    const inside = await resolve(
      engine,
      ranked,
      part,
      mine.map((place) => place - first),
    );
    for (const [place, value] of inside) found.set(place + first, value);
    before += part.count;
  }
  return found;
}

/** The intervals that hold any value, ascending. Rounding may move their ends, but not their order. */
async function countIntervals(
  engine: Engine,
  { from, where, value }: Ranked,
  { least, most }: Extent,
  scale: number,
): Promise<readonly Extent[]> {
  const share = binary("times", binary("minus", value, parameter(least)), parameter(scale));
  const rows = await engine.run(
    select({
      columns: [named("interval", cast(share, "integer")), ...extentColumns(value)],
      from,
      where: all([...where, ...isWithin(value, least, most)]),
      groupBy: ["interval"],
    }),
  );
  return rows
    .map((row) => ({
      interval: decodeNumber(row, "interval"),
      count: decodeNumber(row, "count"),
      least: decodeNumber(row, "least"),
      most: decodeNumber(row, "most"),
    }))
    .sort((left, right) => left.interval - right.interval);
}

async function readValues(
  engine: Engine,
  { from, where, value }: Ranked,
  { least, most }: Extent,
  places: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const rows = await engine.run(
    select({
      columns: [named("value", value), named("count", call("count"))],
      from,
      where: all([...where, ...isWithin(value, least, most)]),
      groupBy: ["value"],
    }),
  );
  const values = rows
    .map((row) => ({ value: decodeNumber(row, "value"), count: decodeNumber(row, "count") }))
    .sort((left, right) => left.value - right.value);
  const found = new Map<number, number>();
  let before = 0;
  for (const { value: each, count } of values) {
    const first = before;
    for (const place of places) if (place >= first && place < first + count) found.set(place, each);
    before += count;
  }
  return found;
}

function extentColumns(value: Expression) {
  return [
    named("count", call("count")),
    named("least", call("min", value)),
    named("most", call("max", value)),
  ];
}

function isWithin(value: Expression, least: number, most: number): readonly Expression[] {
  return [binary("at-least", value, parameter(least)), binary("at-most", value, parameter(most))];
}
