import type { ManifestExperiment, ManifestParameter, Scalar } from "./manifest.ts";

/** Values of parameters, by name. */
export type CellParams = Readonly<Record<string, Scalar>>;

/** The most cells that an experiment lists; one with more has none. */
export const MOST_CELLS = 1_000;

/** Texts that stand for themselves: no number, no `true`, nothing that has a meaning in a cell's name. */
const PLAIN = /^(?!true$|false$|null$)[A-Za-z_][\w.-]*$/;

/** The name of a cell: `headline=plain,steps=3`. A text is quoted as in JSON where it could be read in another way. */
export function cellName(params: CellParams): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${PLAIN.test(String(value)) ? value : JSON.stringify(value)}`)
    .join(",");
}

/** How many values a parameter has; without end where it draws decimals. */
export function sizeOf({ operator }: Pick<ManifestParameter, "operator">): number {
  if (operator.kind === "bernoulliTrial") return 2;
  if (operator.kind === "randomInteger") return operator.max - operator.min + 1;
  if (operator.kind === "randomFloat") return Number.POSITIVE_INFINITY;
  return operator.choices.length;
}

/** A parameter's value by its index; the first is the baseline. */
export function valueAt({ operator }: Pick<ManifestParameter, "operator">, index: number): Scalar {
  if (operator.kind === "bernoulliTrial") return index;
  if (operator.kind === "randomInteger" || operator.kind === "randomFloat") return operator.min + index;
  return operator.choices[index]!;
}

/**
 * The variants in the order in which an experiment's draw counts them: those of PlanOut as in the file. Of
 * parameters with more cells than are listed, the baseline alone, which gives the unassigned their params.
 */
export function armsOf({ draw, variants }: ManifestExperiment): ManifestExperiment["variants"] {
  if (draw.kind === "variants")
    return draw.order.flatMap((key) => variants.find((variant) => variant.key === key) ?? []);
  if (variants.length > 0) return variants;
  const params = Object.fromEntries(
    draw.parameters.map((parameter) => [parameter.name, valueAt(parameter, 0)]),
  );
  return [{ key: cellName(params), share: 1_000_000, params }];
}
