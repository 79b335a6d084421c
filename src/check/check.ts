import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import { surroundAlike } from "../model/surroundings.ts";
import type { Plan } from "../plan/plan.ts";
import type { Rule } from "./rule.ts";
import { ownRules, rules } from "./rules.ts";

const own = new Set(ownRules);

/** A project that was judged, of which the judgement of another can take over what is the same in both. */
export interface Judgement {
  readonly project: Project;
  readonly plan: Plan;
  /** What each rule found, in the order of the rules. */
  readonly findings: readonly (readonly Diagnostic[])[];
}

/**
 * All judgements on a project and its plan.
 *
 * @param before On a project that shares experiments with this one.
 */
export function check(project: Project, plan: Plan, before: Judgement | null = null): Judgement {
  const change = before && surroundAlike(before.project, project) ? changeFrom(before, project, plan) : null;
  const findings = rules.map((rule, index) => {
    const known = before?.findings[index];
    const taken = change && known && own.has(rule) ? takeOver(rule, known, change) : null;
    return taken ?? rule.check(project, plan);
  });
  return { project, plan, findings };
}

/** How a project differs from the one before. */
interface Change {
  /** The project and the plan, with the experiments alone that were not there before. */
  readonly project: Project;
  readonly plan: Plan;
  /** The place of every experiment in the project, by its file; those that are no more have none. */
  readonly order: ReadonlyMap<string, number>;
  /** Files of experiments that are the same. */
  readonly same: ReadonlySet<string>;
  readonly formerFiles: ReadonlySet<string>;
}

function changeFrom(before: Judgement, project: Project, plan: Plan): Change {
  const former = new Set<Experiment>(before.project.experiments);
  const fresh = project.experiments.filter((experiment) => !former.has(experiment));
  const keys = new Set(fresh.map(({ key }) => key));
  return {
    project: { ...project, experiments: fresh },
    plan: { ...plan, experiments: plan.experiments.filter(({ experiment }) => keys.has(experiment)) },
    order: new Map(project.experiments.map(({ file }, index) => [file, index])),
    same: new Set(project.experiments.filter((each) => former.has(each)).map(({ file }) => file)),
    formerFiles: new Set(before.project.experiments.map(({ file }) => file)),
  };
}

/** What a rule finds now, from what it found before; null where it spoke of more than experiments. */
function takeOver(rule: Rule, known: readonly Diagnostic[], change: Change): readonly Diagnostic[] | null {
  const { project, plan, order, same, formerFiles } = change;
  if (known.some(({ place }) => !formerFiles.has(place.file))) return null;
  const kept = known.filter(({ place }) => same.has(place.file));
  const found = rule.check(project, plan);
  if (kept.length === 0 || found.length === 0) return [...kept, ...found];
  const placeOf = ({ place }: Diagnostic) => order.get(place.file) ?? 0;
  return [...kept, ...found].sort((a, b) => placeOf(a) - placeOf(b));
}
