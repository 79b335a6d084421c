import type { EventDeclaration, PropertyType, Scalar } from "../model/metric.ts";
import type { Random } from "./random.ts";
import { drawValue, happens, pick } from "./sampling.ts";

/** All declared properties of an event: `values` as given, others within `where`, or anything of their type. */
export function drawProperties(
  random: Random,
  { properties }: EventDeclaration,
  where: ReadonlyMap<string, readonly Scalar[]> = new Map(),
  values: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, Scalar> {
  const drawn = new Map<string, Scalar>();
  for (const { key, type } of properties) {
    const allowed = where.get(key);
    drawn.set(
      key,
      allowed !== undefined ? pick(random, allowed) : (values.get(key) ?? drawProperty(random, key, type)),
    );
  }
  return drawn;
}

function drawProperty(random: Random, key: string, type: PropertyType): Scalar {
  switch (type.kind) {
    case "number":
      return Number(drawValue(random, 20, 15).toPrecision(6));
    case "boolean":
      return happens(random, 0.2);
    case "string":
      return `${key}-${pick(random, [1, 2, 3, 4, 5])}`;
    case "enum":
      return type.values.length > 0 ? pick(random, type.values) : "";
  }
}
