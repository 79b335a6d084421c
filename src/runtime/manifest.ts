/** Any value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What an attribute holds. A `version` is a semantic version, a `date` an ISO day or an instant with its zone. */
export type AttributeType = "string" | "number" | "boolean" | "version" | "list" | "date";

/**
 * A condition on attributes. A missing attribute (absent, null, NaN, or of another type) fails every condition
 * on it, negated ones too; only the negation of `present` holds for it.
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
  /** A number is on this side of the value. */
  | {
      readonly kind: "compare";
      readonly attribute: string;
      readonly operator: "<" | "<=" | ">" | ">=";
      readonly value: number;
    }
  /** A list holds the value. */
  | { readonly kind: "contains"; readonly attribute: string; readonly value: string }
  /** A text has the value as a part, as its beginning or as its end. */
  | {
      readonly kind: "has-part" | "starts-with" | "ends-with";
      readonly attribute: string;
      readonly value: string;
    }
  /** A part of a text fits the pattern (`parsePattern`). */
  | { readonly kind: "matches"; readonly attribute: string; readonly pattern: string }
  /** A version satisfies all comparators: `>=4.2.0`, `>=4.2.0 <5.0.0`. */
  | { readonly kind: "semver"; readonly attribute: string; readonly range: string }
  /**
   * A date lies before a moment, or at or after it. An instant is compared with `instant` (ISO 8601, UTC), a day
   * with `day`: the first that does not begin before the instant, in the project's timezone.
   */
  | {
      readonly kind: "date";
      readonly attribute: string;
      readonly operator: "before" | "from";
      readonly day: string;
      readonly instant: string;
    }
  /** Is not missing: holds a value of the type. */
  | { readonly kind: "present"; readonly attribute: string; readonly type: AttributeType };

/** A choice of a parameter. */
export type Scalar = string | number | boolean;

/** What PlanOut hashes: `base`, then the ids under the context keys `units`, joined by dots. */
export interface PlanOutHash {
  /** The salts, with the separator that ends them: `ShowPluginsExperiment.variant.` */
  readonly base: string;
  readonly units: readonly string[];
}

/** Where an operator's number comes from: the hash space of a salt, or PlanOut's hash. */
export type Hash = string | { readonly planout: PlanOutHash };

/** How chance gives a parameter its value. Weights and shares are parts per million. */
export type ParameterOperator =
  | { readonly kind: "uniformChoice"; readonly choices: readonly Scalar[] }
  | {
      readonly kind: "weightedChoice";
      readonly choices: readonly Scalar[];
      readonly weights: readonly number[];
    }
  /** 1 with the share, else 0. */
  | { readonly kind: "bernoulliTrial"; readonly share: number }
  /** Both ends included. */
  | { readonly kind: "randomInteger"; readonly min: number; readonly max: number }
  | { readonly kind: "randomFloat"; readonly min: number; readonly max: number };

export interface ManifestParameter {
  readonly name: string;
  readonly operator: ParameterOperator;
  readonly hash: Hash;
}

/** How chance picks an arm. */
export type Draw =
  | {
      readonly kind: "variants";
      readonly operator: "uniformChoice" | "weightedChoice" | "bernoulliTrial";
      readonly hash: Hash;
      /** The variants' keys as the operator counts them: PlanOut's in the order of the file. */
      readonly order: readonly string[];
    }
  /** Each parameter draws its own value. The first one's values differ slowest along the variants. */
  | { readonly kind: "parameters"; readonly parameters: readonly ManifestParameter[] };

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
  readonly draw: Draw;
  /**
   * Control first, then by code point; shares sum to 1,000,000. Of parameters, the cells: all combinations of
   * their values, in order; none where a parameter has more values than can be listed.
   */
  readonly variants: readonly ManifestVariant[];
  readonly control: string;
  /** Whose params the unassigned get. */
  readonly default: string;
  /** Null unless concluded: everybody gets this variant. */
  readonly shipped: string | null;
  readonly exposure: "assignment" | "explicit" | { readonly event: string };
}

export interface ManifestVariant {
  readonly key: string;
  readonly share: number;
  readonly params: { readonly [key: string]: Json };
  /** Its units get no variant and the control's params. */
  readonly dropped?: true;
}

export interface Manifest {
  readonly formatVersion: 1;
  readonly name: string;
  /** SHA-256, hex, of the canonical JSON of `experiments`. */
  readonly contentHash: string;
  readonly experiments: readonly ManifestExperiment[];
}
