import type { Json, ManifestExperiment } from "./manifest.ts";
import type { Attributes } from "./targeting.ts";

/** What a unit gets when it is in the experiment. Frozen, and the same object for every such unit. */
export interface AssignedArm<Variant extends string = string, Params = unknown> {
  readonly variant: Variant;
  readonly params: Params;
  readonly reason: "assigned" | "override";
}

/** What everybody else gets: the params of the default variant, or the control's where the variant is dropped. */
export interface UnassignedArm<Params = unknown> {
  readonly variant: null;
  readonly params: Params;
  readonly reason: "no-unit" | "not-running" | "holdout" | "not-in-audience" | "not-in-traffic" | "dropped";
}

/** What everybody gets once the experiment is concluded. */
export interface ShippedArm<Variant extends string = string, Params = unknown> {
  readonly variant: Variant;
  readonly params: Params;
  readonly reason: "concluded";
}

export type Arm = AssignedArm | UnassignedArm | ShippedArm;

/** An experiment that is not concluded, as data and one function. Salts are hashes, shares parts per million. */
export interface ExperimentDefinition<Context> {
  readonly key: string;
  readonly iteration: number;
  readonly unit: ManifestExperiment["unit"];
  readonly exposure: ManifestExperiment["exposure"];
  /** Those that an exposure carries. */
  readonly attributes: readonly string[];
  /**
   * What is settled before chance decides: `NOT_RUNNING`, `HOLDOUT`, `NOT_IN_AUDIENCE`, `NOT_IN_TRAFFIC`,
   * `OVERRIDE` + a variant's index, or else `BY_CHANCE`. `unit` is the hash of the unit's id. Null: nothing is.
   */
  readonly settle: ((context: Context, unit: number) => number) | null;
  /** Of the variants' hash space. */
  readonly salt: number;
  /** How the arm is drawn. Null: by the unit's place in the salt's space and the variants' shares. */
  readonly draw: DrawArm | null;
  /** Shares sum to 1,000,000. */
  readonly variants: readonly Variant[];
  /** Index of the variant whose params the unassigned get. */
  readonly default: number;
}

/** The arm that chance gives the unit with this hash; `assigned` are the variants' arms. */
export type DrawArm = (assigned: readonly Arm[], unit: number, context: Attributes) => Arm;

interface Variant {
  readonly key: string;
  readonly share: number;
  readonly params: Json;
}

/** An experiment made ready for assignment. All have one shape, which keeps `assign` fast. */
export interface Experiment<A extends Arm = Arm, Context = never> {
  readonly key: string;
  readonly iteration: number;
  readonly unit: ManifestExperiment["unit"];
  readonly exposure: ManifestExperiment["exposure"];
  readonly attributes: readonly string[];
  readonly settle: ((context: Context, unit: number) => number) | null;
  readonly salt: number;
  /** Null: the variant at whose bound the unit's place ends. */
  readonly draw: DrawArm | null;
  /** Upper ends of the variants' parts of their hash space, ascending to 1,000,000. */
  readonly bounds: readonly number[];
  /** What everybody gets once the experiment is concluded. */
  readonly shipped: A | null;
  /** By variant. */
  readonly assigned: readonly A[];
  /** What can be settled, by the numbers that `settle` gives. */
  readonly settled: readonly A[];
}

export const BY_CHANCE = -1;
export const NO_UNIT = 0;
export const NOT_RUNNING = 1;
export const HOLDOUT = 2;
export const NOT_IN_AUDIENCE = 3;
export const NOT_IN_TRAFFIC = 4;
export const OVERRIDE = 5;

const UNASSIGNED = ["no-unit", "not-running", "holdout", "not-in-audience", "not-in-traffic"] as const;

/**
 * Makes a definition ready for assignment, and is its owner from then on; its params are frozen to their depth. The
 * definition itself grows, rather than a copy of it, so that all experiments have one hidden class.
 */
export function defineExperiment<A extends Arm, Context>(
  definition: ExperimentDefinition<Context>,
): Experiment<A, Context> {
  const { variants } = definition;
  const arms = (reason: "assigned" | "override") =>
    variants.map(({ key, params }) => arm<A>(key, params, reason));
  let bound = 0;
  return Object.assign(definition, {
    shipped: null,
    bounds: variants.map(({ share }) => (bound += share)),
    assigned: arms("assigned"),
    settled: [
      ...UNASSIGNED.map((reason) => arm<A>(null, variants[definition.default]!.params, reason)),
      ...arms("override"),
    ],
  });
}

/** Takes variants, by index, away from an experiment: their units get no variant and the control's params. */
export function dropVariants<A extends Arm, Context>(
  experiment: Experiment<A, Context>,
  control: number,
  dropped: readonly number[],
): Experiment<A, Context> {
  const without = arm<A>(null, experiment.assigned[control]!.params as Json, "dropped");
  const assigned = experiment.assigned.map((given, index) => (dropped.includes(index) ? without : given));
  return Object.assign(experiment, { assigned });
}

/** A concluded experiment: everybody gets the variant. */
export function shipExperiment<A extends Arm, Context>({
  key,
  iteration,
  unit,
  variant,
}: Pick<ExperimentDefinition<Context>, "key" | "iteration" | "unit"> & {
  readonly variant: Pick<Variant, "key" | "params">;
}): Experiment<A, Context> {
  const definition: ExperimentDefinition<Context> = {
    key,
    iteration,
    unit,
    exposure: "explicit",
    attributes: [],
    settle: null,
    salt: 0,
    draw: null,
    variants: [],
    default: 0,
  };
  const shipped = arm<A>(variant.key, variant.params, "concluded");
  return Object.assign(definition, { shipped, bounds: [], assigned: [], settled: [] });
}

/** An arm, frozen to its depth. */
export function arm<A extends Arm>(variant: string | null, params: Json, reason: Arm["reason"]): A {
  return freeze({ variant, params, reason }) as unknown as A;
}

function freeze(value: Json): Json {
  if (Object(value) === value) Object.values(Object.freeze(value) as object).map(freeze);
  return value;
}
