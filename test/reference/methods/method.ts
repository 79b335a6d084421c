import { type Moments, meanOf, momentsOf, varianceOf } from "../../../src/statistics/moments.ts";
import type { Sample } from "../../../src/statistics/sample.ts";

export type Answers = Readonly<Record<string, unknown>>;

export interface Method {
  /** Our answers under the names of the reference. */
  readonly answer: (input: never, expected: Answers) => Answers;
  /** Names of the reference that our conventions define otherwise, each with its reason. */
  readonly omits?: Readonly<Record<string, string>>;
}

export interface Counts {
  readonly xA: number;
  readonly nA: number;
  readonly xB: number;
  readonly nB: number;
  readonly confidence: number;
}

export interface Summaries {
  readonly meanA: number;
  readonly varA: number;
  readonly nA: number;
  readonly meanB: number;
  readonly varB: number;
  readonly nB: number;
  readonly confidence: number;
}

export function proportionsOf({ xA, nA, xB, nB }: Counts) {
  return [
    { successes: xA, units: nA },
    { successes: xB, units: nB },
  ] as const;
}

export function samplesOf(input: Summaries): readonly [Sample, Sample] {
  return [
    { mean: input.meanA, variance: input.varA, units: input.nA },
    { mean: input.meanB, variance: input.varB, units: input.nB },
  ];
}

export function momentsOfValues(values: readonly number[]): Moments {
  return momentsOf(
    values.map((value) => [value]),
    1,
  );
}

export function sampleOf(moments: Moments): Sample {
  return { mean: meanOf(moments)!, variance: varianceOf(moments)!, units: moments.units };
}
