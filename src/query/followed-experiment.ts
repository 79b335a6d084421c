import type { Experiment } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import type { Engine } from "./engine.ts";
import type { Enrolled } from "./enrolled.ts";
import type { Sources } from "./prepare-sources.ts";
import type { QuantileRanks } from "./quantile-moments.ts";

/** An experiment whose units are known. */
export interface EnrolledExperiment {
  readonly experiment: Experiment;
  readonly enrolled: Enrolled;
  /** Milliseconds: nothing later counts, and only units whose window has passed by then. Null: the data are final. */
  readonly cutoff: number | null;
}

/** An experiment whose units are known, and the instants at which its metrics are wanted. */
export interface FollowedExperiment extends EnrolledExperiment {
  /** Ends of days, in milliseconds, ascending and before the cutoff: when else the moments are wanted. Default: never. */
  readonly looks?: readonly number[];
}

export interface MomentsRequest {
  readonly project: Project;
  readonly sources: Sources;
  readonly engine: Engine;
  /** Of the intervals of quantiles, at the experiment's level. */
  readonly quantileRanks: (experiment: Experiment) => QuantileRanks;
  /** Told what is being done, before it is done. */
  readonly onStage?: (stage: string) => void;
}
