/** The upper ends of shares that lie one behind another. */
export function boundsOf(shares: readonly number[]): readonly number[] {
  let bound = 0;
  return shares.map((share) => (bound += share));
}

/** ⌊10⁶/size⌋ each; what remains goes to the first, one part each. */
export function evenShares(size: number): readonly number[] {
  const each = Math.floor(1_000_000 / size);
  const remainder = 1_000_000 - each * size;
  return Array.from({ length: size }, (_, index) => each + (index < remainder ? 1 : 0));
}
