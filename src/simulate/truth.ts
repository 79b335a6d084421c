import type { Experiment } from "../model/experiment.ts";
import { metricsOf } from "../model/experiment-metrics.ts";
import type { Metric } from "../model/metric.ts";
import type { Activity } from "./activity.ts";
import { type Behaviour, behavioursOf, expectedValue } from "./behaviour.ts";
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
  activities: readonly Activity[],
  effects: readonly SimulatedEffect[],
): readonly TrueEffect[] {
  const [control, ...treatments] = experiment.variants.map(({ key }) => ({
    key,
    behaviours: behavioursOf(experiment, key, activities, effects),
  }));
  if (control === undefined) return [];
  return metricsOf(experiment).flatMap((metric) => {
    const before = expectedMetric(metric, activities, control.behaviours);
    return treatments.map(({ key, behaviours }) => {
      const after = expectedMetric(metric, activities, behaviours);
      return {
        experiment: experiment.key,
        metric: metric.key,
        variant: key,
        control: before,
        value: after,
        relative: quotient(after === null || before === null ? null : after - before, before),
      };
    });
  });
}

function expectedMetric(
  metric: Metric,
  activities: readonly Activity[],
  behaviours: readonly Behaviour[],
): number | null {
  if (metric.kind !== "ratio") return expectedValue(metric, activities, behaviours);
  return quotient(
    expectedValue(metric.numerator, activities, behaviours),
    expectedValue(metric.denominator, activities, behaviours),
  );
}

function quotient(numerator: number | null, denominator: number | null): number | null {
  return numerator === null || denominator === null || denominator === 0 ? null : numerator / denominator;
}
