declare module "jstat" {
  interface Samples {
    setRandom(random: () => number): void;
    readonly normal: { sample(mean: number, standardDeviation: number): number };
    readonly lognormal: { sample(mu: number, sigma: number): number };
    readonly poisson: { sample(mean: number): number };
  }
  const jstat: Samples;
  export default jstat;
}
