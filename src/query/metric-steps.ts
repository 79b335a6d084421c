import type { Experiment } from "../model/experiment.ts";
import { binary, column, literal } from "../sql/expressions.ts";
import type { Expression } from "../sql/tree.ts";
import { countMature } from "./count-mature.ts";
import type { Engine } from "./engine.ts";
import type { Enrolled } from "./enrolled.ts";
import { instantIndex } from "./instant-index.ts";
import { toMicroseconds } from "./microseconds.ts";
import type { Counts } from "./observation.ts";

/** When the units of metrics with one window come in. */
export interface Steps {
  /** Milliseconds, ascending, the cutoff last; empty: all units are in. */
  readonly instants: readonly number[];
  /** The step of a row, of which there are as many as `exposed`. Null: there is one. */
  readonly groupOf: Expression | null;
  /** Mature units per variant so far. */
  readonly exposed: readonly Counts[];
  /** Whether the unit of a row is mature at the cutoff. */
  readonly isMature: readonly Expression[];
  /** Whether the steps are days of a series. */
  readonly isSeries: boolean;
}

export async function stepsOf(
  engine: Engine,
  experiment: Experiment,
  enrolled: Enrolled,
  { window, cutoff, looks }: { window: number | null; cutoff: number | null; looks: readonly number[] },
): Promise<Steps> {
  if (cutoff === null || enrolled.earliest === null) {
    return { instants: [], groupOf: null, exposed: [enrolled.units], isMature: [], isSeries: false };
  }
  const isSeries = window !== null && looks.length > 0;
  const instants = isSeries ? [...looks, cutoff] : [cutoff];
  const mature = await countMature(engine, experiment, enrolled, instants, [window]);
  const matured = maturityOf(window);
  return {
    instants,
    groupOf: instantIndex(matured, instants),
    exposed: mature.map(({ units }) => units),
    isMature: [binary("at-most", matured, literal(toMicroseconds(cutoff)))],
    isSeries,
  };
}

/** The end of a unit's window. */
export function maturityOf(window: number | null): Expression {
  return binary("plus", column("first"), literal(toMicroseconds(window ?? 0)));
}
