/** How many rows there are, and how many of them say what an earlier one says. */
export function countRepeated<Row>(
  rows: readonly Row[],
  saying: (row: Row) => readonly unknown[],
): { readonly rows: number; readonly repeated: number } {
  const sayings = new Set(rows.map((row) => JSON.stringify(saying(row))));
  return { rows: rows.length, repeated: rows.length - sayings.size };
}
