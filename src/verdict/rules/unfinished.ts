import { type Finding, lookNumbers } from "../finding.ts";
import type { Trial } from "../trial.ts";
import { earlyWinner } from "./early-win.ts";

/** The horizon is ahead, units still come, and no win stands before it. */
export function findRunning(trial: Trial): readonly Finding[] {
  return isStopped(trial) ? [] : unfinished(trial, "before-horizon");
}

/** The horizon was ahead when exposure was stopped: a fixed design then has no test, and no other design a win. */
export function findStoppedEarly(trial: Trial): readonly Finding[] {
  return isStopped(trial) ? unfinished(trial, "stopped-early") : [];
}

function isStopped({ experiment: { status } }: Trial): boolean {
  return status === "stopped" || status === "concluded";
}

function unfinished(trial: Trial, code: "before-horizon" | "stopped-early"): readonly Finding[] {
  if (trial.record.horizon.reached || earlyWinner(trial) !== null) return [];
  const looked = trial.treatments.find(({ comparison }) => comparison.look !== null);
  const look = looked && lookNumbers(looked.comparison);
  return [{ code, day: trial.record.horizon.day, ...slowestArm(trial), ...look }];
}

/** The metric and variant that have the smallest part of their planned units. */
function slowestArm({ experiment, plan, record, primary }: Trial) {
  const arms = plan.sizes.flatMap(({ metric, unitsPerVariant }) => {
    const exposed = record.metrics.find((found) => found.metric === metric)?.exposed ?? [];
    return (unitsPerVariant ?? []).map((planned, index) => ({
      metric,
      variant: experiment.variants[index]?.key ?? experiment.control,
      units: exposed[index] ?? 0,
      planned,
    }));
  });
  const dropped = new Set(
    experiment.variants.filter((arm) => arm.dropped !== undefined).map(({ key }) => key),
  );
  const [first, ...others] = arms.filter(({ planned, variant }) => planned > 0 && !dropped.has(variant));
  if (first !== undefined) {
    return others.reduce((a, b) => (b.units / b.planned < a.units / a.planned ? b : a), first);
  }
  const exposed = record.metrics.find(({ metric }) => metric === primary.metric)?.exposed ?? [];
  return { metric: primary.metric, units: Math.min(...exposed), planned: null };
}
