import { type Arm, type Experiment, giveEverybody } from "../../runtime/index.ts";

const pinned = new WeakMap<object, Map<string, unknown>>();

/**
 * An experiment that gives everybody a variant as an override does: its exposures are marked as forced and
 * never analysed. The experiment itself where it is concluded or has no such variant.
 */
export function pinExperiment<A extends Arm, Context>(
  experiment: Experiment<A, Context>,
  variant: string,
): Experiment<A, Context> {
  const known = pinned.get(experiment)?.get(variant);
  if (known) return known as Experiment<A, Context>;
  const forced = experiment.settled.find((arm) => arm.variant === variant && arm.reason === "override");
  if (!forced) return experiment;
  const made = giveEverybody(experiment, forced);
  const others = pinned.get(experiment) ?? new Map<string, unknown>();
  pinned.set(experiment, others.set(variant, made));
  return made;
}
