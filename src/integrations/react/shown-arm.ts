import type { Arm, Attributes, Experiment } from "../../runtime/index.ts";
import type { Assignments, ExperimentsPort } from "./provided.ts";

/** The arm to show: the server's where it has assigned one, or else this side's. Pure. */
export function shownArm<A extends Arm, Context>(
  experiment: Experiment<A, Context>,
  context: Attributes,
  experiments: ExperimentsPort,
  assignments: Assignments | null,
): A {
  const assigned =
    assignments && Object.hasOwn(assignments, experiment.key) ? assignments[experiment.key] : null;
  return isArm(assigned)
    ? (assigned as A)
    : experiments.peek(experiment, context as Context & NoInfer<Context>);
}

function isArm(value: Arm | null | undefined): value is Arm {
  if (typeof value !== "object" || value === null) return false;
  const { variant, params, reason } = value;
  return (
    (variant === null || typeof variant === "string") &&
    typeof params === "object" &&
    params !== null &&
    typeof reason === "string"
  );
}
