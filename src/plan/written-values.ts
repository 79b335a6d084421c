import { DAY_MS } from "../model/calendar.ts";
import type { Effect } from "../model/effect.ts";
import type { Baseline, RetentionMetric, Winsorize } from "../model/metric.ts";
import type { Json } from "../runtime/manifest.ts";
import type { Mapping } from "./field-weight.ts";

/** Resolved values as people write them in YAML, so that a difference can be read beside the file. */

/** 0.125 is `12.5%`. */
export function writtenFraction(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(12))}%`;
}

/** Milliseconds as `14d` or `12h`; null: no window. */
export function writtenDuration(milliseconds: number | null): string | null {
  if (milliseconds === null) return null;
  return milliseconds % DAY_MS === 0
    ? `${milliseconds / DAY_MS}d`
    : `${Number(((milliseconds / DAY_MS) * 24).toPrecision(12))}h`;
}

/** A relative effect is `5%`, an absolute one `{ absolute: 0.5 }`, in the metric's unit. */
export function writtenEffect(effect: Effect | null): Json {
  if (effect === null) return null;
  return effect.kind === "relative" ? writtenFraction(effect.value) : { absolute: effect.value };
}

/** `99.9%`, or `{ absolute: 500 }`. */
export function writtenWinsorize(winsorize: Winsorize | null): Json {
  if (winsorize === null) return null;
  return winsorize.kind === "percentile" ? writtenFraction(winsorize.value) : { absolute: winsorize.cap };
}

/** The days of a retention. A rolling one whose window ends with a day is the days up to it. */
export function writtenDays({ from, to }: Pick<RetentionMetric, "from" | "to">): Mapping {
  const [first, end] = [from / DAY_MS, to / DAY_MS];
  if (!Number.isInteger(end)) return { day: first, rolling: true, window: writtenDuration(to) };
  return end === first + 1 ? { day: first } : { days: [first, end - 1] };
}

/** A baseline with the keys of the language. Where it comes from is no part of what it says. */
export function writtenBaseline(baseline: Baseline | null): Json {
  if (baseline === null) return null;
  return {
    ...writtenLevel(baseline),
    ...(baseline.cuped && { cuped: { ...baseline.cuped } }),
    ...(baseline.clusters && { clusters: writtenClusters(baseline.clusters) }),
  };
}

function writtenLevel(baseline: Baseline): Mapping {
  switch (baseline.kind) {
    case "rate": {
      const { rate, steps } = baseline;
      return steps ? { rates: steps.map(writtenFraction) } : { rate: writtenFraction(rate) };
    }
    case "quantile":
      return { value: baseline.value, spread: baseline.spread };
    case "mean": {
      const { mean, standardDeviation, reporting } = baseline;
      return {
        mean,
        standardDeviation,
        ...(reporting === 1 ? {} : { reporting: writtenFraction(reporting) }),
      };
    }
  }
}

function writtenClusters(clusters: NonNullable<Baseline["clusters"]>): Mapping {
  return Object.fromEntries(
    Object.entries(clusters).map(([unit, { sizeVariation, ...sizes }]) => [
      unit,
      { ...sizes, ...(sizeVariation > 0 && { sizeVariation }) },
    ]),
  );
}
