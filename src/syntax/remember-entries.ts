import { ordinaryValue } from "./ordinary-value.ts";
import { emptyObject, type JsonValue } from "./to-json.ts";

/** The plain value of a text, where it can be had without its places; undefined where only `parse` can tell. */
export type ReadValue = (text: string) => JsonValue | undefined;

/** Characters of an entry, and entries, that are remembered: what files have in common is short. */
const LONGEST = 500;
const MOST = 10_000;

/** Where an entry of the outermost mapping begins: nothing that goes on from the line before can stand there. */
const BEGINNING = /(?:^|\n)([A-Za-z]\w*):(?=[ \r\n]|$)/g;

/**
 * Reads the entries of the outermost mappings that many files have in common (`unit: user`) once: of a text whose
 * entries are known in part, only the others are read, as if they stood alone.
 */
export function rememberEntries(): ReadValue {
  const known = new Map<string, JsonValue>();
  const beginnings = new Set<string>([""]);

  return (text) => {
    const { before, entries } = split(text);
    const unknown = beginnings.has(before)
      ? entries.filter(({ source }) => !known.has(source))
      : entries.filter(({ source }, index) => index === 0 || !known.has(source));
    const read = unknown.length === 0 ? emptyObject() : ordinaryValue(before + sourcesOf(unknown));
    if (!isMappingOf(unknown, read) || entries.length === 0) return undefined;
    const value = emptyObject();
    for (const { key, source } of entries) {
      if (Object.hasOwn(value, key)) return undefined;
      value[key] = known.has(source) ? known.get(source)! : read[key]!;
    }
    beginnings.add(before);
    for (const { key, source } of unknown)
      if (source.length <= LONGEST && known.size < MOST) known.set(source, value[key]!);
    return value;
  };
}

interface Entry {
  readonly key: string;
  readonly source: string;
}

function split(text: string): { readonly before: string; readonly entries: readonly Entry[] } {
  const starts = [...text.matchAll(BEGINNING)].map(({ 0: found, 1: key = "", index }) => ({
    key,
    start: found.startsWith("\n") ? index + 1 : index,
  }));
  return {
    before: text.slice(0, starts[0]?.start ?? text.length),
    entries: starts.map(({ key, start }, index) => ({
      key,
      source: text.slice(start, starts[index + 1]?.start),
    })),
  };
}

function sourcesOf(entries: readonly Entry[]): string {
  return entries.map(({ source }) => source).join("");
}

/** Whether a value has the keys of the entries and no others: then each of them is one entry. */
function isMappingOf(
  entries: readonly Entry[],
  value: JsonValue | undefined,
): value is { readonly [key: string]: JsonValue } {
  if (typeof value !== "object" || value === null) return false;
  const keys = Object.keys(value);
  return keys.length === entries.length && entries.every(({ key }, index) => key === keys[index]);
}
