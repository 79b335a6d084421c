import { all, column } from "../sql/expressions.ts";
import { named, select } from "../sql/queries.ts";
import type { Row } from "../sql/result.ts";
import type { Expression, Select } from "../sql/tree.ts";
import { decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";
import type { Part } from "./exact-sum.ts";

/** Which rows are summed, and in what groups. */
export interface Grouping {
  /** Has a column `variant`: 0, 1, … below `arms`. */
  readonly from: Select["from"];
  readonly where: readonly Expression[];
  readonly arms: number;
  /** How many groups there are. */
  readonly groups: number;
  /** The group of a row, 0, 1, …; `groups` or more: none. Null: there is one group. */
  readonly groupOf: Expression | null;
  /** Each group holds the units of the groups before it too. */
  readonly isCumulative: boolean;
}

/** The sum at a place of the list. */
export type SumOf = (place: number) => number;

/** Aggregates to ask for, each once. */
export function sumList() {
  const places = new Map<string, number>();
  const sums: (readonly Part[])[] = [];
  return {
    /** The place in the list of an aggregate, or of the parts that make one together. */
    need(sum: Expression | readonly Part[]): number {
      const parts = "kind" in sum ? [{ expression: sum, per: 1 }] : sum;
      const key = JSON.stringify(parts, (_, value) => (typeof value === "bigint" ? `${value}n` : value));
      const place = places.get(key) ?? sums.push(parts) - 1;
      places.set(key, place);
      return place;
    },
    list: (): readonly (readonly Part[])[] => sums,
  };
}

/** The sums by group and arm; 0 where there is no row. */
export async function sumByGroup(
  engine: Engine,
  { from, where, arms, groups, groupOf, isCumulative }: Grouping,
  sums: readonly (readonly Part[])[],
): Promise<readonly (readonly SumOf[])[]> {
  const group = groupOf === null ? [] : [named("group", groupOf)];
  const names = sums.map((parts, place) => parts.map((_, index) => `sum ${place} ${index}`));
  const rows =
    sums.length === 0
      ? []
      : await engine.run(
          select({
            columns: [
              named("variant", column("variant")),
              ...group,
              ...sums.flatMap((parts, place) =>
                parts.map(({ expression }, index) => named(names[place]![index]!, expression)),
              ),
            ],
            from,
            where: all(where),
            groupBy: ["variant", ...group.map(({ name }) => name)],
          }),
        );
  const found = new Map<string, Row>();
  for (const row of rows) {
    found.set(`${groupOf === null ? 0 : decodeNumber(row, "group")} ${decodeNumber(row, "variant")}`, row);
  }
  const nothing = sums.map(() => 0);
  let totals = Array.from({ length: arms }, () => nothing);
  return Array.from({ length: groups }, (_, each) => {
    totals = totals.map((before, arm) => {
      const row = found.get(`${each} ${arm}`);
      const start = isCumulative ? before : nothing;
      if (!row) return start;
      return sums.map((parts, place) =>
        parts.reduce(
          (sum, { per }, index) => sum + decodeNumber(row, names[place]![index]!) / per,
          start[place]!,
        ),
      );
    });
    return totals.map((total) => (place: number) => total[place]!);
  });
}
