import type { Audience } from "../model/population.ts";

export type Condition = Audience["condition"];

/** All of several conditions; the only one, where it is alone. */
export function allOf(conditions: readonly Condition[]): Condition {
  return conditions.length === 1 ? conditions[0]! : { kind: "all", conditions };
}
