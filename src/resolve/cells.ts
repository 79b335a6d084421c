import type { Parameter, Variant } from "../model/experiment.ts";
import { WHOLE } from "../model/share.ts";
import { type CellParams, cellName, sizeOf, valueAt } from "../runtime/cell.ts";
import { evenShares } from "../runtime/shares.ts";

/** The name of the cell of all first values. */
export function baselineCell(parameters: readonly Parameter[]): string {
  return cellName(
    paramsOf(
      parameters,
      parameters.map(() => 0),
    ),
  );
}

/** All combinations of values, the last parameter's differing fastest. Shares are products, rounded to the exact whole. */
export function cellsOf(parameters: readonly Parameter[]): readonly Variant[] {
  const cells = parameters.reduce<readonly (readonly number[])[]>(
    (begun, parameter) =>
      begun.flatMap((indexes) =>
        Array.from({ length: sizeOf(parameter) }, (_, index) => [...indexes, index]),
      ),
    [[]],
  );
  const fractions = parameters.map(fractionsOf);
  const shares = largestRemainder(
    cells.map((cell) => cell.reduce((product, index, at) => product * fractions[at]![index]!, 1)),
  );
  return cells.map((cell, index) => {
    const params = paramsOf(parameters, cell);
    return { key: cellName(params), share: shares[index]!, params };
  });
}

function paramsOf(parameters: readonly Parameter[], cell: readonly number[]): CellParams {
  return Object.fromEntries(
    parameters.map((parameter, at) => [parameter.name, valueAt(parameter, cell[at]!)]),
  );
}

function fractionsOf(parameter: Parameter): readonly number[] {
  const { operator } = parameter;
  if (operator.kind === "bernoulliTrial") return [1 - operator.share / WHOLE, operator.share / WHOLE];
  if (operator.kind === "weightedChoice") return operator.weights.map((weight) => weight / WHOLE);
  const size = sizeOf(parameter);
  return operator.kind === "uniformChoice"
    ? evenShares(size).map((share) => share / WHOLE)
    : Array.from({ length: size }, () => 1 / size);
}

/** Whole parts per million that sum to the whole: rounded down, and one more for the largest remainders. */
function largestRemainder(fractions: readonly number[]): readonly number[] {
  const exact = fractions.map((fraction) => fraction * WHOLE);
  const shares = exact.map(Math.floor);
  const missing = WHOLE - shares.reduce((sum, share) => sum + share, 0);
  const order = exact.map((_, index) => index);
  order.sort((a, b) => exact[b]! - shares[b]! - (exact[a]! - shares[a]!) || a - b);
  for (const index of order.slice(0, missing)) shares[index]!++;
  return shares;
}
