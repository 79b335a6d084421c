import { FORBIDDEN_KEYS, isExact } from "./extract-tree.ts";
import { DEEPEST } from "./parse.ts";
import type { JsonValue } from "./to-json.ts";

/**
 * A value that was written as JSON, as `ordinaryValue` gave it. Undefined for what it cannot have given: the text
 * may have been anybody's since.
 */
export function reviveValue(json: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(json);
    return disinherit(value, 0) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Takes away what the objects of a value inherit; false where it holds what is never read. */
function disinherit(value: JsonValue, depth: number): boolean {
  if (typeof value === "number") return isExact(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.every((item) => disinherit(item, depth + 1));
  Object.setPrototypeOf(value, null);
  const members = value as { readonly [key: string]: JsonValue };
  for (const key in members)
    if (FORBIDDEN_KEYS.includes(key) || !disinherit(members[key]!, depth + 1)) return false;
  return true;
}
