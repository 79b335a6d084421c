import { addDays, daysBetween } from "../model/calendar.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import { claimsOf } from "./claim.ts";
import { longestWindowDays, type Schedule, unitsPerDay } from "./duration.ts";
import { mapLayer } from "./layer-map.ts";
import { mdeByWeek } from "./mde-by-week.ts";
import { sizeMetric, unitsToExpose } from "./metric-size.ts";
import type { ExperimentPlan, MetricSize, Plan } from "./plan.ts";
import { specHash } from "./spec-hash.ts";

/** The facts about a project; never throws, judges nothing. What the files leave open is null. */
export function plan(project: Project): Plan {
  return {
    kind: "plan",
    project: project.name,
    experiments: project.experiments.map((experiment) => planExperiment(experiment, project)),
    layers: project.layers.map((layer) => mapLayer(layer, project)),
  };
}

/** The facts about one experiment of a project. */
export function planExperiment(experiment: Experiment, project: Project): ExperimentPlan {
  const { key, iteration, variants, control, start, end } = experiment;
  const claims = claimsOf(experiment);
  const deciding = claims.map(({ metric }) => metric);
  const schedule: Schedule = {
    unitsPerDay: unitsPerDay(experiment, project),
    windowDays: longestWindowDays(deciding),
    minDays: experiment.analysis.minDays,
  };
  const sizes = claims.map((claim) => sizeMetric(claim, variants, schedule));
  const binding = bindingOf(sizes, experiment);
  const days = binding?.days ?? null;
  return {
    experiment: key,
    iteration,
    specHash: specHash(experiment),
    variants: variants.map((variant) => ({ key: variant.key, share: variant.share })),
    control,
    unitsPerDay: schedule.unitsPerDay,
    sizes,
    binding: binding?.metric ?? null,
    days,
    enrolmentDays: days === null ? null : days - schedule.windowDays,
    mdeByWeek: mdeByWeek(experiment, claims[0]!, schedule.unitsPerDay, days),
    completeOn:
      end === null ? null : addDays(end, 1 + longestWindowDays([...deciding, ...experiment.secondary])),
    scheduledDays: start === null || end === null ? null : daysBetween(start, end) + 1 + schedule.windowDays,
  };
}

/** All claims share the run's longest window, so the one that needs most units needs most days. */
function bindingOf(sizes: readonly MetricSize[], { variants }: Experiment): MetricSize | null {
  let binding: MetricSize | null = null;
  let most = 0;
  for (const size of sizes) {
    const units = size.unitsPerVariant === null ? 0 : unitsToExpose(size.unitsPerVariant, variants);
    if (units > most) {
      binding = size;
      most = units;
    }
  }
  return binding;
}
