/** What a column's type lets us read from it. */
export type ColumnKind = "instant" | "local-time" | "text" | "number" | "boolean" | "other";

/** Sorts DuckDB's type names. */
export function columnKind(type: string): ColumnKind {
  if (type === "TIMESTAMP WITH TIME ZONE") return "instant";
  if (/^TIMESTAMP(_S|_MS|_NS)?$|^DATE$/.test(type)) return "local-time";
  if (/^(VARCHAR|JSON|UUID)$|^ENUM\(/.test(type)) return "text";
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT$|^U?INTEGER$|^(FLOAT|DOUBLE|BIGNUM)$|^DECIMAL\(/.test(type))
    return "number";
  return type === "BOOLEAN" ? "boolean" : "other";
}
