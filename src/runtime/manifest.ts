/** Any value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A condition on attributes. A missing attribute (absent, null, or of another type) fails every condition on
 * it, negated ones too.
 */
export type Condition =
  | { readonly kind: "all"; readonly conditions: readonly Condition[] }
  | { readonly kind: "any"; readonly conditions: readonly Condition[] }
  | { readonly kind: "not"; readonly condition: Condition }
  /** Equals one of the values, by type and value. */
  | {
      readonly kind: "one-of";
      readonly attribute: string;
      readonly values: readonly (string | number | boolean)[];
    }
  /** A list attribute holds the value, or a string attribute has it as a part. */
  | { readonly kind: "contains"; readonly attribute: string; readonly value: string }
  /** A version attribute satisfies all comparators: `>=4.2.0`, `>=4.2.0 <5.0.0`. */
  | { readonly kind: "semver"; readonly attribute: string; readonly range: string };

/** One experiment of the manifest: all that assignment needs, as language-neutral data. Shares are parts per million. */
export interface ManifestExperiment {
  readonly key: string;
  readonly iteration: number;
  readonly status: "draft" | "running" | "stopped" | "concluded";
  /** `key` names the unit, `id` the context key of its id. */
  readonly unit: { readonly key: string; readonly id: string };
  readonly holdout: { readonly salt: string; readonly share: number } | null;
  /** The experiment owns [from, to) of the layer's space; [from, enrolledTo) is enrolled now. */
  readonly layer: {
    readonly salt: string;
    readonly from: number;
    readonly to: number;
    readonly enrolledTo: number;
  };
  readonly audience: Condition | null;
  /** Attributes that an exposure carries, sorted: those that the conditions read, private ones excepted. */
  readonly attributes: readonly string[];
  readonly overrides: readonly { readonly variant: string; readonly when: Condition }[];
  /** Salt of the variant's hash space. */
  readonly salt: string;
  /** Control first, then by code point; shares sum to 1,000,000. */
  readonly variants: readonly {
    readonly key: string;
    readonly share: number;
    readonly params: { readonly [key: string]: Json };
  }[];
  readonly control: string;
  /** Whose params the unassigned get. */
  readonly default: string;
  /** Null unless concluded: everybody gets this variant. */
  readonly shipped: string | null;
  readonly exposure: "assignment" | "explicit" | "event";
}

export interface Manifest {
  readonly formatVersion: 1;
  readonly name: string;
  /** SHA-256, hex, of the canonical JSON of `experiments`. */
  readonly contentHash: string;
  readonly experiments: readonly ManifestExperiment[];
}
