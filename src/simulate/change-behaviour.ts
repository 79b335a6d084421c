import type { Experiment } from "../model/experiment.ts";
import { isClustered, metricsOf } from "../model/experiment-metrics.ts";
import { isRead } from "./activity.ts";
import { type Behaviour, type Behaviours, type Doings, sharesOfPaths } from "./behaviour.ts";
import type { SimulatedEffect } from "./options.ts";
import { changeReturns, changeSteps } from "./path-change.ts";
import type { RowReader } from "./reader.ts";

/** How the units of a variant behave: as the baselines say, but for its effects, one after the other. */
export function behavioursOf(
  experiment: Experiment,
  variant: string,
  { activities, paths }: Doings,
  effects: readonly SimulatedEffect[],
): Behaviours {
  let behaviours: Behaviours = {
    activities: activities.map(({ rate, perActor }) => ({ rate, perActor, factors: new Map() })),
    reaches: paths.map(({ reach }) => reach),
  };
  for (const effect of effects.filter((each) => each.variant === variant)) {
    const changed = metricsOf(experiment).find(({ key }) => key === effect.metric);
    if (changed === undefined) continue;
    const factor = 1 + effect.change;
    if (changed.kind === "funnel") {
      const reaches = changeSteps(behaviours.reaches, paths, changed, factor);
      behaviours = { ...behaviours, reaches };
    } else if (changed.kind === "retention") {
      const reaches = changeReturns(behaviours, { activities, paths }, changed, factor);
      behaviours = { ...behaviours, reaches };
    } else {
      const change = { metric: changed.kind === "ratio" ? changed.numerator : changed, factor };
      const { reaches } = behaviours;
      const per = isClustered(changed, experiment.unit) ? changed.per : null;
      const shares = per === null ? (sharesOfPaths(change.metric, paths, reaches) ?? []) : [];
      behaviours = {
        reaches,
        activities: behaviours.activities.map((behaviour, index) =>
          activities[index]!.group.per === per && isRead(activities[index]!, change.metric.input)
            ? applyChange(behaviour, change, shares)
            : behaviour,
        ),
      };
    }
  }
  return behaviours;
}

interface Change {
  readonly metric: RowReader;
  readonly factor: number;
}

/** A conversion changes who acts, a count how often, the others the values. What paths give stays. */
function applyChange(
  behaviour: Behaviour,
  { metric, factor }: Change,
  paths: readonly (readonly number[])[],
): Behaviour {
  const given = paths.filter((shares) => shares.length > 0);
  if (metric.kind === "conversion") {
    if (given.length === 0) return { ...behaviour, rate: Math.min(1, behaviour.rate * factor) };
    const none = given.reduce((total, shares) => total * (1 - Math.max(...shares)), 1);
    const rate = 1 - (1 - factor * (1 - (1 - behaviour.rate) * none)) / none;
    return { ...behaviour, rate: Math.min(1, Math.max(0, rate)) };
  }
  if (metric.kind === "count") {
    const own = behaviour.rate * behaviour.perActor;
    const others = given.flat().reduce((total, share) => total + share, 0);
    const scale = others === 0 ? factor : Math.max(0, 1 + ((factor - 1) * (own + others)) / own);
    const perActor = behaviour.perActor * scale;
    return perActor >= 1
      ? { ...behaviour, perActor }
      : { ...behaviour, perActor: 1, rate: behaviour.rate * perActor };
  }
  const property = metric.input.kind === "event" ? metric.input.value : metric.input.column;
  const factors = new Map(behaviour.factors);
  if (property !== null) factors.set(property, (factors.get(property) ?? 1) * factor);
  return { ...behaviour, factors };
}
