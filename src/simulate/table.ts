export type Cell = string | number | boolean | null;

/** One cell per column. */
export type Row = readonly Cell[];

export interface Column {
  readonly name: string;
  /** `timestamp` cells are milliseconds since 1970-01-01T00:00Z. */
  readonly type: "string" | "timestamp" | "double" | "boolean" | "integer";
}

/** Rows of one source of the warehouse; going through them again gives the same rows. */
export interface SimulatedTable {
  /** `exposures`, the key of an event source, or `perUnit`. */
  readonly source: string;
  readonly columns: readonly Column[];
  /** At most some 10,000 rows at a time, whatever the number of units. */
  readonly batches: () => Iterable<readonly Row[]>;
}

/** A column, and where its cells come from. */
export interface FilledColumn<Fact> extends Column {
  readonly cell: (fact: Fact) => Cell;
}

const BATCH_ROWS = 10_000;

/** A table of facts, which come some at a time; where two columns have one name, the first stays. */
export function tableOf<Fact>(
  source: string,
  filled: readonly FilledColumn<Fact>[],
  facts: () => Iterable<readonly Fact[]>,
): SimulatedTable {
  const byName = new Map<string, FilledColumn<Fact>>();
  for (const column of filled) if (!byName.has(column.name)) byName.set(column.name, column);
  const unique = [...byName.values()];
  return {
    source,
    columns: unique.map(({ name, type }) => ({ name, type })),
    *batches() {
      let rows: Row[] = [];
      for (const some of facts()) {
        for (const fact of some) rows.push(unique.map(({ cell }) => cell(fact)));
        if (rows.length >= BATCH_ROWS) {
          yield rows;
          rows = [];
        }
      }
      if (rows.length > 0) yield rows;
    },
  };
}
