import type { Arm, Experiment } from "../../runtime/index.ts";
import type { ExposureBeaconProps } from "./exposure-beacon.ts";
import type { ExperimentsPort } from "./provided.ts";

/** The unit's arm in a server component, and the props of the `ExposureBeacon` that logs it in the browser. */
export type ServerVariant<A extends Arm> = A & {
  readonly beacon: Pick<ExposureBeaconProps, "of" | "shown">;
};

/** The unit's arm, for a server component: pure, logs nothing. */
export function getVariant<A extends Arm, Context>(
  experiments: Pick<ExperimentsPort, "peek">,
  experiment: Experiment<A, Context>,
  context: NoInfer<Context>,
): ServerVariant<A> {
  const arm = experiments.peek(experiment, context);
  return { ...arm, beacon: { of: experiment.key, shown: arm.variant } };
}
