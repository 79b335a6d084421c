import type { Experiment } from "../../model/experiment.ts";
import { type Moments, meanOf, varianceOf } from "../../statistics/moments.ts";
import { linearise } from "../../statistics/ratio.ts";
import type { Sample } from "../../statistics/sample.ts";
import { type WelchTest, welch } from "../../statistics/welch.ts";

/** A variant that is compared with the control, and where both stand. */
export interface PlacedTreatment {
  readonly variant: string;
  readonly index: number;
  readonly control: number;
}

export function treatments({ variants, control }: Experiment): readonly PlacedTreatment[] {
  const place = variants.findIndex(({ key }) => key === control);
  return variants.flatMap(({ key, share }, index) =>
    index === place || share === 0 ? [] : [{ variant: key, index, control: place }],
  );
}

/** Of one variable its mean, of two the ratio of their sums; null where there is none. */
export function sampleOf(moments: Moments | undefined): Sample | null {
  if (moments === undefined) return null;
  const { units } = moments;
  const line = moments.means.length === 1 ? null : linearise(moments);
  const [mean, variance] =
    moments.means.length === 1
      ? [meanOf(moments), varianceOf(moments)]
      : [line?.ratio ?? null, line?.variance ?? null];
  return mean === null || variance === null ? null : { units, mean, variance };
}

/** Welch's test of two arms, of every kind of metric: what explores needs no better one. */
export function compare(control: Sample | null, variant: Sample | null): WelchTest | null {
  return control && variant && welch(control, variant, { confidence: 0.95 });
}
