import type { Experiment } from "./experiment.ts";
import type { Scalar } from "./metric.ts";

/** Variants that are taken together, by their places in the experiment. */
export interface ArmGroup {
  /** A variant's key, or `price=12` of a parameter's value. */
  readonly name: string;
  readonly cells: readonly number[];
}

/** What is compared with what. */
export interface Contrast {
  readonly against: ArmGroup;
  readonly of: ArmGroup;
}

/** A value of a parameter against the parameter's first, over all values of the other parameters. */
export interface MainContrast extends Contrast {
  readonly parameter: string;
  readonly value: Scalar;
  readonly first: Scalar;
}

/** Every variant that is not dropped against the control. */
export function cellContrasts({ control, variants }: Experiment): readonly Contrast[] {
  const groups = variants.map(({ key }, index): ArmGroup => ({ name: key, cells: [index] }));
  const against = groups.find(({ name }) => name === control);
  if (against === undefined) return [];
  return groups
    .filter((group, index) => group !== against && variants[index]?.dropped === undefined)
    .map((of) => ({ against, of }));
}

/** What a plan is for: the main effects where they decide, else every variant against the control, dropped or not. */
export function plannedContrasts(experiment: Experiment): readonly Contrast[] {
  const main = mainContrasts(experiment);
  if (main.length > 0) return main;
  const [against, ...others] = experiment.variants.map(({ key }, index) => ({ name: key, cells: [index] }));
  return against === undefined ? [] : others.map((of) => ({ against, of }));
}

/** Of parameters that are analysed by their main effects; else none. */
export function mainContrasts(experiment: Experiment): readonly MainContrast[] {
  const { analysis, draw, variants } = experiment;
  if (draw.kind !== "parameters" || analysis.effects !== "main") return [];
  return Object.keys(variants[0]?.params ?? {}).flatMap((parameter) => {
    const [first, ...others] = levelsOf(experiment, parameter);
    if (first === undefined) return [];
    return others.map((level) => ({
      against: first,
      of: level,
      parameter,
      value: level.value,
      first: first.value,
    }));
  });
}

/** The groups that the deciding contrasts are between, each once; of variants, the dropped ones too. */
export function groupsOf(experiment: Experiment): readonly ArmGroup[] {
  const main = mainContrasts(experiment);
  if (main.length === 0) return experiment.variants.map(({ key }, index) => ({ name: key, cells: [index] }));
  const groups = main.flatMap(({ against, of }) => [against, of]);
  return groups.filter(({ name }, index) => groups.findIndex((group) => group.name === name) === index);
}

/** A parameter's values in their order, each with the variants that have it and are not dropped. */
export function levelsOf(
  { variants }: Experiment,
  parameter: string,
): readonly (ArmGroup & { readonly value: Scalar })[] {
  const levels = new Map<Scalar, number[]>();
  variants.forEach(({ dropped, params }, index) => {
    const value = Object.hasOwn(params, parameter) ? params[parameter] : undefined;
    if (dropped !== undefined || !isScalar(value)) return;
    levels.set(value, [...(levels.get(value) ?? []), index]);
  });
  return [...levels].map(([value, cells]) => ({ name: `${parameter}=${value}`, value, cells }));
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
