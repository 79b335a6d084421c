/** A·x = b with A symmetric and positive semidefinite. */
export interface LinearSystem {
  readonly matrix: readonly (readonly number[])[];
  readonly right: readonly number[];
}

export interface PivotedSolution {
  /** 0 where the variable was dropped. */
  readonly solution: readonly number[];
  /** Variables of which the others leave at most `tolerance` of their own diagonal. */
  readonly dropped: readonly number[];
}

/**
 * Solves a system of covariances by Cholesky's decomposition with diagonal pivoting, scaled to correlations;
 * variables that the ones before explain are dropped. Nicholas J. Higham, *Accuracy and Stability of Numerical
 * Algorithms* (2nd ed., 2002), section 10.3.
 */
export function solvePivoted({ matrix, right }: LinearSystem, tolerance: number): PivotedSolution {
  const size = right.length;
  const scale = matrix.map((row, i) => Math.sqrt(row[i]!));
  const left = matrix.map((row, i) =>
    row.map((value, j) => (i === j ? 1 : ratio(value, scale[i]! * scale[j]!))),
  );
  const rest: number[] = left.map((_, i) => (scale[i]! > 0 ? 1 : 0));
  const columns: number[][] = [];
  const order: number[] = [];
  for (let step = 0; step < size; step++) {
    const pivot = rest.indexOf(Math.max(...rest));
    if (!(rest[pivot]! > tolerance)) break;
    const root = Math.sqrt(rest[pivot]!);
    const column = left.map((row, i) => {
      if (order.includes(i)) return 0;
      const known = columns.reduce((total, done) => total + done[i]! * done[pivot]!, 0);
      return i === pivot ? root : (row[pivot]! - known) / root;
    });
    columns.push(column);
    order.push(pivot);
    for (let i = 0; i < size; i++) rest[i] = order.includes(i) ? 0 : rest[i]! - column[i]! ** 2;
  }
  const solution = new Array<number>(size).fill(0);
  const forward: number[] = [];
  order.forEach((variable, step) => {
    const known = forward.reduce((total, value, at) => total + columns[at]![variable]! * value, 0);
    forward.push((right[variable]! / scale[variable]! - known) / columns[step]![variable]!);
  });
  for (let step = order.length - 1; step >= 0; step--) {
    const known = order
      .slice(step + 1)
      .reduce((total, variable) => total + columns[step]![variable]! * solution[variable]!, 0);
    solution[order[step]!] = (forward[step]! - known) / columns[step]![order[step]!]!;
  }
  return {
    solution: solution.map((value, i) => (value === 0 ? 0 : value / scale[i]!)),
    dropped: rest.flatMap((_, i) => (order.includes(i) ? [] : [i])),
  };
}

function ratio(value: number, by: number): number {
  return by > 0 ? value / by : 0;
}
