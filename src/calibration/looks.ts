import { type Moments, mergeMoments, varianceOf } from "../statistics/moments.ts";
import { drawMean, drawNormals, drawRate } from "./moments-of-worlds.ts";
import type { Design } from "./open-trial.ts";
import type { Sampler } from "./sampler.ts";
import { type Seen, seenOf } from "./trial.ts";

/** A comparison as it grows, an interim result a look. */
export interface Look {
  /** Variant − control. */
  readonly difference: number;
  readonly standardError: number;
  /** Of both arms. */
  readonly units: number;
  readonly arms: readonly [Moments, Moments];
}

/** One day's units of an arm; `lift` 0 is no effect. */
export type DrawDay = (sampler: Sampler, lift: number, units: number) => Moments;

export const dailyRate: DrawDay = (sampler, lift, units) => drawRate(sampler, 0.1 * (1 + lift), units);
export const dailyMean: DrawDay = (sampler, lift, units) => drawMean(sampler, 10 * (1 + lift), 10, units);

/** One day's units of a value whose past explains half of its variance. */
export const dailyPast: DrawDay = (sampler, lift, units) =>
  drawNormals(
    sampler,
    { means: [10 * (1 + lift), 5], factor: [[10], [2 * Math.SQRT1_2, 2 * Math.SQRT1_2]] },
    units,
  );

/** Looks as a design sees them, `apart` days from one to the next. */
export function follow(design: Pick<Design, "kind" | "cuped">, looks: readonly Look[], apart = 1): Seen {
  const days = looks.map(({ arms }, index) => ({ day: apart * (index + 1), ...seenOf(design, arms) }));
  const { day, ...now } = days.at(-1)!;
  return { ...now, days };
}

/** What is seen after each of the days, which bring as many units to each arm as listed. */
export function watch(
  sampler: Sampler,
  draw: DrawDay,
  lift: number,
  unitsPerDay: readonly number[],
): readonly Look[] {
  let arms: readonly [Moments, Moments] | null = null;
  return unitsPerDay.map((units) => {
    const [control, variant] = [draw(sampler, 0, units), draw(sampler, lift, units)];
    arms =
      arms === null ? [control, variant] : [mergeMoments(arms[0], control), mergeMoments(arms[1], variant)];
    return lookAt(arms);
  });
}

function lookAt(arms: readonly [Moments, Moments]): Look {
  const [control, variant] = arms;
  return {
    difference: variant.means[0]! - control.means[0]!,
    standardError: Math.sqrt(varianceOf(control)! / control.units + varianceOf(variant)! / variant.units),
    units: control.units + variant.units,
    arms,
  };
}

/** Four weeks of equal days. */
export function everyDay(unitsPerArm: number): readonly number[] {
  return Array.from({ length: DAYS }, () => Math.ceil(unitsPerArm / DAYS));
}

export const DAYS = 28;
