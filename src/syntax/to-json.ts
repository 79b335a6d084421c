import type { LocatedNode } from "./located-tree.ts";

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** The plain value of a tree. Its objects have no prototype, so that no key of theirs means anything to JavaScript. */
export function toJson(node: LocatedNode): JsonValue {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "sequence") return node.items.map(toJson);
  const object: Record<string, JsonValue> = Object.create(null);
  for (const { key, value } of node.entries.values()) object[key] = toJson(value);
  return object;
}
