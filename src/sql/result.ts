/** A value that an engine returns: 64-bit integers as bigint only beyond 2^53. */
export type Cell = string | number | bigint | boolean | null;
export type Row = Readonly<Record<string, Cell>>;
