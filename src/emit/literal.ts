import type { Json } from "../runtime/manifest.ts";
import type { Code } from "./layout.ts";

/** Characters that a string literal may hold but nobody can see, and those that end a line. */
const INVISIBLE = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** A text as a string literal: the only way in which text from a project becomes code. */
export function quote(text: string): string {
  if (/^[\w ./:,;%=>-]*$/.test(text)) return `"${text}"`;
  return JSON.stringify(text)
    .replace(INVISIBLE, escapeCharacter)
    .replaceAll("</", "<\\/")
    .replaceAll("<!--", "\\u003c!--");
}

/** The name of a property, in an object or a type. */
export function propertyName(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return isIdentifier(key) ? key : quote(key);
}

/** A property of `object`. */
export function propertyOf(object: string, key: string): string {
  return isIdentifier(key) && key !== "__proto__" ? `${object}.${key}` : `${object}[${quote(key)}]`;
}

/** A whole number with its thousands set apart. */
export function integer(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, "_");
}

/** A JSON value as an expression. */
export function valueCode(value: Json): Code {
  if (typeof value === "string") return quote(value);
  if (value === null || typeof value !== "object") return String(value);
  if (isArray(value)) return { open: "[", items: value.map(valueCode), separator: ",", close: "]" };
  const items = Object.entries(value).map(([key, member]) => [`${propertyName(key)}: `, valueCode(member)]);
  return { open: "{", items, separator: ",", close: "}" };
}

/** The type that has this JSON value and no other. */
export function typeCode(value: Json): Code {
  if (value === null || typeof value !== "object") return valueCode(value);
  if (isArray(value))
    return ["readonly ", { open: "[", items: value.map(typeCode), separator: ",", close: "]" }];
  const items = Object.entries(value).map(([key, member]) => [
    `readonly ${propertyName(key)}: `,
    typeCode(member),
  ]);
  return items.length === 0 ? "Record<never, never>" : { open: "{", items, separator: ";", close: "}" };
}

function isIdentifier(key: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(key);
}

function isArray(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
