import type { Condition } from "../runtime/manifest.ts";

export type Test = Extract<Condition, { readonly attribute: string }>;

/** A test of an attribute, or (`wanted` false) its negation. */
export interface Literal {
  readonly test: Test;
  readonly wanted: boolean;
}
