import { DAY_MS } from "../model/calendar.ts";
import type { Effect } from "../model/effect.ts";
import type { Baseline } from "../model/metric.ts";
import type { Json } from "../runtime/manifest.ts";

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

/** A baseline with the keys of the language. Where it comes from is no part of what it says. */
export function writtenBaseline(baseline: Baseline | null): Json {
  if (baseline === null) return null;
  if (baseline.kind === "rate") return { rate: writtenFraction(baseline.rate) };
  const { mean, standardDeviation, reporting } = baseline;
  return { mean, standardDeviation, ...(reporting === 1 ? {} : { reporting: writtenFraction(reporting) }) };
}
