import type { Finding } from "../finding.ts";
import type { Trial } from "../trial.ts";

/** Only units first exposed on some days are counted: whoever picks the days picks the result. */
export function findPartOfUnits({ record: { exposedOn } }: Trial): readonly Finding[] {
  return exposedOn ? [{ code: "part-of-units", from: exposedOn.from, to: exposedOn.to }] : [];
}
