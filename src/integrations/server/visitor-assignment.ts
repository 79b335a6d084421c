import type { Arm, Experiment, Experiments } from "../../runtime/index.ts";
import type { ForcedVariants } from "./force-token.ts";
import { pinExperiment } from "./pinned-experiment.ts";

/** What assigns: what `createExperiments` gives. */
export type Assignment = Pick<Experiments, "assign" | "expose" | "peek">;

/** Assignment for one visitor: the arm of an experiment stays the same however often it is asked for. */
export interface VisitorAssignment<Context> {
  /** The unit's arm; logs the exposure where the experiment's exposure is `assignment`. */
  assign<A extends Arm>(experiment: Experiment<A, Context>): A;
  /** The unit's arm; logs nothing. */
  peek<A extends Arm>(experiment: Experiment<A, Context>): A;
  /** The unit's arm; logs the exposure. */
  expose<A extends Arm>(experiment: Experiment<A, Context>): A;
}

export function assignVisitor<Context>(
  experiments: Assignment,
  context: Context,
  forced: ForcedVariants,
): VisitorAssignment<Context> & { hasAssigned(): boolean } {
  const arms = new Map<string, Arm>();

  function settled<A extends Arm>(
    experiment: Experiment<A, Context>,
    method: "assign" | "expose" | "peek",
  ): A {
    const wanted = forced.get(experiment.key);
    const asked = wanted === undefined ? experiment : pinExperiment(experiment, wanted);
    const arm = experiments[method](asked, context);
    // What is live may change while a request is answered; its answer does not.
    const first = arms.get(experiment.key) ?? arm;
    arms.set(experiment.key, first);
    return first as A;
  }

  return {
    assign: (experiment) => settled(experiment, "assign"),
    expose: (experiment) => settled(experiment, "expose"),
    peek: (experiment) => settled(experiment, "peek"),
    hasAssigned: () => arms.size > 0,
  };
}
