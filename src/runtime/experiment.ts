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
export interface ExperimentDefinition {
  readonly key: string;
  readonly iteration: number;
  readonly unit: ManifestExperiment["unit"];
  /** Default: `assignment`. */
  readonly exposure?: ManifestExperiment["exposure"];
  /** Those that an exposure carries. */
  readonly attributes: readonly string[];
  /**
   * What is settled before chance decides: `NOT_RUNNING`, `HOLDOUT`, `NOT_IN_AUDIENCE`, `NOT_IN_TRAFFIC`,
   * `OVERRIDE` + a variant's index, or else `BY_CHANCE`. `unit` is the hash of the unit's id. Default: null, nothing
   * is.
   */
  readonly settle?: Settle | null;
  /** Of the variants' hash space. */
  readonly salt: number;
  /** How the arm is drawn. Default: null, by the unit's place in the salt's space and the variants' shares. */
  readonly draw?: DrawArm | null;
  /** Shares sum to 1,000,000. */
  readonly variants: readonly Variant[];
  /** Index of the variant whose params the unassigned get. Default: 0. */
  readonly default?: number;
}

/** A context is what the app says it is: its type is no promise about values, so tests of them do not narrow it. */
// biome-ignore lint/suspicious/noExplicitAny: comparing a narrowed type with another value would not compile
type Settle = (context: any, unit: number) => number;

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
  /** Null: the variant in whose part of the salt's space the unit has its place. */
  readonly draw: DrawArm | null;
  /** In the order of their parts of the salt's space. */
  readonly variants: readonly { readonly share: number }[];
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

/**
 * Makes a definition ready for assignment; its params are frozen to their depth. What may be left out comes first, so
 * that all experiments have one hidden class.
 */
export function defineExperiment<A extends Arm, Context>(
  definition: ExperimentDefinition,
): Experiment<A, Context> {
  const { default: fallback = 0, ...rest } = definition;
  const arms = (reason: "assigned" | "override") =>
    rest.variants.map(({ key, params }) => freeze<A>({ variant: key, params, reason }));
  return {
    exposure: "assignment",
    settle: null,
    draw: null,
    ...rest,
    assigned: arms("assigned"),
    settled: [
      // By `NO_UNIT`, `NOT_RUNNING` and so on.
      ...["no-unit", "not-running", "holdout", "not-in-audience", "not-in-traffic"].map((reason) =>
        freeze<A>({ variant: null, params: rest.variants[fallback]!.params, reason }),
      ),
      ...arms("override"),
    ],
  };
}

/** Takes variants, by index, away from an experiment: their units get no variant and the control's params. */
export function dropVariants<A extends Arm, Context>(
  experiment: Experiment<A, Context>,
  control: number,
  dropped: readonly number[],
): Experiment<A, Context> {
  const without = freeze<A>({
    variant: null,
    params: experiment.assigned[control]!.params,
    reason: "dropped",
  });
  const assigned = experiment.assigned.map((given, index) => (dropped.includes(index) ? without : given));
  return Object.assign(experiment, { assigned });
}

/** A concluded experiment: everybody gets the variant. */
export function shipExperiment<A extends Arm, Context>({
  key,
  iteration,
  unit,
  variant,
}: Pick<ExperimentDefinition, "key" | "iteration" | "unit"> & {
  readonly variant: Pick<Variant, "key" | "params">;
}): Experiment<A, Context> {
  return {
    exposure: "explicit",
    settle: settleNone,
    draw: null,
    key,
    iteration,
    unit,
    attributes: [],
    salt: 0,
    variants: [],
    assigned: [],
    settled: [freeze<A>({ variant: variant.key, params: variant.params, reason: "concluded" })],
  };
}

/** The experiment with one arm for everybody, whether there is a unit or not. */
export function giveEverybody<A extends Arm, Context>(
  experiment: Experiment<A, Context>,
  arm: A,
): Experiment<A, Context> {
  return { ...experiment, settle: settleNone, settled: [arm, ...experiment.settled.slice(1)] };
}

/** Whoever there is gets what nobody's unit gets. */
function settleNone(): number {
  return NO_UNIT;
}

/** An arm or a part of one, frozen to its depth. */
export function freeze<Frozen>(value: unknown): Frozen {
  if (Object(value) === value) Object.values(Object.freeze(value) as object).map(freeze);
  return value as Frozen;
}
