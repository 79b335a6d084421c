import type { JsonValue } from "./to-json.ts";
import { type Schema, typeOf } from "./violation.ts";

const LONGEST_FOUND = 60;

const typeWords: Readonly<Record<string, readonly string[]>> = {
  string: ["text"],
  number: ["a number"],
  integer: ["a whole number"],
  boolean: ["`true`", "`false`"],
  array: ["a list"],
  object: ["a mapping"],
  null: ["nothing"],
};

/** What one of several schemas expects, in words that follow "expected": a schema's own words where it has some. */
export function expectationOf(...forms: readonly Schema[]): string {
  return joinAlternatives(forms.flatMap(alternativesOf));
}

function alternativesOf(schema: Schema): readonly string[] {
  if (schema.errorMessage !== undefined) return [schema.errorMessage.replace(/^expected /, "")];
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``);
  const keys = Object.keys(schema.properties ?? {});
  if (schema.type === "object" && keys.length > 0 && keys.length <= 3) {
    return [`a mapping of ${keys.map((key) => `\`${key}\``).join(", ")}`];
  }
  return [schema.type ?? []].flat().flatMap((name) => typeWords[name] ?? [name]);
}

/** What was found, in words that follow "found". `source` is the value as the text spells it. */
export function findingOf(value: JsonValue, source: string): string {
  const type = typeOf(value);
  if (type === "null" && source === "") return "nothing";
  if (type === "array") return Array.isArray(value) && value.length === 0 ? "an empty list" : "a list";
  if (type === "object") return Object.keys(value ?? {}).length === 0 ? "an empty mapping" : "a mapping";
  if (type === "string") return `the text \`${shorten(String(value))}\``;
  return type === "number" ? `the number \`${shorten(source)}\`` : `\`${shorten(source)}\``;
}

function joinAlternatives(alternatives: readonly string[]): string {
  const last = alternatives.at(-1) ?? "";
  return alternatives.length < 2 ? last : `${alternatives.slice(0, -1).join(", ")} or ${last}`;
}

function shorten(text: string): string {
  return text.length > LONGEST_FOUND ? `${text.slice(0, LONGEST_FOUND)}…` : text;
}
