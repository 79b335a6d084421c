import { CST, isScalar, Parser, type ScalarTag, Schema } from "yaml";
import { FORBIDDEN_KEYS, isExact } from "./extract-tree.ts";
import { CONTROL, DEEPEST, onlySeemsClosed } from "./parse.ts";
import { emptyObject, type JsonValue } from "./to-json.ts";

/** Not for this file to judge, sound or not. */
const UNUSUAL = Symbol("unusual");
type Reading = JsonValue | typeof UNUSUAL;

/**
 * The value of a text that uses none but the ordinary parts of YAML: the one that `parse` finds, at half the cost and
 * without places. Undefined for every other text, sound or not, of which only `parse` can tell. Tokens, scalars
 * and types are those of yaml's own parser; this only puts them together.
 */
export function ordinaryValue(text: string): JsonValue | undefined {
  if (CONTROL.test(text)) return undefined;
  let document: CST.Document | null = null;
  for (const token of new Parser().parse(text)) {
    if (token.type === "document" && document === null) document = token;
    else if (document !== null || !BLANKS.has(token.type)) return undefined;
  }
  if (document?.value?.type !== "block-map") return undefined;
  if (!isBlank(document.start) || !isBlank(document.end ?? [])) return undefined;
  const value = readToken(document.value, 0);
  return value === UNUSUAL ? undefined : value;
}

const BLANKS: ReadonlySet<string> = new Set(["space", "comment", "newline"]);

function readToken(token: CST.Token, depth: number): Reading {
  if (depth > DEEPEST) return UNUSUAL;
  switch (token.type) {
    case "scalar":
    case "single-quoted-scalar":
    case "double-quoted-scalar":
    case "block-scalar":
      return readScalar(token);
    case "block-map":
      return readMapping(token, depth);
    case "block-seq":
      return readSequence(token, depth);
    case "flow-collection":
      return token.start.source === "{" ? readFlowMapping(token, depth) : readFlowSequence(token, depth);
    default:
      return UNUSUAL;
  }
}

function readMapping({ indent, items }: CST.BlockMap, depth: number): Reading {
  const object = emptyObject();
  for (const [index, { start, key, sep, value }] of items.entries()) {
    if (!isBlank(start)) return UNUSUAL;
    if (!key && !sep && !value && index === items.length - 1) break;
    if (!CST.isScalar(key ?? null) || !key || !("indent" in key) || key.indent !== indent) return UNUSUAL;
    if (value?.type === "block-map" || value?.type === "block-seq") {
      if (!sep?.some(({ type }) => type === "newline")) return UNUSUAL;
    }
    if (!addEntry(object, key, sep, value, depth)) return UNUSUAL;
  }
  return object;
}

/** Reads an entry whose key is on one line into an object; false where it is not for this file to judge. */
function addEntry(
  object: Record<string, JsonValue>,
  key: CST.Token,
  sep: readonly CST.SourceToken[] | undefined,
  value: CST.Token | undefined,
  depth: number,
): boolean {
  const [colon] = sep ?? [];
  if (!sep || colon?.type !== "map-value-ind" || colon.offset - key.offset > LONGEST_KEY) return false;
  if (!isBlank(sep, 1, false)) return false;
  const name = readKey(key);
  if (name === null || Object.hasOwn(object, name)) return false;
  const read = value ? readToken(value, depth + 1) : null;
  if (read === UNUSUAL) return false;
  object[name] = read;
  return true;
}

/** YAML's own limit on keys without a `?`. */
const LONGEST_KEY = 1_024;

/** A key as the text spells it. */
function readKey(key: CST.Token): string | null {
  if (!CST.isScalar(key) || key.type === "alias" || key.type === "block-scalar") return null;
  if (key.source === "" || key.source.includes("\n")) return null;
  const value = readScalar(key);
  if (value === UNUSUAL) return null;
  const name = typeof value === "string" ? value : key.source;
  return name === "<<" || FORBIDDEN_KEYS.includes(name) || isIndex(name) ? null : name;
}

/** An object begins with such keys, wherever they stand in the text. */
function isIndex(name: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(name);
}

