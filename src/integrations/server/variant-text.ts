/**
 * Variants by experiment as one text, `checkout:one-page.search:`: sorted, an empty variant for null. It is
 * written with letters, digits, `_ - . : *` alone, so that it stands in a path, a query and a cookie as it is.
 */
export function writeVariants(
  variants: Iterable<readonly [experiment: string, variant: string | null]>,
): string {
  return [...variants]
    .map(([experiment, variant]) => `${writeWord(experiment)}:${writeWord(variant ?? "")}`)
    .sort()
    .join(".");
}

/** What `writeVariants` wrote; null where the text is nothing it writes. */
export function readVariants(text: string): ReadonlyMap<string, string | null> | null {
  const variants = new Map<string, string | null>();
  if (text === "") return variants;
  for (const pair of text.split(".")) {
    const [experiment, variant, ...rest] = pair.split(":").map(readWord);
    if (!experiment || variant === undefined || variant === null || rest.length > 0) return null;
    variants.set(experiment, variant === "" ? null : variant);
  }
  return variants;
}

/** Other characters as their UTF-8 bytes, `*2c`; a lone surrogate as U+FFFD. */
function writeWord(text: string): string {
  return text.replace(/[^\w-]+/gu, (others) =>
    Array.from(new TextEncoder().encode(others), (byte) => `*${byte.toString(16).padStart(2, "0")}`).join(""),
  );
}

/** Null where the text is not escaped as `writeWord` does. */
function readWord(text: string): string | null {
  if (!/^(?:[\w-]|\*[\da-f]{2})*$/.test(text)) return null;
  try {
    return decodeURIComponent(text.replace(/\*/g, "%"));
  } catch {
    return null;
  }
}
