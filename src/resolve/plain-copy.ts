/** A copy of a JSON value from a document, as objects and lists like any other. No document has a key `__proto__`. */
export function plainCopy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(plainCopy) as T;
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) copy[key] = plainCopy(member);
  return copy as T;
}
