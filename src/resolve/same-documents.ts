import type { Declaration, Declarations } from "../syntax/declaration.ts";

/** Whether all files but the experiments' are the same, read once for both. */
export function surroundingsAlike(left: Declarations, right: Declarations): boolean {
  return (
    areSame([left.project], [right.project]) &&
    areSame(left.metrics, right.metrics) &&
    areSame(left.audiences, right.audiences) &&
    listsAlike(left.broken.metrics, right.broken.metrics) &&
    listsAlike(left.broken.audiences, right.broken.audiences)
  );
}

type Declared = Declaration<object> | null;

function areSame(left: readonly Declared[], right: readonly Declared[]): boolean {
  return (
    left.length === right.length &&
    left.every((one, index) => {
      const other = right[index];
      return one?.document === other?.document && one?.file === other?.file;
    })
  );
}

function listsAlike(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((key, index) => key === right[index]);
}
