/** Park and Miller's stream on (0, 1): the same numbers from any language, for expected values that another one computed. */
export function parkMiller(seed: number): () => number {
  let state = seed;
  return () => {
    state = (16_807 * state) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Rows made one after the other. */
export function drawRows<Row>(
  seed: number,
  count: number,
  draw: (next: () => number) => Row,
): readonly Row[] {
  const next = parkMiller(seed);
  return Array.from({ length: count }, () => draw(next));
}
