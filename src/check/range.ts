import type { Experiment } from "../model/experiment.ts";
import { formatShare, type Share, WHOLE } from "../model/share.ts";

/** The part of a layer from `from` up to, not including, `to`. */
export interface Range {
  readonly from: Share;
  readonly to: Share;
}

/** What two experiments both own of a layer; null where they own nothing together. */
export function sharedRange(one: Experiment, other: Experiment): Range | null {
  if (one.layer === null || other.layer === null) return null;
  if (one.layer.layer.key !== other.layer.layer.key) return null;
  const from = Math.max(one.layer.from, other.layer.from);
  const to = Math.min(one.layer.to, other.layer.to);
  return from < to ? { from, to } : null;
}

/** What none of the experiments owns of a layer, in order. */
export function freeRanges(layer: string, owners: readonly Experiment[]): readonly Range[] {
  const taken = owners
    .flatMap(({ layer: range }) => (range?.layer.key === layer ? [range] : []))
    .sort((left, right) => left.from - right.from);
  const free: Range[] = [];
  let from = 0;
  for (const range of taken) {
    if (range.from > from) free.push({ from, to: range.from });
    from = Math.max(from, range.to);
  }
  return from < WHOLE ? [...free, { from, to: WHOLE }] : free;
}

/** A range as people write it: `40% to 70%`. */
export function formatRange({ from, to }: Range): string {
  return `${formatShare(from)} to ${formatShare(to)}`;
}
