import { type Arm, BY_CHANCE, type Experiment, NO_UNIT } from "./experiment.ts";
import { hash, place } from "./hash.ts";
import type { Attributes } from "./targeting.ts";

/**
 * The arm of an experiment that a context's unit gets: one of the experiment's frozen arms. Pure, without a
 * clock; allocates nothing and never throws: a context that is no object has no unit, and neither has one
 * whose properties throw when they are read.
 */
export function assign<A extends Arm, Context>(
  experiment: Experiment<A, Context>,
  context: NoInfer<Context>,
): A {
  const { bounds, settle, settled, shipped } = experiment;
  if (shipped) return shipped;
  try {
    const id = (context as Attributes | null | undefined)?.[experiment.unit.id];
    if (typeof id !== "string" || id === "") return settled[NO_UNIT]!;
    const unit = hash(id);
    const outcome = settle ? settle(context, unit) : BY_CHANCE;
    if (outcome !== BY_CHANCE) return settled[outcome]!;
    const position = place(unit, experiment.salt);
    let index = 0;
    while (position >= bounds[index]!) index++;
    return experiment.assigned[index]!;
  } catch {
    return settled[NO_UNIT]!;
  }
}
