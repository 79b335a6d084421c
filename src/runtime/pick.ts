import type { FlatValues } from "./exposure.ts";
import type { Attributes } from "./targeting.ts";

/**
 * A copy of those members that can be read, by their names, or by the keys of `names` where it is no list: plain
 * data, whatever it came from.
 */
export function pick<Value>(
  values: Attributes,
  names: readonly string[] | { readonly [key: string]: string },
  read: (value: unknown) => Value | undefined,
): { readonly [key: string]: Value } {
  return Object.fromEntries(
    Object.entries(names)
      .map(([key, name]) => [Array.isArray(names) ? name : key, read(values[name])] as const)
      .filter((entry): entry is [string, Awaited<Value>] => entry[1] !== undefined),
  );
}

/** Ids are non-empty texts. */
export function readId(value: unknown): string | undefined {
  return typeof value === "string" && value ? value : undefined;
}

/** What fits one column; nothing else leaves the app. */
export function readValue(value: unknown): FlatValues[string] | undefined {
  if (Array.isArray(value)) return Array.from(value, String);
  return /string|number|boolean/.test(typeof value) ? (value as string) : undefined;
}
