import type { ManifestExperiment } from "../../runtime/index.ts";
import {
  type Arm,
  type Attributes,
  type Experiment,
  giveEverybody,
  load,
  NO_UNIT,
  NOT_RUNNING,
} from "../../runtime/index.ts";
import { differences } from "./differences.ts";

/** What a compiled experiment is under a manifest. */
export interface Overlay<A extends Arm, Context> {
  readonly experiment: Experiment<A, Context>;
  /** In what the entry is another experiment than the compiled one: empty where it is followed. */
  readonly differences: readonly string[];
}

/**
 * A compiled experiment as an entry of a manifest says that it is now. Who gets an arm is the entry's to say;
 * which arms there are, and their params, stay as compiled, and so does what exposures carry. An entry that
 * draws otherwise is another experiment: it is not followed, except that it can stop or conclude this one.
 */
export function overlay<A extends Arm, Context>(
  compiled: Experiment<A, Context>,
  entry: ManifestExperiment,
): Overlay<A, Context> {
  if (compiled.settled[NO_UNIT]!.variant !== null) return { experiment: compiled, differences: [] };
  const found = differences(compiled as Experiment<Arm, Context>, entry);
  if (entry.unit.id !== compiled.unit.id) return { experiment: compiled, differences: found };
  const given = compiled.settled.find((arm) => arm.variant !== null && arm.variant === entry.shipped);
  // The arm of an override: its type is the compiled one's, and whoever is exposed to it is never analysed.
  if (given)
    return { experiment: giveEverybody({ ...compiled, exposure: "explicit" }, given), differences: [] };
  if (found.length === 0) return { experiment: follow(compiled, entry), differences: [] };
  const hasStopped = entry.status !== "running";
  return { experiment: hasStopped ? stop(compiled) : compiled, differences: found };
}

function follow<A extends Arm, Context>(
  compiled: Experiment<A, Context>,
  entry: ManifestExperiment,
): Experiment<A, Context> {
  const { assigned, settle } = load(entry);
  const none = compiled.settled[NO_UNIT]!;
  return {
    ...compiled,
    settle: settle && ((context, unit) => settle(context as Attributes, unit)),
    assigned: compiled.assigned.map((arm, index) =>
      arm.variant !== null && assigned[index]?.variant === null
        ? Object.freeze({ ...none, reason: "dropped" })
        : arm,
    ),
  };
}

function stop<A extends Arm, Context>(compiled: Experiment<A, Context>): Experiment<A, Context> {
  return { ...compiled, settle: () => NOT_RUNNING };
}
