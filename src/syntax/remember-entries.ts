import { type Fill, learnOutline, outlineOf } from "./entry-outline.ts";
import { ordinaryValue } from "./ordinary-value.ts";
import { CONTROL } from "./parse.ts";
import { emptyObject, type JsonValue } from "./to-json.ts";

/** The plain value of a text, where it can be had without its places; undefined where only `parse` can tell. */
export type ReadValue = (text: string) => JsonValue | undefined;

/** Characters of an entry, and entries, that are remembered: what files have in common is short. */
const LONGEST = 500;
const MOST = 10_000;

/** The same of outlines, which leave out what differs. */
const LONGEST_OUTLINED = 4_000;
const MOST_OUTLINES = 2_000;

/** Where an entry of the outermost mapping begins: nothing that goes on from the line before can stand there. */
const BEGINNING = /(?:^|\n)([A-Za-z]\w*):(?=[ \r\n]|$)/g;

/**
 * Reads the entries of the outermost mappings that many files have in common once: those that are the same (`unit: user`),
 * and those that are the same but for single scalars (`owner: team-7`). The others are read as if they stood alone.
 */
export function rememberEntries(): ReadValue {
  const known = new Map<string, JsonValue>();
  const beginnings = new Set<string>([""]);
  const fill = rememberOutlines();

  return (text) => {
    if (CONTROL.test(text)) return undefined;
    const { before, entries } = split(text);
    const isKnown = beginnings.has(before);
    const values = entries.map((entry, index) =>
      index === 0 && !isKnown ? undefined : (known.get(entry.source) ?? fill(entry)),
    );
    const unknown = entries.filter((_, index) => values[index] === undefined);
    const read = unknown.length === 0 ? emptyObject() : ordinaryValue(before + sourcesOf(unknown));
    if (!isMappingOf(unknown, read) || entries.length === 0) return undefined;
    const value = emptyObject();
    for (const [index, { key }] of entries.entries()) {
      if (Object.hasOwn(value, key)) return undefined;
      value[key] = values[index] === undefined ? read[key]! : values[index];
    }
    beginnings.add(before);
    for (const { key, source } of unknown)
      if (source.length <= LONGEST && known.size < MOST) known.set(source, value[key]!);
    return value;
  };
}

/** Reads entries whose outline was met before; undefined for all others. */
function rememberOutlines(): (entry: Entry) => JsonValue | undefined {
  /** Undefined where it was met once: most of those are never met again. */
  const outlines = new Map<string, Fill | null | undefined>();

  return ({ key, source }) => {
    if (source.length > LONGEST_OUTLINED) return undefined;
    const outline = outlineOf(source);
    if (!outlines.has(outline.text)) {
      if (outlines.size < MOST_OUTLINES) outlines.set(outline.text, undefined);
      return undefined;
    }
    let fill = outlines.get(outline.text);
    if (fill === undefined) {
      fill = learnOutline(outline, key);
      outlines.set(outline.text, fill);
    }
    return fill?.(outline.scalars);
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
