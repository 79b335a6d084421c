import type { FieldChange } from "../plan/compare-experiments.ts";
import type { Json } from "../runtime/manifest.ts";

const LONGEST = 60;

/** Fields whose mappings have a `key` that names a thing. */
const NAMED: readonly string[] = ["unit", "layer", "metrics"];

/** A value of a field in a sentence: scalars bare, a named thing by its name, all else as short JSON. Empty where that says nothing to a person. */
export function shownValue({ path }: FieldChange, value: Json): string {
  if (value === null) return "nothing";
  if (typeof value !== "object") return String(value) === "" ? '""' : String(value);
  const { key, share } = value as { readonly key?: Json; readonly share?: Json };
  if (path[0] === "holdout") return `${key} ${share}`;
  if (NAMED.includes(path[0] ?? "") && typeof key === "string") return key;
  const text = JSON.stringify(value);
  return path[0] === "audience" || text.length > LONGEST ? "" : text;
}
