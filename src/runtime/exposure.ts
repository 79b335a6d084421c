/** A unit met its variant. */
export interface Exposure {
  readonly kind: "exposure";
  /** The same for the same unit, experiment, iteration and variant: where copies arrive, one is enough. */
  readonly id: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly timestamp: number;
  readonly experiment: string;
  readonly iteration: number;
  readonly variant: string;
  /** Key of the unit. */
  readonly unitType: string;
  readonly unitId: string;
  /** Ids of other units by their keys: of an org's exposure, the user who acted. */
  readonly actingUnits: Ids;
  readonly reason: "assigned" | "override";
  /** By an override or by `force`; never analysed. */
  readonly forced: boolean;
  /** Those that the experiment reads, private and missing ones excepted. */
  readonly attributes: FlatValues;
  /** Name and version of what made the record. */
  readonly runtime: string;
}

/** A unit did something. */
export interface TrackedEvent {
  readonly kind: "event";
  /** One of its own: where copies arrive, one is enough. */
  readonly id: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly timestamp: number;
  readonly event: string;
  /** By the units' keys; an id that belongs to no declared unit, by its name. */
  readonly units: Ids;
  readonly properties: FlatValues;
  readonly runtime: string;
}

export interface Ids {
  readonly [unit: string]: string;
}

/** What a message carries of attributes and properties: one column each. */
export interface FlatValues {
  readonly [name: string]: string | number | boolean | readonly string[];
}

/** Context keys of ids, by the keys of their units. */
export interface UnitNames {
  readonly [unit: string]: string;
}
