/** What a column's type lets us read from it. */
export type ColumnKind = "instant" | "local-time" | "text" | "number" | "boolean" | "other";

/** Whether a number of the type may have a fraction, so that 17 can be written 17.0. */
export function isFractional(type: string): boolean {
  return /^(FLOAT|DOUBLE|Float(32|64)|BFloat16)$|^DECIMAL\(|^Decimal/.test(bareType(type));
}

/** Sorts the type names of DuckDB and, which differ by their case, of ClickHouse. */
export function columnKind(type: string): ColumnKind {
  const bare = bareType(type);
  const kind = duckdbKind(bare);
  return kind === "other" ? clickhouseKind(bare) : kind;
}

/** ClickHouse says with a type whether it may be NULL, and how it is stored. */
function bareType(type: string): string {
  const [, inner] = /^(?:Nullable|LowCardinality)\((.*)\)$/s.exec(type) ?? [];
  return inner === undefined ? type : bareType(inner);
}

/** A `DateTime` is an instant: its zone only says how it is shown. */
function clickhouseKind(type: string): ColumnKind {
  if (/^DateTime(64)?(\(|$)/.test(type)) return "instant";
  if (/^Date(32)?$/.test(type)) return "local-time";
  if (/^(String|UUID|IPv4|IPv6)$|^FixedString\(|^Enum(8|16)\(/.test(type)) return "text";
  if (/^U?Int\d+$|^(Float(32|64)|BFloat16)$|^Decimal/.test(type)) return "number";
  return type === "Bool" ? "boolean" : "other";
}

function duckdbKind(type: string): ColumnKind {
  if (type === "TIMESTAMP WITH TIME ZONE") return "instant";
  if (/^TIMESTAMP(_S|_MS|_NS)?$|^DATE$/.test(type)) return "local-time";
  if (/^(VARCHAR|JSON|UUID)$|^ENUM\(/.test(type)) return "text";
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT$|^U?INTEGER$|^(FLOAT|DOUBLE|BIGNUM)$|^DECIMAL\(/.test(type))
    return "number";
  return type === "BOOLEAN" ? "boolean" : "other";
}
