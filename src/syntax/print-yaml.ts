import { CST } from "yaml";
import { blockScalarLines } from "./block-scalar-lines.ts";
import { writeYamlLines, type YamlLines } from "./yaml-lines.ts";

/** Columns by which what is inside is set in. */
const STEP = 2;

/**
 * YAML tokens in house form: block style, one key per line, two columns a level, LF, at most one blank line in
 * a row. A list of scalars that stood in brackets stays so where it fits on the line. Comments, the order of
 * keys and the spelling of values are the author's. The text must be free of syntax errors, directives and tags.
 */
export function printYaml(tokens: Iterable<CST.Token>): string {
  const out = writeYamlLines();
  for (const token of tokens) {
    if (token.type === "document") {
      printMarks(out, token.start, 0);
      printValue(out, token.value, 0);
      printMarks(out, token.end ?? [], 0);
    } else if (token.type === "doc-end") {
      // Its line goes, and so does the line's end.
      const marks = (token.end ?? []).filter(({ type }) => type !== "newline");
      printMarks(out, marks, 0);
    } else printMarks(out, [token as CST.SourceToken], 0);
  }
  return out.toString();
}

/** Writes the comments and anchors among punctuation, and counts its line ends. Without an indent, comments keep their level. */
function printMarks(out: YamlLines, marks: readonly CST.SourceToken[], indent: number | null): void {
  let gap = "";
  for (const { type, source, indent: column } of marks) {
    if (type === "newline") out.breakLine();
    else if (type === "comment") out.comment(indent ?? out.levelOf(column), source, gap);
    else if (type === "anchor") out.put(indent ?? 0, source);
    gap = type === "space" ? source : "";
  }
}

function printValue(out: YamlLines, value: CST.Token | null | undefined, indent: number): void {
  switch (value?.type) {
    case undefined:
      break;
    case "block-map":
    case "block-seq":
      out.enter(value.indent, indent);
      printItems(out, value.items, indent, value.type === "block-map");
      out.leave();
      break;
    case "flow-collection":
      printFlow(out, value, indent);
      break;
    case "block-scalar": {
      const { header, lines } = blockScalarLines(value);
      out.put(indent, header);
      for (const prop of value.props)
        if (prop.type === "comment") printMarks(out, [prop as CST.SourceToken], indent);
      out.block(Math.max(indent, STEP), lines);
      break;
    }
    default: {
      const [first = "", ...rest] = scalarLines(value as CST.Token);
      if (first !== "") out.put(indent, first);
      for (const line of rest) out.fold(indent, line);
      printMarks(out, endOf(value), Math.max(indent - STEP, 0));
    }
  }
}

function printItems(
  out: YamlLines,
  items: readonly CST.CollectionItem[],
  indent: number,
  keyed: boolean,
): void {
  for (const item of items) {
    if (!isItem(item)) printMarks(out, item.start, null);
    else if (keyed) printPair(out, item, indent);
    else {
      const begun = item.start.findIndex(({ type }) => type === "seq-item-ind" || type === "anchor");
      const before = begun < 0 ? item.start.length : begun;
      printMarks(out, item.start.slice(0, before), indent);
      out.dash(indent);
      if (isPair(item)) printPair(out, { ...item, start: item.start.slice(before) }, indent + STEP);
      else {
        printMarks(out, item.start.slice(before), indent + STEP);
        printValue(out, item.value ?? item.key, indent + STEP);
      }
    }
  }
}

function printPair(out: YamlLines, item: CST.CollectionItem, indent: number): void {
  const { start, sep = [] } = item;
  const colon = sep.findIndex(({ type }) => type === "map-value-ind");
  const key = item.key ?? (colon < 0 ? item.value : null);
  const anchor = start.find(({ type }) => type === "anchor");
  const marks = start.filter((mark) => mark !== anchor);
  printMarks(out, marks, indent);
  out.begin(indent, `${anchor ? `${anchor.source} ` : ""}${key ? keyText(key) : ""}:`);
  // What follows a key without a value is about the next one.
  printMarks(out, [...endOf(key), ...sep], item.value ? indent + STEP : indent);
  if (colon >= 0) printValue(out, item.value, indent + STEP);
}

