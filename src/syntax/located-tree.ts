import type { Span } from "../diagnostics/place.ts";

/** A YAML document as plain data, every node with its place in the text. Aliases are already in place. */
export interface LocatedTree {
  readonly file: string;
  readonly root: LocatedNode;
}

/** Trees by file; none of a file that is not YAML. */
export interface LocatedTrees {
  get(file: string): LocatedTree | undefined;
}

export type LocatedNode = LocatedMapping | LocatedSequence | LocatedScalar;

interface LocatedMapping {
  readonly kind: "mapping";
  readonly span: Span;
  /** In the order of the text, by key. */
  readonly entries: ReadonlyMap<string, LocatedEntry>;
}

export interface LocatedEntry {
  /** As the text spells it: the key of `1.0: x` is `1.0`, that of `"yes": x` is `yes`. */
  readonly key: string;
  readonly keySpan: Span;
  readonly value: LocatedNode;
}

interface LocatedSequence {
  readonly kind: "sequence";
  readonly span: Span;
  readonly items: readonly LocatedNode[];
}

interface LocatedScalar {
  readonly kind: "scalar";
  readonly span: Span;
  /** Numbers are finite and exact. */
  readonly value: string | number | boolean | null;
}

/** The node that a step of a path leads to. */
export function childOf(node: LocatedNode, step: string | number): LocatedNode | undefined {
  if (node.kind === "mapping") return entryOf(node, step)?.value;
  if (node.kind === "sequence") return node.items[Number(step)];
  return undefined;
}

export function entryOf(node: LocatedNode, key: string | number): LocatedEntry | undefined {
  return node.kind === "mapping" ? node.entries.get(String(key)) : undefined;
}
