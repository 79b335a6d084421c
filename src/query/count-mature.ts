import type { Experiment } from "../model/experiment.ts";
import { binary, call, column, literal } from "../sql/expressions.ts";
import { named, select, table } from "../sql/queries.ts";
import { decodeNumber } from "./decode.ts";
import type { Engine } from "./engine.ts";
import type { Enrolled } from "./enrolled.ts";
import { instantIndex } from "./instant-index.ts";
import { toMicroseconds } from "./microseconds.ts";
import type { Counts } from "./observation.ts";
import { variantOfKey } from "./unit-key.ts";

/** How many units had passed their whole window by an instant. */
export interface MatureUnits {
  /** Milliseconds since 1970. */
  readonly instant: number;
  /** Milliseconds; null: a metric without a window, whose units are mature from their exposure on. */
  readonly window: number | null;
  readonly units: Counts;
}

/**
 * Counts mature units for every instant and window, t₀ + w ≤ instant. Where exposures have no timestamps, the
 * data are final and all units are mature.
 */
export async function countMature(
  engine: Engine,
  experiment: Experiment,
  enrolled: Enrolled,
  instants: readonly number[],
  windows: readonly (number | null)[],
): Promise<readonly MatureUnits[]> {
  const { table: units, earliest } = enrolled;
  if (units === null || earliest === null)
    return instants.flatMap((instant) =>
      windows.map((window) => ({ instant, window, units: enrolled.units })),
    );
  const sorted = [...new Set(instants)].sort((left, right) => left - right);
  const counted = new Map<number | null, ReadonlyMap<number, Counts>>();
  for (const window of new Set(windows)) {
    counted.set(window, await countByInstant(engine, experiment, units, sorted, window ?? 0));
  }
  return instants.flatMap((instant) =>
    windows.map((window) => ({ instant, window, units: counted.get(window)!.get(instant)! })),
  );
}

/** Each unit is counted at the first instant at which it is mature, and so at all later ones. */
async function countByInstant(
  engine: Engine,
  { variants }: Experiment,
  units: string,
  instants: readonly number[],
  window: number,
): Promise<ReadonlyMap<number, Counts>> {
  const matured = binary("plus", column("first"), literal(toMicroseconds(window)));
  const rows = await engine.run(
    select({
      columns: [
        named("variant", variantOfKey(column("key"))),
        named("instant", instantIndex(matured, instants)),
        named("units", call("count")),
      ],
      from: table(units),
      groupBy: ["variant", "instant"],
    }),
  );
  const fresh = instants.map(() => variants.map(() => 0));
  for (const row of rows) {
    const counts = fresh[decodeNumber(row, "instant")];
    if (counts) counts[decodeNumber(row, "variant")] = decodeNumber(row, "units");
  }
  let total = variants.map(() => 0);
  return new Map(
    instants.map((instant, index) => {
      total = total.map((count, variant) => count + fresh[index]![variant]!);
      return [instant, total];
    }),
  );
}
