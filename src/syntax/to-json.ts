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
  const object = emptyObject();
  for (const { key, value } of node.entries.values()) object[key] = toJson(value);
  return object;
}

/** An object that inherits nothing. V8 makes a hash table of one that is created so, of twice the size. */
export function emptyObject(): Record<string, JsonValue> {
  return Object.setPrototypeOf({}, null);
}
