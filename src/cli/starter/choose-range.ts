import { type Experiment, formatRange, freeRanges } from "../../compile.ts";
import { UsageError } from "../exit.ts";

/** What an experiment gets of a layer when nobody says how much: room for another one stays. */
const HALF = 500_000;

/** The next free range of a layer, in parts per million: `share` of it, or as much as is free, at most half. */
export function chooseRange(
  layer: string,
  share: number | null,
  experiments: readonly Experiment[],
): { readonly from: number; readonly to: number } {
  const owners = experiments.filter(
    ({ archived, layer: range, status }) =>
      !archived && range?.layer.key === layer && (status === "running" || status === "draft"),
  );
  const free = freeRanges(layer, owners);
  const range = free.find(({ from, to }) => to - from >= (share ?? 1));
  if (range) return { from: range.from, to: range.from + (share ?? Math.min(HALF, range.to - range.from)) };
  const owned = owners.flatMap(({ key, layer: own }) => (own ? [`${key} has ${formatRange(own)}`] : []));
  const left = free.length === 0 ? "nothing is free" : `free: ${free.map(formatRange).join(", ")}`;
  throw new UsageError(`layer ${layer} has no such range: ${[...owned, left].join("; ")}`);
}
