import type { JsonValue } from "./to-json.ts";

/** What the compiled validators report, in ajv's form with `verbose` and `allErrors`. */
export interface Violation {
  /** JSON pointer of the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  /** Of a key's spelling: the key. */
  readonly propertyName?: string;
  /** The part of the schema that holds the keyword. */
  readonly parentSchema: Schema;
  readonly data: JsonValue;
}

/** The keywords that the wording of problems reads. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly errorMessage?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Whether a schema's `type` admits a value; a schema without one admits all. */
export function admits({ type }: Schema, value: JsonValue): boolean {
  if (type === undefined) return true;
  const own = typeOf(value);
  return [type].flat().some((name) => name === own || (name === "integer" && own === "number"));
}

export function typeOf(value: JsonValue): "null" | "string" | "number" | "boolean" | "array" | "object" {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value as "string" | "number" | "boolean" | "object";
}
