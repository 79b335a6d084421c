/** A world costs a second: few of each sort, the same in every run, and many new ones where these are looked for. */
export function runSettings(seed: number) {
  const { FAIRTRIAL_SEED, RUNS = 15, SHRINK } = process.env;
  return {
    numRuns: Number(RUNS),
    ...(FAIRTRIAL_SEED === undefined && { seed }),
    endOnFailure: SHRINK === "no",
  };
}
