import type { Arm, Experiment } from "./experiment.ts";
import { createExposures, type ExposuresOptions } from "./exposures.ts";
import { createQueue, type QueueOptions } from "./queue.ts";
import { createRecent } from "./recent.ts";
import type { FlushOptions, Sink } from "./sink.ts";

export interface ExposureLogOptions extends ExposuresOptions, QueueOptions {
  readonly sink: Sink;
  /** Is given what to call when the page or the process goes. */
  readonly onLeave?: (flush: (options?: FlushOptions) => Promise<void>) => void;
}

/** Logs that a unit met the arm that `assign` gave it. Never throws. */
export type ExposureLog = <A extends Arm, Context>(
  experiment: Experiment<A, Context>,
  arm: NoInfer<A>,
  context: NoInfer<Context>,
) => void;

/**
 * Exposures to one sink, each once, and nothing else: for pages where every byte counts. `createExperiments` logs in
 * the same way.
 */
export function createExposureLog(options: ExposureLogOptions): ExposureLog {
  const isNew = createRecent(options.remembered);
  const makeExposure = createExposures(options);
  const queue = createQueue(options.sink, options);
  options.onLeave?.(queue.flush);
  return (experiment, arm, context) => {
    try {
      const exposure = makeExposure(experiment, arm, context, isNew);
      if (exposure) queue.add(exposure);
    } catch {}
  };
}
