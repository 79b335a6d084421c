import type { Experiment } from "../model/experiment.ts";
import type { ExperimentPlan } from "../plan/plan.ts";
import type { Json } from "../runtime/manifest.ts";
import { docComment } from "./comment.ts";
import { layOut } from "./layout.ts";
import { valueCode } from "./literal.ts";
import type { ExperimentNames } from "./names.ts";

/** The constant that holds an experiment's plan: dates, days, units. */
export function planCode(experiment: Experiment, plan: ExperimentPlan, names: ExperimentNames): string {
  const value: Json = {
    start: experiment.start,
    end: experiment.end,
    completeOn: plan.completeOn,
    removeBy: experiment.removeBy,
    days: plan.days,
    enrolmentDays: plan.enrolmentDays,
    unitsPerDay: plan.unitsPerDay,
    variants: plan.variants.map(({ key }) => key),
    sizes: plan.sizes.map(({ metric, role, unitsPerVariant }) => ({ metric, role, unitsPerVariant })),
    binding: plan.binding,
  };
  const comment = docComment([
    `The plan of \`${names.value}\`: days are ISO dates; units are exposed units, by variant; \`binding\` is the metric that needs the longest run.`,
  ]);
  const declaration = `export const ${names.plan} = `;
  return `${comment}\n${layOut([declaration, valueCode(value), " as const;"], 0, 0)}`;
}
