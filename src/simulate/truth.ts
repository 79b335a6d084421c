import type { Experiment } from "../model/experiment.ts";
import { metricsOf } from "../model/experiment-metrics.ts";
import type { Metric } from "../model/metric.ts";
import type { Behaviours, Doings } from "./behaviour.ts";
import { cappedMeans } from "./capped-mean.ts";
import { behavioursOf } from "./change-behaviour.ts";
import { expectedValue } from "./expected-value.ts";
import type { SimulatedEffect } from "./options.ts";

/** What analysis should find about one metric and one variant. */
export interface TrueEffect {
  readonly experiment: string;
  readonly metric: string;
  readonly variant: string;
  /** Expected values; null where they have no closed form. */
  readonly control: number | null;
  readonly value: number | null;
  /** value / control − 1; null where the control's value is 0. */
  readonly relative: number | null;
}

/** Every metric × treatment of an experiment, those without an effect too. */
export function truthOf(
  experiment: Experiment,
  doings: Doings,
  effects: readonly SimulatedEffect[],
): readonly TrueEffect[] {
  const behaviours = experiment.variants.map(({ key }) => behavioursOf(experiment, key, doings, effects));
  return metricsOf(experiment).flatMap((metric) => {
    const [before = null, ...values] = expectedValues(experiment, metric, doings, behaviours);
    return values.map((after, index) => ({
      experiment: experiment.key,
      metric: metric.key,
      variant: experiment.variants[index + 1]!.key,
      control: before,
      value: after,
      relative: after === null || before === null || before === 0 ? null : (after - before) / before,
    }));
  });
}

/** Per variant. */
function expectedValues(
  experiment: Experiment,
  metric: Metric,
  doings: Doings,
  behaviours: readonly Behaviours[],
): readonly (number | null)[] {
  if ("winsorize" in metric && metric.winsorize !== null) {
    return cappedMeans(experiment, metric, doings, behaviours) ?? behaviours.map(() => null);
  }
  return behaviours.map((each) => expectedValue(experiment, metric, doings, each));
}
