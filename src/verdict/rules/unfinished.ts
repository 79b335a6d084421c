import { groupsOf } from "../../model/contrasts.ts";
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

/** The metric and variant, or value of a parameter, that have the smallest part of their planned units. */
function slowestArm({ experiment, plan, record, primary }: Trial) {
  const groups = groupsOf(experiment).map(({ name, cells }) => ({
    name,
    cells: cells.filter((cell) => experiment.variants[cell]?.dropped === undefined),
  }));
  const arms = plan.sizes.flatMap(({ metric, unitsPerVariant }) => {
    const exposed = record.metrics.find((found) => found.metric === metric)?.exposed ?? [];
    return groups.map(({ name, cells }) => {
      const total = (units: readonly number[]) => cells.reduce((sum, cell) => sum + (units[cell] ?? 0), 0);
      return { metric, variant: name, units: total(exposed), planned: total(unitsPerVariant ?? []) };
    });
  });
  const [first, ...others] = arms.filter(({ planned }) => planned > 0);
  if (first !== undefined) {
    return others.reduce((a, b) => (b.units / b.planned < a.units / a.planned ? b : a), first);
  }
  const exposed = record.metrics.find(({ metric }) => metric === primary.metric)?.exposed ?? [];
  return { metric: primary.metric, units: Math.min(...exposed), planned: null };
}
