declare module "jstat" {
  interface Samples {
    setRandom(random: () => number): void;
    readonly beta: {
      sample(alpha: number, beta: number): number;
      inv(probability: number, alpha: number, beta: number): number;
    };
    readonly chisquare: { sample(degreesOfFreedom: number): number };
    readonly normal: {
      sample(mean: number, standardDeviation: number): number;
      cdf(value: number, mean: number, standardDeviation: number): number;
      inv(probability: number, mean: number, standardDeviation: number): number;
      pdf(value: number, mean: number, standardDeviation: number): number;
    };
    readonly lognormal: { sample(mu: number, sigma: number): number };
    readonly poisson: { sample(mean: number): number };
  }
  const jstat: Samples;
  export default jstat;
}
