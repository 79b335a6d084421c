import type { AttributeType, Condition } from "../runtime/manifest.ts";
import type { Measured } from "./measured.ts";
import type { Share } from "./share.ts";

/** What is randomised. */
export interface Unit {
  readonly key: string;
  /** Name of its id in the context that an app passes: `userId`. */
  readonly id: string;
  /** Eligible units a day; null where not declared. */
  readonly newPerDay: number | null;
  /** The data that `newPerDay` comes from; absent where it is an assumption. */
  readonly measured?: Measured;
}

export interface Attribute {
  readonly key: string;
  readonly type: AttributeType;
  /** The values it can have; null: any. */
  readonly values: readonly string[] | null;
  /** Never in what a browser gets. */
  readonly private: boolean;
}

/** A hash space in which experiments own disjoint ranges. */
export interface Layer {
  readonly key: string;
  readonly unit: Unit;
}

/** Units that meet no experiment of their kind. */
export interface Holdout {
  readonly key: string;
  readonly unit: Unit;
  readonly share: Share;
}

/** A reusable condition, from `audiences/`. */
export interface Audience {
  readonly key: string;
  readonly file: string;
  readonly name: string | null;
  readonly condition: Condition;
}
