import { type Arm, BY_CHANCE, type Experiment, NO_UNIT } from "./experiment.ts";
import { hash, place } from "./hash.ts";
import type { Attributes } from "./targeting.ts";

/**
 * The arm of an experiment that a context's unit gets, frozen. Pure, without a clock; allocates nothing where
 * the experiment lists its arms. Never throws: a context that is no object has no unit, and neither has one
 * whose properties throw when they are read.
 */
export function assign<A extends Arm, Context>(
  experiment: Experiment<A, Context>,
  context: NoInfer<Context>,
): A {
  try {
    const id = (context as Attributes)[experiment.unit.id];
    if (typeof id === "string" && id) {
      const unit = hash(id);
      const outcome = experiment.settle ? experiment.settle(context, unit) : BY_CHANCE;
      if (outcome > BY_CHANCE) return experiment.settled[outcome]!;
      if (experiment.draw) return experiment.draw(experiment.assigned, unit, context as Attributes) as A;
      let rest = place(unit, experiment.salt);
      let index = 0;
      while (rest >= experiment.variants[index]!.share) rest -= experiment.variants[index++]!.share;
      return experiment.assigned[index]!;
    }
  } catch {
    // Whoever cannot be asked for an id has none.
  }
  return experiment.settled[NO_UNIT]!;
}
