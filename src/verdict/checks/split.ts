import type { Experiment } from "../../model/experiment.ts";
import { WHOLE } from "../../model/share.ts";
import { type SampleRatioTest, sampleRatioMismatch } from "../../statistics/srm.ts";
import type { Counts } from "../generated/analysis.ts";

/** A variant that is not dropped, and the part of the units that it should have of those of its kind. */
export interface LiveVariant {
  readonly key: string;
  /** In the experiment's order. */
  readonly index: number;
  readonly share: number;
}

/** The variants that are not dropped: they divide the units among themselves as before. */
export function liveVariants({ variants }: Experiment): readonly LiveVariant[] {
  const live = variants.flatMap(({ dropped, key, share }, index) =>
    dropped === undefined ? [{ key, share, index }] : [],
  );
  const whole = live.reduce((sum, { share }) => sum + share, 0);
  const total = live.length < variants.length ? whole : WHOLE;
  return live.map(({ share, ...variant }) => ({ ...variant, share: share / total }));
}

/** The sample ratio test over the variants that are not dropped. */
export function testSplit(
  experiment: Experiment,
  units: readonly number[],
): Omit<SampleRatioTest, "expected"> & { readonly expected: Counts } {
  const live = liveVariants(experiment);
  const test = sampleRatioMismatch(
    live.map(({ index }) => units[index] ?? 0),
    live.map(({ share }) => share),
  );
  const expected = Object.fromEntries(live.map(({ key }, index) => [key, test.expected[index] ?? 0]));
  return { ...test, expected };
}

/** Counts in the experiment's order, by variant. */
export function byVariant({ variants }: Experiment, counts: readonly number[]): Counts {
  return Object.fromEntries(variants.map(({ key }, index) => [key, counts[index] ?? 0]));
}
