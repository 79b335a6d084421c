import { manifestEntry } from "../model/manifest.ts";
import type { Project } from "../model/project.ts";
import type { ChangeKind, ChangePlan, ExperimentChange, LayerChange, Population } from "./change-plan.ts";
import { compareExperiments, type FieldChange } from "./compare-experiments.ts";
import { compareHoldouts, compareProjects } from "./compare-projects.ts";
import { keyOf, matchVersions, type VersionPair } from "./match-versions.ts";
import { measureMovement, sizeOf } from "./measure-movement.ts";
import type { ExperimentPlan, Plan } from "./plan.ts";
import { pricesOf, totalUnits } from "./price.ts";

/** A project at one commit, with its plan. */
export interface Version {
  readonly project: Project;
  readonly plan: Plan;
  /** Keys of the experiments that have a file, but one with errors. */
  readonly unread: readonly string[];
}

/** What becoming `after` does to `before`, measured over a population. Judges nothing. */
export function planChange(before: Version, after: Version, population: Population): ChangePlan {
  const unread = new Set(after.unread);
  const known = new Set(after.project.experiments.map(({ key }) => key));
  const facts = { before: factsByKey(before), after: factsByKey(after) };
  const pairs = matchVersions(
    before.project.experiments.filter(({ key }) => !unread.has(key)),
    after.project.experiments,
  );
  return {
    kind: "change-plan",
    project: after.project.name,
    population: { kind: population.kind, size: sizeOf(population) },
    experiments: pairs.map((pair) => planPair(pair, { before, after, facts }, population)),
    projectFields: compareProjects(before.project, after.project, pairs),
    layers: compareLayers(before.plan, after.plan),
    unreadAtBase: before.unread.filter((key) => known.has(key)),
  };
}

interface Versions {
  readonly before: Version;
  readonly after: Version;
  readonly facts: { readonly before: Facts; readonly after: Facts };
}

type Facts = ReadonlyMap<string | undefined, ExperimentPlan>;

function factsByKey({ plan }: Version): Facts {
  return new Map(plan.experiments.map((facts) => [facts.experiment, facts]));
}

function planPair(pair: VersionPair, versions: Versions, population: Population): ExperimentChange {
  const { before, after } = pair;
  const fields = fieldsOf(pair, versions);
  const planBefore = versions.facts.before.get(before?.key) ?? null;
  const planAfter = versions.facts.after.get(after?.key) ?? null;
  const kind = kindOf(pair, fields);
  return {
    experiment: keyOf(pair),
    formerly: before && after && before.key !== after.key ? before.key : null,
    kind,
    status: { before: before?.status ?? null, after: after?.status ?? null },
    iteration: { before: before?.iteration ?? null, after: after?.iteration ?? null },
    fields,
    before: planBefore,
    after: planAfter,
    units: {
      before: before && planBefore && totalUnits(before, planBefore),
      after: after && planAfter && totalUnits(after, planAfter),
    },
    prices: after !== null && kind !== "unchanged" ? pricesOf(after, versions.after.project) : [],
    movement: before?.archived || after?.archived ? null : movementOf(pair, versions, population),
    carryOverUntil: carryOver(pair, planBefore),
  };
}

function kindOf({ before, after }: VersionPair, fields: readonly FieldChange[]): ChangeKind {
  if (after === null) return "removed";
  if (before === null) return after.status === "running" ? "started" : "added";
  if (before.key !== after.key) return "renamed";
  const restarted = before.status !== "draft" && after.iteration > before.iteration;
  if (after.status === "running") {
    if (restarted) return "restarted";
    if (before.status !== "running") return "started";
  } else if (after.status === "concluded" && before.status !== "concluded") return "concluded";
  else if (before.status === "running") return "stopped";
  return fields.length > 0 ? "changed" : "unchanged";
}

function fieldsOf(pair: VersionPair, versions: Versions): readonly FieldChange[] {
  if (pair.before === null || pair.after === null) return [];
  const holdout = compareHoldouts(pair, { before: versions.before.project, after: versions.after.project });
  return [...compareExperiments(pair.before, pair.after), ...(holdout ? [holdout] : [])];
}

function movementOf({ before, after }: VersionPair, versions: Versions, population: Population) {
  return measureMovement(
    before && manifestEntry(before, versions.before.project),
    after && manifestEntry(after, versions.after.project),
    population,
  );
}

/** The same units enrol again: those whose windows are open, or who remember, carry the former iteration over. */
function carryOver({ before, after }: VersionPair, facts: ExperimentPlan | null): string | null {
  if (before === null || after === null || before.status === "draft") return null;
  if (after.iteration <= before.iteration || after.status !== "running") return null;
  const until = facts?.completeOn ?? null;
  return until !== null && (after.start === null || after.start < until) ? until : null;
}

function compareLayers(before: Plan, after: Plan): readonly LayerChange[] {
  const rangesOf = (plan: Plan, key: string) => plan.layers.find(({ layer }) => layer === key)?.ranges ?? [];
  const keys = new Set([...before.layers, ...after.layers].map(({ layer }) => layer));
  return [...keys].sort().map((layer) => ({
    layer,
    before: rangesOf(before, layer),
    after: rangesOf(after, layer),
  }));
}
