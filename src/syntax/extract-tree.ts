import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair } from "yaml";
import type { ArgumentsOf, Code } from "../diagnostics/catalog.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic, Related } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/place.ts";
import type { LocatedEntry, LocatedNode, LocatedTree } from "./located-tree.ts";

/** Nodes that aliases may add to a document: enough for any hand-written file, too few to harm. */
const MOST_ALIASED = 10_000;
/** More than are ever told. */
const MOST_PROBLEMS = 1_000;
/** Keys that mean something to JavaScript. */
export const FORBIDDEN_KEYS: readonly string[] = ["__proto__", "constructor", "prototype"];

/** The compact tree of a composed document, so that the document itself can be dropped. */
export function extractTree(
  file: string,
  text: string,
  document: Document.Parsed,
): { readonly tree: LocatedTree | null; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const anchors = new Map<string, Node>();
  /** Collections that are being read: an alias to one of them would never end. */
  const open = new Set<Node>();
  let aliased = 0;
  let exhausted = false;

  const root = readNode(document.contents, { start: 0, end: 0 }, false);
  return { tree: diagnostics.length === 0 ? { file, root } : null, diagnostics };

  function report<C extends Code>(
    code: C,
    span: Span,
    args: ArgumentsOf<C>,
    related: readonly Related[] = [],
  ) {
    if (diagnostics.length < MOST_PROBLEMS)
      diagnostics.push(diagnose(code, { file, span }, args, { related }));
  }

  function readNode(node: unknown, after: Span, inAlias: boolean): LocatedNode {
    if (isAlias(node)) return readAlias(node.source, spanOf(node, after), inAlias);
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return nothing(after);
    const span = spanOf(node, after);
    if (inAlias) {
      exhausted ||= aliased === MOST_ALIASED;
      if (exhausted) return nothing(span);
      aliased += 1;
    } else {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      if (node.tag !== undefined) report("yaml/tag", span, { tag: node.tag });
    }
    if (isScalar(node)) {
      const value = plainValue(node.value);
      if (!isExact(value) && !inAlias) report("yaml/number", span, { found: node.source ?? "" });
      return { kind: "scalar", span, value };
    }
    open.add(node);
    const collection: LocatedNode = isMap(node)
      ? { kind: "mapping", span, entries: readEntries(node.items, span, inAlias) }
      : { kind: "sequence", span, items: node.items.map((item) => readItem(item, span, inAlias)) };
    open.delete(node);
    return collection;
  }

  /** Told once, at the alias in the text that led there. */
  function readAlias(alias: string, span: Span, inAlias: boolean): LocatedNode {
    const target = anchors.get(alias);
    if (target === undefined && !inAlias) report("yaml/unknown-alias", span, { alias });
    if (target === undefined || exhausted) return nothing(span);
    const looped = open.has(target);
    const node = looped ? nothing(span) : readNode(target, span, true);
    if ((looped || exhausted) && !inAlias) report("yaml/alias-expansion", span, { alias });
    return node;
  }

  /** An item of a flow sequence may be a pair, as in `[a: 1]`: a mapping of one entry. */
  function readItem(item: unknown, after: Span, inAlias: boolean): LocatedNode {
    if (!isPair(item)) return readNode(item, after, inAlias);
    return { kind: "mapping", span: spanOf(item.key, after), entries: readEntries([item], after, inAlias) };
  }

  function readEntries(
    pairs: readonly Pair[],
    after: Span,
    inAlias: boolean,
  ): ReadonlyMap<string, LocatedEntry> {
    const entries = new Map<string, LocatedEntry>();
    for (const pair of pairs) {
      const entry = readEntry(pair, after, inAlias);
      if (entry === null) continue;
      const first = entries.get(entry.key);
      if (first === undefined) {
        entries.set(entry.key, entry);
      } else if (!inAlias) {
        const related = [{ place: { file, span: first.keySpan }, label: "first given here" }];
        report("yaml/duplicate-key", entry.keySpan, { key: entry.key }, related);
      }
    }
    return entries;
  }

  function readEntry(pair: Pair, after: Span, inAlias: boolean): LocatedEntry | null {
    const { key: node, value } = pair;
    if (!isScalar(node) || node.tag !== undefined || node.range?.[0] === node.range?.[1]) {
      if (!inAlias) report("yaml/complex-key", spanOf(node, after), {});
      return null;
    }
    if (node.anchor !== undefined && !inAlias) anchors.set(node.anchor, node);
    const keySpan = spanOf(node, after);
    const key = typeof node.value === "string" ? node.value : text.slice(keySpan.start, keySpan.end);
    if (!inAlias && key === "<<") report("yaml/merge-key", keySpan, {});
    if (!inAlias && FORBIDDEN_KEYS.includes(key)) report("yaml/forbidden-key", keySpan, { key });
    return { key, keySpan, value: readNode(value, { start: keySpan.end, end: keySpan.end }, inAlias) };
  }

  /** Without the line ends that belong to a block. */
  function spanOf(node: unknown, after: Span): Span {
    const range = (node as Node | null)?.range;
    if (!range) return after;
    let end = range[1];
    while (end > range[0] && (text[end - 1] === "\n" || text[end - 1] === "\r")) end -= 1;
    return { start: range[0], end };
  }
}

function plainValue(value: unknown): string | number | boolean | null {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** Integers beyond 2^53 would silently become others. */
export function isExact(value: string | number | boolean | null): boolean {
  if (typeof value !== "number") return true;
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

function nothing({ start }: Span): LocatedNode {
  return { kind: "scalar", span: { start, end: start }, value: null };
}
