import {
  type Arm,
  type Experiment,
  type ExperimentRegistry,
  type Experiments,
  NO_EXPERIMENT,
} from "../../runtime/index.ts";
import type { ForcedVariants } from "./force-token.ts";
import { pinExperiment } from "./pinned-experiment.ts";

/** What assigns: what `createExperiments` gives. */
export type Assignment = Pick<Experiments, "assign" | "expose" | "peek"> & {
  readonly known: ReadonlyMap<string, Experiment>;
};

/** The experiments that were given to `createExperiments`, by their keys; none where they are not known. */
export type KnownOf<Given> = Given extends {
  readonly known: { readonly registry?: infer Known extends ExperimentRegistry };
}
  ? Known
  : Record<never, never>;

/** The keys of experiments that read nothing else than what is in the context. */
export type KeysFor<Context, Known extends ExperimentRegistry> = string extends keyof Known
  ? string
  : { [Key in keyof Known]: Context extends Known[Key]["context"] ? Key & string : never }[keyof Known];

/** Assignment for one visitor: the arm of an experiment stays the same however often it is asked for. */
export interface VisitorAssignment<Context, Known extends ExperimentRegistry = Record<never, never>> {
  /** The unit's arm; logs the exposure where the experiment's exposure is `assignment`. */
  assign<A extends Arm>(experiment: Experiment<A, Context>): A;
  /** The unit's arm; logs nothing. */
  peek<A extends Arm>(experiment: Experiment<A, Context>): A;
  /** The unit's arm; logs the exposure. */
  expose<A extends Arm>(experiment: Experiment<A, Context>): A;
  /** `assign`, by the experiment's key. */
  get<Key extends KeysFor<Context, Known>>(experiment: Key): Known[Key]["arm"];
  /** The unit's arms in all experiments, by their keys, as JSON can hold them; logs nothing. */
  assignAll(): { readonly [Key in keyof Known]: Known[Key]["arm"] };
}

export function assignVisitor<Context, Known extends ExperimentRegistry>(
  experiments: Assignment,
  context: Context,
  forced: ForcedVariants,
): VisitorAssignment<Context, Known> & { hasAssigned(): boolean } {
  const known = experiments.known as ReadonlyMap<string, Experiment<Arm, Context>>;
  const arms = new Map<string, Arm>();

  function settled<A extends Arm>(
    experiment: Experiment<A, Context>,
    method: "assign" | "expose" | "peek",
  ): A {
    const wanted = forced.get(experiment.key);
    const asked = wanted === undefined ? experiment : pinExperiment(experiment, wanted);
    // What is live may change while a request is answered; its answer does not.
    const first = arms.get(experiment.key) as A | undefined;
    const arm =
      method === "peek"
        ? (first ?? experiments.peek(asked, context))
        : experiments[method](asked, context, first);
    arms.set(experiment.key, arm);
    return arm;
  }

  return {
    assign: (experiment) => settled(experiment, "assign"),
    expose: (experiment) => settled(experiment, "expose"),
    peek: (experiment) => settled(experiment, "peek"),
    get(key) {
      const experiment = known.get(key);
      return experiment ? settled(experiment, "assign") : NO_EXPERIMENT;
    },
    assignAll: () =>
      Object.fromEntries(Array.from(known, ([key, each]) => [key, settled(each, "peek")])) as never,
    hasAssigned: () => arms.size > 0,
  };
}
