import type { LocatedNode } from "./located-tree.ts";
import { parse } from "./parse.ts";
import { type JsonValue, toJson } from "./to-json.ts";

/** Keys and values; a mapping goes into the mapping of that name, whose other keys stay, a list into one as long. */
export interface YamlEntries {
  readonly [key: string]: string | number | readonly string[] | YamlEntries;
}

/** What to put into the mapping at a path, which is made where there is none. */
export interface YamlPut {
  readonly path: readonly string[];
  readonly entries: YamlEntries;
  /** Key of the mapping above behind which a new one goes; where that is absent, at the end. */
  readonly behind?: string;
}

/**
 * A YAML text with values put into it: only these change, and every comment, blank line and spelling stays. New
 * keys stand on lines of their own, or within the braces of a mapping that is written so. Null where the text
 * cannot be read back as exactly that, as where an alias or an anchor stands in the way.
 */
export function putIntoYaml(file: string, text: string, puts: readonly YamlPut[]): string | null {
  return puts.reduce<string | null>((done, put) => done && putOne(file, done, put), text);
}

function putOne(file: string, text: string, { path, entries, behind }: YamlPut): string | null {
  const before = parse(file, text).tree;
  if (before === null) return null;
  const wanted = path.reduceRight<YamlEntries>((inner, key) => ({ [key]: inner }), entries);
  const after = insertInto(text, before.root, wanted, behind);
  const found = after === null ? null : parse(file, after).tree;
  if (found === null) return null;
  const expected = merged(toJson(before.root), wanted);
  return same(toJson(found.root), expected) ? after : null;
}

/** The text with the entries in the mapping; null where it is none. Edits go from the last to the first place. */
function insertInto(text: string, node: LocatedNode, entries: YamlEntries, behind?: string): string | null {
  const edits: { readonly at: number; readonly end: number; readonly put: string }[] = [];
  const gather = (mapping: LocatedNode, wanted: YamlEntries, indent: number): boolean => {
    if (mapping.kind !== "mapping" || mapping.entries.size === 0) return false;
    const fresh: YamlEntries[] = [];
    for (const [key, value] of Object.entries(wanted)) {
      const old = mapping.entries.get(key);
      if (old === undefined) fresh.push({ [key]: value });
      else if (isList(value)) {
        if (old.value.kind !== "sequence" || old.value.items.length !== value.length) return false;
        for (const [index, item] of old.value.items.entries()) {
          if (item.kind !== "scalar") return false;
          if (item.value !== value[index])
            edits.push({ at: item.span.start, end: item.span.end, put: scalar(value[index]!) });
        }
      } else if (typeof value === "object") {
        const column = columnOf(text, firstKey(old.value) ?? old.keySpan.start);
        if (!gather(old.value, value, column)) return false;
      } else if (old.value.kind !== "scalar") return false;
      else if (old.value.value !== value)
        edits.push({ at: old.value.span.start, end: old.value.span.end, put: scalar(value) });
    }
    if (fresh.length === 0) return true;
    const added = Object.assign({}, ...fresh) as YamlEntries;
    const [last] = [...mapping.entries.values()].slice(-1);
    if (text[mapping.span.start] === "{") {
      const at = last!.value.span.end;
      edits.push({ at, end: at, put: `, ${inBraces(added)}` });
      return true;
    }
    const neighbour = (behind === undefined ? undefined : mapping.entries.get(behind)) ?? last!;
    const at = endOfLines(text, neighbour.value, neighbour.keySpan.end);
    const newline = text.includes("\r\n") ? "\r\n" : "\n";
    const lines = onLines(added, indent).join(newline);
    edits.push({ at, end: at, put: text[at - 1] === "\n" ? lines + newline : newline + lines });
    return true;
  };
  const first = firstKey(node);
  if (first === null || !gather(node, entries, columnOf(text, first))) return null;
  return edits
    .sort((one, other) => other.at - one.at)
    .reduce((done, { at, end, put }) => done.slice(0, at) + put + done.slice(end), text);
}

function firstKey(node: LocatedNode): number | null {
  if (node.kind !== "mapping") return null;
  const [first] = node.entries.values();
  return first ? first.keySpan.start : null;
}

function columnOf(text: string, at: number): number {
  const line = text.lastIndexOf("\n", at - 1) + 1;
  return at - line - (text.startsWith("\u{feff}", line) ? 1 : 0);
}

/** Where the line begins that follows the last one of a value, remarks at its end included. */
function endOfLines(text: string, node: LocatedNode, keyEnd: number): number {
  const end = Math.max(lastOf(text, node), keyEnd);
  if (end > 0 && text[end - 1] === "\n") return end;
  const newline = text.indexOf("\n", end);
  return newline < 0 ? text.length : newline + 1;
}

/** Of a mapping or list on lines of its own, the end of the last thing in it. */
function lastOf(text: string, node: LocatedNode): number {
  if (node.kind === "scalar" || /[{[*&]/.test(text[node.span.start] ?? "")) return node.span.end;
  const inner = node.kind === "mapping" ? [...node.entries.values()].map(({ value }) => value) : node.items;
  const [last] = inner.slice(-1);
  return last ? lastOf(text, last) : node.span.end;
}

function onLines(entries: YamlEntries, indent: number): readonly string[] {
  const space = " ".repeat(indent);
  return Object.entries(entries).flatMap(([key, value]) =>
    typeof value === "object" && !isList(value)
      ? [`${space}${scalar(key)}:`, ...onLines(value, indent + 2)]
      : [`${space}${scalar(key)}: ${leaf(value)}`],
  );
}

function inBraces(entries: YamlEntries): string {
  return Object.entries(entries)
    .map(([key, value]) =>
      typeof value === "object" && !isList(value)
        ? `${scalar(key)}: { ${inBraces(value)} }`
        : `${scalar(key)}: ${leaf(value)}`,
    )
    .join(", ");
}

const READS_AS_ITSELF = /^(?!(?:true|false|null)$)[a-z][a-z0-9-]*$|^[\d.]+%$|^\d{4}-\d{2}-\d{2}$/i;

function leaf(value: string | number | readonly string[]): string {
  return isList(value) ? `[${value.map(scalar).join(", ")}]` : scalar(value);
}

function isList(value: YamlEntries[string]): value is readonly string[] {
  return Array.isArray(value);
}

function scalar(value: string | number): string {
  return typeof value === "number" || READS_AS_ITSELF.test(value) ? String(value) : JSON.stringify(value);
}

function merged(json: JsonValue, entries: YamlEntries): JsonValue {
  const mapping = isObject(json) ? json : {};
  const result: Record<string, JsonValue> = Object.assign(Object.create(null), mapping);
  for (const [key, value] of Object.entries(entries)) {
    result[key] =
      typeof value === "object" && !isList(value) ? merged(mapping[key] ?? {}, value) : (value as JsonValue);
  }
  return result;
}

function same(one: JsonValue, other: JsonValue): boolean {
  if (!isObject(one) || !isObject(other)) {
    if (!Array.isArray(one) || !Array.isArray(other)) return Object.is(one, other);
    return one.length === other.length && one.every((item, index) => same(item, other[index] as JsonValue));
  }
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return (
    keys.length === others.length &&
    keys.every((key) => Object.hasOwn(other, key) && same(one[key]!, other[key]!))
  );
}

function isObject(json: JsonValue): json is { readonly [key: string]: JsonValue } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
