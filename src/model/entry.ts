import type { Condition } from "../runtime/manifest.ts";

/**
 * What brings a unit into a measurement that no experiment is needed for: an exposure to any experiment, among
 * attributes that satisfy the audience; an event; or any row at all that carries its id.
 */
export type Entry =
  | { readonly kind: "exposures"; readonly audience: Condition | null }
  | { readonly kind: "event"; readonly event: string }
  | { readonly kind: "any-row" };
