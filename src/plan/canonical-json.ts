import type { Json } from "../runtime/manifest.ts";

/**
 * JSON without white space, keys sorted by UTF-16 code unit: equal values give equal text. The runtime's function of this
 * name is short, since apps load it; this one is quick: where all keys are in order already, the engine's own is right.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "string") return quote(value);
  if (typeof value !== "object" || value === null || isInOrder(value)) return JSON.stringify(value);
  let text = "";
  if (isList(value)) {
    for (let index = 0; index < value.length; index += 1)
      text += (index === 0 ? "" : ",") + canonicalJson(value[index]!);
    return `[${text}]`;
  }
  const keys = Object.keys(value).sort();
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index]!;
    text += `${(index === 0 ? "" : ",") + quote(key)}:${canonicalJson(value[key]!)}`;
  }
  return `{${text}}`;
}

/** Whether the keys of a value, and of all values in it, are sorted. */
function isInOrder(value: Json): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (isList(value)) return value.every(isInOrder);
  const keys = Object.keys(value);
  for (let index = 0; index < keys.length; index += 1)
    if ((index > 0 && keys[index]! < keys[index - 1]!) || !isInOrder(value[keys[index]!]!)) return false;
  return true;
}

/** Most texts need no escapes, and to see that is cheaper than to call for them. */
function quote(text: string): string {
  return /^[\w %./:-]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
