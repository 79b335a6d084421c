/** Place of Σ(xᵢ−x̄ᵢ)(xⱼ−x̄ⱼ) in the packed second moments of d variables, in any order of i and j. */
export function secondIndex(i: number, j: number, d: number): number {
  const [low, high] = i <= j ? [i, j] : [j, i];
  return low * d - (low * (low - 1)) / 2 + (high - low);
}

/** All i ≤ j, in the order of the packed second moments of d variables. */
export function pairs(d: number): readonly Pair[] {
  return remembered(knownPairs, d, () => {
    const result: Pair[] = [];
    for (let i = 0; i < d; i++) for (let j = i; j < d; j++) result.push([i, j]);
    return result;
  });
}

/** All i ≤ j ≤ k, in the order of the packed third moments of d variables. */
export function triples(d: number): readonly Triple[] {
  return remembered(knownTriples, d, () =>
    pairs(d).flatMap(([i, j]) => Array.from({ length: d - j }, (_, k): Triple => [i, j, j + k])),
  );
}

type Pair = readonly [number, number];
type Triple = readonly [number, number, number];

const knownPairs = new Map<number, readonly Pair[]>();
const knownTriples = new Map<number, readonly Triple[]>();

function remembered<Value>(known: Map<number, Value>, d: number, make: () => Value): Value {
  const value = known.get(d) ?? make();
  known.set(d, value);
  return value;
}
