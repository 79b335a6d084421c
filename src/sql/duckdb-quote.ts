/** A name as DuckDB reads it back. The only place that quotes identifiers. */
export function quoteIdentifier(name: string): string {
  if (name === "" || name.includes("\0")) throw new Error("an identifier is empty or holds NUL");
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text for the few places that take no parameter: settings and options. */
export function quoteText(text: string): string {
  if (text.includes("\0")) throw new Error("a text holds NUL");
  return `'${text.replaceAll("'", "''")}'`;
}

/** A path that the engine's own globbing takes as it stands. */
export function escapeGlob(path: string): string {
  return path.replaceAll(/[*?[]/g, "[$&]");
}
