import { addDays, daysBetween } from "../model/calendar.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import { surroundAlike } from "../model/surroundings.ts";
import { claimsOf } from "./claim.ts";
import { longestWindowDays, type Schedule, unitsPerDay } from "./duration.ts";
import { mapLayer } from "./layer-map.ts";
import { mdeByWeek } from "./mde-by-week.ts";
import { sizeMetric, unitsToExpose } from "./metric-size.ts";
import type { ExperimentPlan, MetricSize, Plan } from "./plan.ts";
import { type KnownSpecs, specHash } from "./spec-hash.ts";

/** A project and its plan, of which the plan of another project can take over what is the same in both. */
export interface Planned {
  readonly project: Project;
  readonly plan: Plan;
}

/** The facts about a project; never throws, judges nothing. What the files leave open is null. */
export function plan(project: Project, before: Planned | null = null): Plan {
  const known = before && surroundAlike(before.project, project) ? plansOf(before) : null;
  const shared = createShared();
  return {
    kind: "plan",
    project: project.name,
    experiments: project.experiments.map(
      (experiment) => known?.get(experiment) ?? planExperiment(experiment, project, shared),
    ),
    layers: project.layers.map((layer) => mapLayer(layer, project)),
  };
}

function plansOf({ project, plan }: Planned): ReadonlyMap<Experiment, ExperimentPlan> {
  return new Map(project.experiments.map((experiment, index) => [experiment, plan.experiments[index]!]));
}

/** What experiments of one project have in common, found out once. */
interface Shared {
  readonly runs: Map<string, Run>;
  readonly specs: KnownSpecs;
}

function createShared(): Shared {
  return { runs: new Map(), specs: { audiences: new Map(), shared: new Map() } };
}

/** The facts about one experiment of a project. */
export function planExperiment(
  experiment: Experiment,
  project: Project,
  { runs, specs }: Shared = createShared(),
): ExperimentPlan {
  const { key, iteration, variants, control, secondary, start, end } = experiment;
  const needs = needsOf(experiment);
  const planned = runs.get(needs) ?? planRun(experiment, project);
  runs.set(needs, planned);
  const { windowDays, ...run } = planned;
  let hash: string | undefined;
  return {
    experiment: key,
    iteration,
    // To find it out takes as long as all the rest, and most commands never ask.
    get specHash() {
      hash ??= specHash(experiment, { ...specs, needs });
      return hash;
    },
    variants: variants.map((variant) => ({ key: variant.key, share: variant.share })),
    control,
    ...run,
    completeOn: end === null ? null : addDays(end, 1 + Math.max(windowDays, longestWindowDays(secondary))),
    scheduledDays: start === null || end === null ? null : daysBetween(start, end) + 1 + windowDays,
  };
}

/** What an experiment needs, whatever it is called and whenever it starts. */
interface Run
  extends Pick<ExperimentPlan, "unitsPerDay" | "sizes" | "binding" | "days" | "enrolmentDays" | "mdeByWeek"> {
  /** The longest of the windows that decide. */
  readonly windowDays: number;
}

/** All that can make one run differ from another of the same project: everything but names, prose, dates and conditions. */
function needsOf(experiment: Experiment): string {
  const { primary, secondary, guardrails, variants } = experiment;
  const parts: unknown[] = [
    { ...primary, metric: primary.metric.key },
    secondary.map((metric) => metric.key),
    guardrails.map((guardrail) => ({ ...guardrail, metric: guardrail.metric.key })),
    variants.map(({ key, params, ...arm }) => arm),
  ];
  for (const [name, part] of Object.entries(experiment)) if (!APART.has(name)) parts.push(name, part);
  return JSON.stringify(parts);
}

/** What is the same for all runs, and what `needsOf` takes by its parts. */
const APART: ReadonlySet<string> = new Set<keyof Experiment>([
  "key",
  "file",
  "archived",
  "name",
  "description",
  "tags",
  "owner",
  "hypothesis",
  "status",
  "iteration",
  "start",
  "end",
  "removeBy",
  "audience",
  "overrides",
  "exposure",
  "decision",
  "primary",
  "secondary",
  "guardrails",
  "variants",
]);

function planRun(experiment: Experiment, project: Project): Run {
  const claims = claimsOf(experiment);
  const windowDays = longestWindowDays(claims.map(({ metric }) => metric));
  const schedule: Schedule = {
    unitsPerDay: unitsPerDay(experiment, project),
    windowDays,
    minDays: experiment.analysis.minDays,
  };
  const sizes = claims.map((claim) => sizeMetric(claim, experiment, schedule));
  const binding = bindingOf(sizes, experiment);
  const days = binding?.days ?? null;
  return {
    windowDays,
    unitsPerDay: schedule.unitsPerDay,
    sizes,
    binding: binding?.metric ?? null,
    days,
    enrolmentDays: days === null ? null : days - windowDays,
    mdeByWeek: mdeByWeek(experiment, claims[0]!, schedule.unitsPerDay, days, sizes[0]?.inflation ?? 1),
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
