export { assign } from "./assign.ts";
export { type Awaited, createAwaited } from "./awaited.ts";
export { canonicalJson } from "./canonical-json.ts";
export { armsOf, cellName, MOST_CELLS, sizeOf, valueAt } from "./cell.ts";
export { checkManifest, type ManifestReading } from "./check-manifest.ts";
export { compareDates } from "./date.ts";
export {
  byBounds,
  type Chooser,
  counted,
  type Drawer,
  decimal,
  drawCell,
  drawValues,
  evenly,
  listed,
} from "./draw.ts";
export {
  type Arm,
  type AssignedArm,
  BY_CHANCE,
  type DrawArm,
  defineExperiment,
  dropVariants,
  type Experiment,
  type ExperimentDefinition,
  giveEverybody,
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
  type Counts,
  createExperiments,
  type Experiments,
  type ExperimentsOptions,
  type Live,
  NO_EXPERIMENT,
} from "./experiments.ts";
export type { Exposure, FlatValues, Ids, TrackedEvent, UnitNames } from "./exposure.ts";
export { createExposureLog, type ExposureLog, type ExposureLogOptions } from "./exposure-log.ts";
export { fraction, hash, place } from "./hash.ts";
export { load, otherUnits } from "./load.ts";
export type {
  AttributeType,
  Condition,
  Draw,
  Hash,
  Json,
  Manifest,
  ManifestExperiment,
  ManifestParameter,
  ManifestVariant,
  ParameterOperator,
  PlanOutHash,
  Scalar,
} from "./manifest.ts";
export { type Cases, match } from "./match.ts";
export * as operators from "./operators.ts";
export { type Program, pattern } from "./pattern.ts";
export { compilePattern, isProgram } from "./pattern-program.ts";
export { type PatternFault, type PatternNode, type PatternProblem, parsePattern } from "./pattern-syntax.ts";
export * as planOut from "./planout.ts";
export { isUnit, planOutByWeights, planOutDecimal, planOutEvenly, planOutTrial } from "./planout-draw.ts";
export { comparePreReleases } from "./pre-releases.ts";
export { type Comparator, type Operator, parseRange } from "./range.ts";
export type {
  AnyContext,
  EventRegistry,
  ExperimentRegistry,
  OpenExperiments,
  OpenRegistry,
  PropertyArguments,
} from "./registry.ts";
export { compareVersions } from "./semver.ts";
export type { FlushOptions, Limit, Message, Refusal, Schedule, Sink, SinkCounts } from "./sink.ts";
export { type Attributes, conditionTest, evaluate } from "./targeting.ts";
export {
  compareNumbers,
  contains,
  endsOtherwise,
  endsWith,
  hasPart,
  isNoneOf,
  lacks,
  lacksPart,
  matches,
  mismatches,
  startsOtherwise,
  startsWith,
} from "./value-tests.ts";
