import type { Experiment, Experiments } from "../../runtime/index.ts";

/** What became of the configuration: it was replaced, it may be out of date, or it no longer is. */
export type ConfigurationState = "changed" | "stale" | "current";

/** What a provider needs of `createExperiments()`, whatever its events are. */
export interface FlaggedExperiments extends Pick<Experiments, "assign" | "flush" | "peek"> {
  readonly track: (...event: never[]) => void;
}

export interface OpenFeatureOptions {
  /** Of the app's `createExperiments()`. */
  readonly experiments: FlaggedExperiments;
  /** The experiments that are flags: the generated `everyExperiment`, or some. */
  readonly every: readonly Experiment[];
  /**
   * Key of the unit that a targeting key identifies, such as `user`. Default: the unit of all experiments, where
   * they have one in common; where they have not, a targeting key identifies nobody.
   */
  readonly targetingUnit?: string | undefined;
  /** False: evaluations log no exposures. Default: they do, as the experiment's file says. */
  readonly exposes?: boolean | undefined;
  /** What initialisation waits for, such as the first live manifest; a rejection is the provider's error. */
  readonly ready?: (() => Promise<unknown>) | undefined;
  /**
   * Is given what to call when a live configuration changes, goes stale, or is current again; gives what undoes
   * it.
   */
  readonly updates?: ((tell: (state: ConfigurationState) => void) => () => void) | undefined;
}
