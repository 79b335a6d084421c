import type { Arm, Experiment } from "./experiment.ts";
import type { Attributes } from "./targeting.ts";

/** The ids and properties that each event of a registry takes. */
export interface EventRegistry {
  readonly [event: string]: { readonly units: object; readonly properties: object };
}

/** Any event with any ids and properties. */
export interface OpenRegistry extends EventRegistry {
  readonly [event: string]: { readonly units: Attributes; readonly properties: Attributes };
}

/** An event without properties, or with any, needs no argument for them. */
export type PropertyArguments<Properties> = [keyof Properties] extends [never]
  ? [properties?: Record<string, never>]
  : string extends keyof Properties
    ? [properties?: Properties]
    : [properties: Properties];

/** What each experiment reads and gives, by its key. */
export interface ExperimentRegistry {
  readonly [experiment: string]: { readonly context: object; readonly arm: Arm };
}

/** Any experiment with any context. */
export interface OpenExperiments extends ExperimentRegistry {
  readonly [experiment: string]: { readonly context: Attributes; readonly arm: Arm };
}

/** Experiments by their keys. */
export interface KnownExperiments<Known> extends ReadonlyMap<string, Experiment> {
  /** Never there, and only a type: by it, another copy of these files sees what the keys stand for. */
  readonly registry?: Known;
}

/** What experiments read, all together; whatever is not known may be left out. Where none were told of, nothing fits. */
export type AnyContext<Known extends ExperimentRegistry> = [keyof Known] extends [never]
  ? never
  : Partial<Intersection<Known[keyof Known]["context"]>>;

type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;
