import type { Experiment } from "../model/experiment.ts";
import { aggregateWhere, binary, column, literal } from "../sql/expressions.ts";
import { named, select, table } from "../sql/queries.ts";
import type { Engine } from "./engine.ts";
import type { Enrolled } from "./enrolled.ts";
import { variantOfKey } from "./first-exposures.ts";
import { toMicroseconds } from "./microseconds.ts";
import type { Counts } from "./observation.ts";
import { byVariant } from "./variant-index.ts";

/** How many units had passed their whole window by an instant. */
export interface MatureUnits {
  /** Milliseconds since 1970. */
  readonly instant: number;
  /** Milliseconds; null: a metric without a window, whose units are mature from their exposure on. */
  readonly window: number | null;
  readonly units: Counts;
}

/**
 * Counts mature units for every instant and window. Where exposures have no timestamps, the data are final
 * and all units are mature.
 */
export async function countMature(
  engine: Engine,
  experiment: Experiment,
  enrolled: Enrolled,
  instants: readonly number[],
  windows: readonly (number | null)[],
): Promise<readonly MatureUnits[]> {
  const pairs = instants.flatMap((instant) => windows.map((window) => ({ instant, window })));
  if (enrolled.table === null || enrolled.earliest === null) {
    return pairs.map((pair) => ({ ...pair, units: enrolled.enrolment.units }));
  }
  const latest = [...new Set(pairs.map(lastExposure))];
  if (latest.length === 0) return [];
  const rows = await engine.run(
    select({
      columns: [
        named("variant", variantOfKey(column("key"))),
        ...latest.map((instant) =>
          named(
            `by ${instant}`,
            aggregateWhere(binary("at-most", column("first"), literal(toMicroseconds(instant))), "count"),
          ),
        ),
      ],
      from: table(enrolled.table),
      groupBy: ["variant"],
    }),
  );
  return pairs.map((pair) => ({ ...pair, units: byVariant(experiment, rows, `by ${lastExposure(pair)}`) }));
}

/** A unit is mature when it was exposed by then: t₀ + w ≤ instant. */
function lastExposure({
  instant,
  window,
}: {
  readonly instant: number;
  readonly window: number | null;
}): number {
  return instant - (window ?? 0);
}
