import type { Finding } from "../finding.ts";
import type { Trial } from "../trial.ts";

/** The horizon is ahead, and units still come. */
export function findRunning(trial: Trial): readonly Finding[] {
  return isStopped(trial) ? [] : unfinished(trial, "before-horizon");
}

/** The horizon was ahead when exposure was stopped: a fixed design then has no test. */
export function findStoppedEarly(trial: Trial): readonly Finding[] {
  return isStopped(trial) ? unfinished(trial, "stopped-early") : [];
}

function isStopped({ experiment: { status } }: Trial): boolean {
  return status === "stopped" || status === "concluded";
}

function unfinished(trial: Trial, code: "before-horizon" | "stopped-early"): readonly Finding[] {
  if (trial.record.horizon.reached) return [];
  return [{ code, day: trial.record.horizon.day, ...slowestArm(trial) }];
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
  const [first, ...others] = arms.filter(({ planned }) => planned > 0);
  if (first !== undefined) {
    return others.reduce((a, b) => (b.units / b.planned < a.units / a.planned ? b : a), first);
  }
  const exposed = record.metrics.find(({ metric }) => metric === primary.metric)?.exposed ?? [];
  return { metric: primary.metric, units: Math.min(...exposed), planned: null };
}
