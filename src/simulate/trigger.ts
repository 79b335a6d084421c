import { DAY_MS } from "../model/calendar.ts";
import { randomStream } from "./random.ts";
import { happens } from "./sampling.ts";

/** Of the exposed units, those that have the event from which an experiment follows them, so long after at most. */
const TRIGGERED = 0.6;
export const TRIGGERED_AFTER = 2 * DAY_MS;

/** When a unit that is exposed at `first` has its trigger; null: never. */
export function triggeredAt(seed: number, id: string, first: number): number | null {
  const random = randomStream(seed, `${id}/trigger`);
  if (!happens(random, TRIGGERED)) return null;
  return first + 1 + Math.floor(random() ** 2 * (TRIGGERED_AFTER - 2));
}
