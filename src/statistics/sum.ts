/**
 * The sum of a list, in which what each addition loses is carried along: right to about one rounding of the result,
 * unless terms cancel to less than 1e-16 of their sizes' sum. 0 of nothing; what is infinite or NaN stays so.
 *
 * Arnold Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", *Zeitschrift für Angewandte
 * Mathematik und Mechanik* 54 (1974), algorithm IV.
 */
export function sum(values: readonly number[]): number {
  return sumOf(values, (value) => value);
}

/** The same of what each item is worth. */
export function sumOf<Item>(items: readonly Item[], worth: (item: Item, index: number) => number): number {
  let total = 0;
  let lost = 0;
  for (let index = 0; index < items.length; index++) {
    const value = worth(items[index]!, index);
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return Number.isFinite(total) ? total + lost : total;
}