function printFlow(out: YamlLines, value: CST.FlowCollection, indent: number): void {
  const keyed = value.start.source === "{";
  const outside = Math.max(indent - STEP, 0);
  const items = value.items.filter(isItem);
  if (items.length === 0) {
    out.put(indent, keyed ? "{}" : "[]");
    for (const { start } of value.items) printMarks(out, start, indent);
    printMarks(out, value.end, outside);
    return;
  }
  const line = keyed ? null : inlineList(value.items);
  if (line !== null && out.fits(line)) {
    out.put(indent, line);
    printMarks(out, value.end, outside);
    return;
  }
  // What is said beside the closing bracket is said of the whole.
  const after = value.end.findIndex(({ type }) => type === "newline");
  const beside = value.end.slice(0, after < 0 ? value.end.length : after);
  printMarks(out, beside, indent);
  out.enter(0, indent);
  printItems(out, withRemarks(value.items), indent, keyed);
  out.leave();
  printMarks(out, value.end.slice(beside.length), outside);
}

/** A comment behind a comma is about the item before the comma: it becomes a part of that item's end. */
function withRemarks(items: readonly CST.CollectionItem[]): readonly CST.CollectionItem[] {
  const remarks = items.map(({ start }, index) => {
    if (items[index - 1]?.value?.type !== "flow-collection") return [];
    const line = start.slice(0, start.findIndex(({ type }) => type === "newline") + 1);
    return line.some(({ type }) => type === "comment") && line.every(({ type }) => type !== "anchor")
      ? line.slice(0, -1)
      : [];
  });
  return items.map((item, index) => {
    const start = item.start.slice(remarks[index]?.length);
    if (item.value?.type !== "flow-collection") return { ...item, start };
    return {
      ...item,
      start,
      value: { ...item.value, end: [...item.value.end, ...(remarks[index + 1] ?? [])] },
    };
  });
}

/** A list in brackets; null where an item is more than a scalar on one line, or a comment stands inside. */
function inlineList(items: readonly CST.CollectionItem[]): string | null {
  const texts: string[] = [];
  for (const item of items) {
    const { start, sep = [] } = item;
    const scalar = item.value ?? item.key;
    const marks = [...start, ...sep, ...endOf(scalar)];
    if (marks.some(({ type }) => type === "comment") || isPair(item)) return null;
    if (!isItem(item)) continue;
    if (scalar && (CST.isCollection(scalar) || scalarLines(scalar).length > 1)) return null;
    const anchors = marks.flatMap(({ type, source }) => (type === "anchor" ? [source] : []));
    texts.push([...anchors, ...(scalar ? scalarLines(scalar) : [])].join(" "));
  }
  return `[${texts.join(", ")}]`;
}

function isPair({ start, sep = [] }: CST.CollectionItem): boolean {
  return [...start, ...sep].some(({ type }) => type === "map-value-ind" || type === "explicit-key-ind");
}

/** Not only what stands between two items. */
function isItem({ start, key, sep, value }: CST.CollectionItem): boolean {
  return Boolean(
    key || sep || value || start.some(({ type }) => type === "seq-item-ind" || type === "anchor"),
  );
}

/** On one line, which a key without a question mark must be. */
function keyText(key: CST.Token): string {
  if (!CST.isScalar(key)) return "source" in key ? key.source : "";
  const lines = key.type === "block-scalar" ? [] : scalarLines(key);
  return lines.length === 1 ? lines.join("") : JSON.stringify(CST.resolveAsScalar(key).value);
}

/** A flow scalar's lines without the indentation that folding takes away (YAML 1.2.2 §7.3). */
function scalarLines(token: CST.Token): readonly string[] {
  const source = "source" in token ? token.source : "";
  if (/^'[^'"\\\r\n]*'$/.test(source)) return [`"${source.slice(1, -1)}"`];
  const [first = "", ...rest] = source.split(/\r?\n/);
  // At the start of a file it would be a byte order mark.
  if (rest.length === 0) return [first.startsWith("\u{feff}") ? JSON.stringify(first) : first];
  return [first, ...rest.map((line) => line.replace(/^[ \t]+/, ""))];
}

function endOf(token: CST.Token | null | undefined): readonly CST.SourceToken[] {
  return token && "end" in token ? (token.end ?? []) : [];
}
