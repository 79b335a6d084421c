import type { EvaluationContext } from "@openfeature/core";
import type { Attributes, Experiment } from "../../runtime/index.ts";

/** The key of the unit that targeting keys identify; undefined where that cannot be told. Throws at a unit's id. */
export function targetingUnitOf(
  every: readonly Experiment[],
  wanted: string | undefined,
): string | undefined {
  const mistaken = every.find(({ unit }) => unit.id === wanted && unit.key !== wanted)?.unit;
  if (mistaken)
    throw new RangeError(`targetingUnit is a unit's key: expected "${mistaken.key}", not its id "${wanted}"`);
  if (wanted !== undefined) return wanted;
  const units = new Set(every.map(({ unit }) => unit.key));
  return units.size === 1 ? [...units][0] : undefined;
}

/** An evaluation context as an experiment reads it: with its unit's id, and dates as ISO 8601. */
export function attributesFor(
  unit: Experiment["unit"],
  context: EvaluationContext | undefined,
  targetingUnit: string | undefined,
): Attributes {
  const { targetingKey, ...rest } = context ?? {};
  const attributes = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, dateless(value)]));
  const id = attributes[unit.id];
  const unknown = id === undefined || id === null || id === "";
  return unknown && unit.key === targetingUnit ? { ...attributes, [unit.id]: targetingKey } : attributes;
}

function dateless(value: unknown): unknown {
  if (!(value instanceof Date)) return value;
  return Number.isNaN(value.getTime()) ? null : value.toISOString();
}
