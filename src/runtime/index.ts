export { assign } from "./assign.ts";
export type { Message, Sink } from "./delivery.ts";
export {
  type Arm,
  type AssignedArm,
  BY_CHANCE,
  defineExperiment,
  type Experiment,
  type ExperimentDefinition,
  HOLDOUT,
  NO_UNIT,
  NOT_IN_AUDIENCE,
  NOT_IN_TRAFFIC,
  NOT_RUNNING,
  OVERRIDE,
  type ShippedArm,
  shipExperiment,
  type UnassignedArm,
} from "./experiment.ts";
export {
  createExperiments,
  type EventRegistry,
  type Experiments,
  type ExperimentsOptions,
  type OpenRegistry,
  type PropertyArguments,
} from "./experiments.ts";
export type { Exposure, TrackedEvent } from "./exposure.ts";
export { hash, place } from "./hash.ts";
export { load } from "./load.ts";
export type { Condition, Json, Manifest, ManifestExperiment } from "./manifest.ts";
export { type Comparator, type Operator, parseRange } from "./range.ts";
export { comparePreReleases, compareVersions } from "./semver.ts";
export { type Attributes, contains, differs, evaluate, is, lacks } from "./targeting.ts";
