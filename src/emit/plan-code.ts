import type { Experiment } from "../model/experiment.ts";
import type { ExperimentPlan } from "../plan/plan.ts";
import type { Json } from "../runtime/manifest.ts";
import { docComment } from "./comment.ts";
import { layOut } from "./layout.ts";
import { valueCode } from "./literal.ts";
import type { ExperimentNames } from "./names.ts";

/** The constant that holds an experiment's plan: dates, days, units. */
export function planCode(experiment: Experiment, plan: ExperimentPlan, names: ExperimentNames): string {
  const comment = docComment([
    `The plan of \`${names.value}\`: days are ISO dates; units are exposed units, by variant; \`binding\` is the metric that needs the longest run.`,
  ]);
  const members = [
    memberCode("start", experiment.start),
    memberCode("end", experiment.end),
    memberCode("completeOn", plan.completeOn),
    memberCode("removeBy", experiment.removeBy),
    memberCode("days", plan.days),
    memberCode("enrolmentDays", plan.enrolmentDays),
    memberCode("unitsPerDay", plan.unitsPerDay),
    memberCode(
      "variants",
      plan.variants.map(({ key }) => key),
    ),
    sizesCode(plan.sizes),
    memberCode("binding", plan.binding),
  ];
  return `${comment}\nexport const ${names.plan} = {\n${members.join("")}} as const;`;
}

/** All members never fit on one line. */
function memberCode(name: string, value: Json): string {
  return `  ${layOut([`${name}: `, valueCode(value)], 2, 2)},\n`;
}

/** By the sizes of a run, which are those of all runs with the same needs. */
const known = new WeakMap<ExperimentPlan["sizes"], string>();

function sizesCode(sizes: ExperimentPlan["sizes"]): string {
  const code = known.get(sizes) ?? memberCode("sizes", sizes.map(shownSize));
  known.set(sizes, code);
  return code;
}

function shownSize({ metric, role, unitsPerVariant }: ExperimentPlan["sizes"][number]): Json {
  return { metric, role, unitsPerVariant };
}
