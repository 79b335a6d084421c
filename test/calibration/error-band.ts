/**
 * Counts of `rate` in `worlds` that chance gives in all but one of 100,000 checks: exact binomial, half of the
 * 1e-5 in either tail.
 */
export function errorBand(rate: number, worlds: number): { readonly least: number; readonly most: number } {
  const tail = 5e-6;
  let [below, least] = [0, 0];
  while (below + mass(least, worlds, rate) <= tail) below += mass(least++, worlds, rate);
  let [above, most] = [0, worlds];
  while (above + mass(most, worlds, rate) <= tail) above += mass(most--, worlds, rate);
  return { least, most };
}

function mass(successes: number, trials: number, rate: number): number {
  let log = successes * Math.log(rate) + (trials - successes) * Math.log1p(-rate);
  for (let i = 1; i <= successes; i++) log += Math.log((trials - successes + i) / i);
  return Math.exp(log);
}
