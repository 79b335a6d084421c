import type { Condition } from "../runtime/manifest.ts";
import type { Experiment } from "./experiment.ts";

/** The attributes that an experiment's audience and overrides read, sorted, each once. */
export function experimentAttributes(experiment: Experiment): readonly string[] {
  const conditions = [experiment.audience ?? [], experiment.overrides.map(({ when }) => when)].flat();
  return [...new Set(conditions.flatMap(conditionAttributes))].sort();
}

/** Many experiments have the same audience. */
const known = new WeakMap<Condition, readonly string[]>();

function conditionAttributes(condition: Condition): readonly string[] {
  const attributes = known.get(condition) ?? attributesOf(condition);
  known.set(condition, attributes);
  return attributes;
}

function attributesOf(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case "all":
    case "any":
      return [...new Set(condition.conditions.flatMap(conditionAttributes))];
    case "not":
      return conditionAttributes(condition.condition);
    default:
      return [condition.attribute];
  }
}
