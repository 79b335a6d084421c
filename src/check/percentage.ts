/** A fraction as a percentage of at most four significant digits: 0.05 is `5%`. */
export function formatPercentage(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(4))}%`;
}
