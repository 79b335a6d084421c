/**
 * Adjusted p-values of one family, in the order given: reject where adjusted p < α, and the probability of any
 * false rejection is at most α, whatever the dependence. A null counts as 1 and stays null.
 * Sture Holm, "A simple sequentially rejective multiple test procedure", *Scand. J. Statist.* 6 (1979), 65–70.
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const ascending = pValues.map((_, index) => index).sort((i, j) => (pValues[i] ?? 1) - (pValues[j] ?? 1));
  const adjusted: (number | null)[] = pValues.map(() => null);
  let largest = 0;
  ascending.forEach((index, rank) => {
    const pValue = pValues[index] ?? null;
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * (pValue ?? 1)));
    if (pValue !== null) adjusted[index] = largest;
  });
  return adjusted;
}
