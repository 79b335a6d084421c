import type { Experiment } from "../model/experiment.ts";
import { metricsOf } from "../model/experiment-metrics.ts";
import type { SimpleMetric } from "../model/metric.ts";
import { type Activity, isRead } from "./activity.ts";
import type { SimulatedEffect } from "./options.ts";
import type { Reader } from "./reader.ts";

/** How the units of one variant act in one activity. */
export interface Behaviour {
  readonly rate: number;
  readonly perActor: number;
  /** By value property: what its values are multiplied by. */
  readonly factors: ReadonlyMap<string, number>;
}

/** The behaviour of a variant's units in each activity, in the order of the activities. */
export function behavioursOf(
  experiment: Experiment,
  variant: string,
  activities: readonly Activity[],
  effects: readonly SimulatedEffect[],
): readonly Behaviour[] {
  const own = effects.filter((effect) => effect.variant === variant);
  const changes = own.flatMap(({ metric, change }) => {
    const changed = metricsOf(experiment).find(({ key }) => key === metric);
    if (changed === undefined) return [];
    return [{ metric: changed.kind === "ratio" ? changed.numerator : changed, factor: 1 + change }];
  });
  return activities.map((activity) =>
    changes
      .filter(({ metric }) => isRead(activity, { metric, baseline: null }))
      .reduce(applyChange, { rate: activity.rate, perActor: activity.perActor, factors: new Map() }),
  );
}

interface Change {
  readonly metric: SimpleMetric;
  readonly factor: number;
}

/** A conversion changes who acts, a count how often, a sum or a mean the values. */
function applyChange(behaviour: Behaviour, { metric, factor }: Change): Behaviour {
  if (metric.kind === "conversion") return { ...behaviour, rate: Math.min(1, behaviour.rate * factor) };
  if (metric.kind === "count") {
    const perActor = behaviour.perActor * factor;
    return perActor >= 1
      ? { ...behaviour, perActor }
      : { ...behaviour, perActor: 1, rate: behaviour.rate * perActor };
  }
  const property = metric.input.kind === "event" ? metric.input.value : metric.input.column;
  const factors = new Map(behaviour.factors);
  if (property !== null) factors.set(property, (factors.get(property) ?? 1) * factor);
  return { ...behaviour, factors };
}

/** The expected value of a simple metric over units that behave so; null where it has no closed form. */
export function expectedValue(
  metric: SimpleMetric,
  activities: readonly Activity[],
  behaviours: readonly Behaviour[],
): number | null {
  const reader: Reader = { metric, baseline: null };
  const read = activities.flatMap((activity, index) =>
    isRead(activity, reader) ? [{ activity, behaviour: behaviours[index]! }] : [],
  );
  const property = metric.input.kind === "event" ? metric.input.value : metric.input.column;
  const meanValue = ({ activity, behaviour }: (typeof read)[number]) =>
    (activity.levels.get(property ?? "")?.mean ?? 0) * (behaviour.factors.get(property ?? "") ?? 1);
  switch (metric.kind) {
    case "conversion":
      return 1 - read.reduce((none, { behaviour }) => none * (1 - behaviour.rate), 1);
    case "count":
      return read.reduce((total, { behaviour }) => total + behaviour.rate * behaviour.perActor, 0);
    case "sum":
      return read.reduce(
        (total, part) => total + part.behaviour.rate * part.behaviour.perActor * meanValue(part),
        0,
      );
    case "mean":
      return read.length === 1 ? meanValue(read[0]!) : null;
  }
}
