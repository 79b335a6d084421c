import { estimate } from "../../../src/inference/estimate.ts";
import type { MetricEstimate } from "../../../src/inference/metric-estimate.ts";
import { addDays } from "../../../src/model/calendar.ts";
import type { Experiment } from "../../../src/model/experiment.ts";
import type { MetricMoments, Observation } from "../../../src/query/observation.ts";
import type { Moments } from "../../../src/statistics/moments.ts";
import { experimentOf, observationOf, planOf } from "./trial-fixture.ts";

export interface Followed {
  readonly experiment?: Partial<Experiment>;
  /** By metric: moments so far of each arm, a row a day from the first day of the run on. */
  readonly days: Readonly<Record<string, readonly (readonly Moments[])[]>>;
  /** Planned units per variant. */
  readonly planned?: number | null;
  /** Whether the last day is the horizon. */
  readonly isFinal?: boolean;
  /** How many days apart rows are. */
  readonly step?: number;
}

/** A run that was followed from day to day, as it is at its last day. */
export function follow(run: Followed) {
  const experiment = experimentOf(run.experiment);
  const plan = planOf(experiment, run.planned === undefined ? 2000 : run.planned);
  const observation = followedObservation(run, experiment);
  return { experiment, plan, observation };
}

export function estimateFollowed(run: Followed): readonly MetricEstimate[] {
  return estimate(follow(run));
}

function followedObservation(run: Followed, experiment: Experiment): Observation {
  const { days, isFinal = false, step = 1 } = run;
  const last = Object.fromEntries(Object.entries(days).map(([metric, rows]) => [metric, rows.at(-1)!]));
  const observation = observationOf(last, { horizon: { reached: isFinal, day: "2026-12-06", by: "end" } });
  const metrics = observation.metrics.map(
    (found): MetricMoments => ({
      ...found,
      series: days[found.metric]!.map((arms, index) => ({
        day: addDays(experiment.start!, (index + 1) * step - 1),
        isOver: true,
        arms,
        exposed: arms.map(({ units }) => units),
      })),
    }),
  );
  return { ...observation, metrics };
}