function readSequence({ items }: CST.BlockSequence, depth: number): Reading {
  const values: JsonValue[] = [];
  for (const [index, { start, value }] of items.entries()) {
    const dash = start.findIndex(({ type }) => type === "seq-item-ind");
    if (dash < 0 && !value && index === items.length - 1 && isBlank(start)) break;
    if (dash < 0 || !isBlank(start.slice(0, dash)) || !isBlank(start, dash + 1, false)) return UNUSUAL;
    const read = value ? readToken(value, depth + 1) : null;
    if (read === UNUSUAL) return UNUSUAL;
    values.push(read);
  }
  return values;
}

function readFlowSequence({ items, end }: CST.FlowCollection, depth: number): Reading {
  if (end[0]?.source !== "]" || !isBlank(end, 1, false)) return UNUSUAL;
  const values: JsonValue[] = [];
  for (const [index, { start, key, sep, value }] of items.entries()) {
    if (!isFlowStart(start, index > 0) || key || sep) return UNUSUAL;
    if (!value) {
      if (index === 0 || index < items.length - 1) return UNUSUAL;
      break;
    }
    if (value.type === "block-map" || value.type === "block-seq") return UNUSUAL;
    const read = readToken(value, depth + 1);
    if (read === UNUSUAL) return UNUSUAL;
    values.push(read);
  }
  return values;
}

function readFlowMapping({ items, end }: CST.FlowCollection, depth: number): Reading {
  if (end[0]?.source !== "}" || !isBlank(end, 1, false)) return UNUSUAL;
  const object = emptyObject();
  for (const [index, { start, key, sep, value }] of items.entries()) {
    if (!isFlowStart(start, index > 0)) return UNUSUAL;
    if (!key && !sep && !value && index > 0 && index === items.length - 1) break;
    if (!key || value?.type === "block-map" || value?.type === "block-seq") return UNUSUAL;
    if (!addEntry(object, key, sep, value, depth)) return UNUSUAL;
  }
  return object;
}

function readScalar(token: CST.FlowScalar | CST.BlockScalar): Reading {
  if (onlySeemsClosed(token as CST.Token)) return UNUSUAL;
  let sound = true;
  const { value = "" } =
    CST.resolveAsScalar(token, true, () => {
      sound = false;
    }) ?? {};
  if (!sound) return UNUSUAL;
  if (token.type !== "scalar") return value;
  const plain = plainValue(value);
  return plain === undefined ? UNUSUAL : plain;
}

/** The value of a plain scalar in YAML's core schema; undefined where only `parse` can tell. */
export function plainValue(source: string): JsonValue | undefined {
  const typed = typedValue(source);
  return isExact(typed) && !Object.is(typed, -0) ? typed : undefined;
}

const TAGS = new Schema({ schema: "core" }).tags.filter(
  (tag): tag is ScalarTag => tag.default === true && !tag.collection && tag.test !== undefined,
);

function typedValue(source: string): string | number | boolean | null {
  const tag = TAGS.find(({ test }) => test?.test(source));
  if (tag === undefined) return source;
  const resolved = tag.resolve(source, () => {}, {});
  return (isScalar(resolved) ? resolved.value : resolved) as string | number | boolean | null;
}

/** White space and comments alone. Tabs and comments that stick to something are not for this file to judge. */
function isBlank(tokens: readonly CST.SourceToken[], from = 0, spaced = true): boolean {
  let separate = spaced;
  for (let index = from; index < tokens.length; index += 1) {
    const { type, source } = tokens[index]!;
    if (type === "comment" ? !separate : type !== "newline" && (type !== "space" || source.includes("\t")))
      return false;
    separate = true;
  }
  return true;
}

/** What stands before an item of a flow collection: blanks, and a comma before each but the first. */
function isFlowStart(tokens: readonly CST.SourceToken[], later: boolean): boolean {
  const comma = tokens.findIndex(({ type }) => type === "comma");
  if (comma < 0) return !later && isBlank(tokens, 0, false);
  return later && isBlank(tokens.slice(0, comma), 0, false) && isBlank(tokens, comma + 1, false);
}
