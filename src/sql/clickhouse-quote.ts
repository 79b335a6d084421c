/** A name as ClickHouse reads it back, where a backslash escapes. The only place that quotes its identifiers. */
export function quoteClickhouseIdentifier(name: string): string {
  if (name === "" || name.includes("\0")) throw new Error("an identifier is empty or holds NUL");
  return `\`${escaped(name, "`")}\``;
}

/** A text for the few places that take no parameter: timezones, settings, names of types. */
export function quoteClickhouseText(text: string): string {
  if (text.includes("\0")) throw new Error("a text holds NUL");
  return `'${escaped(text, "'")}'`;
}

function escaped(text: string, quote: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`);
}
