import { addDays } from "../model/calendar.ts";
import type { Attribute } from "../model/population.ts";
import type { Random } from "./random.ts";
import { between, happens, pick } from "./sampling.ts";

export type AttributeValue = string | number | boolean | readonly string[];

/** Dates are drawn from 1,000 days from here on. */
const FIRST_DAY = "2024-01-01";

/** Some value of an attribute's type. */
export function drawAttribute(random: Random, { key, type, values }: Attribute): AttributeValue {
  switch (type) {
    case "boolean":
      return happens(random, 0.5);
    case "number":
      return Math.floor(between(random, 0, 100));
    case "version":
      return [between(random, 1, 8), between(random, 0, 10), between(random, 0, 10)]
        .map(Math.floor)
        .join(".");
    case "list":
      return namesOf(key, values).filter(() => happens(random, 0.3));
    case "date":
      return addDays(FIRST_DAY, Math.floor(between(random, 0, 1_000)));
    case "string":
      return pick(random, namesOf(key, values));
  }
}

/** The declared values of an attribute, or some names. */
export function namesOf(key: string, values: readonly string[] | null): readonly string[] {
  if (values !== null && values.length > 0) return values;
  return [1, 2, 3, 4, 5].map((number) => `${key}-${number}`);
}
