import type { Json } from "./manifest.ts";

/** JSON without white space, keys sorted by UTF-16 code unit: equal values give equal text. */
export function canonicalJson(value: Json): string {
  if (typeof value === "string") return quote(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  let text = "";
  if (isList(value)) {
    for (const item of value) text += (text === "" ? "" : ",") + canonicalJson(item);
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort())
    text += `${(text === "" ? "" : ",") + quote(key)}:${canonicalJson(value[key]!)}`;
  return `{${text}}`;
}

/** Most texts need no escapes, and to see that is cheaper than to call for them. */
function quote(text: string): string {
  return /^[\w %./:-]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
