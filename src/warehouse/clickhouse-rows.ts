import type { Cell, Row } from "../sql/result.ts";

/** The result of a query as the engine sends it: `JSONCompact`, 64-bit integers and what is no finite number quoted. */
export interface CompactResult {
  readonly meta?: readonly { readonly name: string; readonly type: string }[];
  readonly data: readonly (readonly unknown[])[];
}

/** Rows by the names of their columns, each cell as its column's type says. */
export function decodeRows({ meta = [], data }: CompactResult): readonly Row[] {
  const decoders = meta.map(({ type }) => decoderOf(bareType(type)));
  return data.map((cells) => {
    const row: Record<string, Cell> = Object.create(null);
    meta.forEach(({ name }, index) => {
      const cell = cells[index];
      row[name] = cell === null || cell === undefined ? null : decoders[index]!(cell);
    });
    return row;
  });
}

/** The type without what says that it may be NULL or how it is stored. */
export function bareType(type: string): string {
  const [, inner] = /^(?:Nullable|LowCardinality)\((.*)\)$/s.exec(type) ?? [];
  return inner === undefined ? type : bareType(inner);
}

function decoderOf(type: string): (cell: unknown) => Cell {
  if (/^U?Int\d+$/.test(type)) return decodeInteger;
  if (/^(Float\d+|BFloat16|Decimal.*)$/.test(type)) return decodeNumber;
  if (type === "Bool") return (cell) => cell === true || cell === "true";
  return (cell) => (typeof cell === "string" ? cell : JSON.stringify(cell));
}

function decodeInteger(cell: unknown): Cell {
  const value = BigInt(cell as string | number);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function decodeNumber(cell: unknown): Cell {
  const value = NOT_FINITE.get(String(cell));
  return value ?? Number(cell);
}

const NOT_FINITE: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["-nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
]);
