import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Path } from "../../diagnostics/place.ts";
import type { Experiment } from "../../model/experiment.ts";
import type { Project } from "../../model/project.ts";
import type { Condition } from "../../runtime/manifest.ts";
import type { Rule } from "../rule.ts";
import { findContradiction } from "../satisfiable.ts";

/** Others on a surface that are looked at, and those that are named: hundreds on one are one finding. */
const MOST_COMPARED = 100;
const MOST_NAMED = 3;

/**
 * Running experiments that can meet in one unit and change the same surface are kept apart by a layer. A surface
 * is a tag; where one of two experiments has none, their common primary metric stands for it.
 */
export const sharedSurface: Rule = {
  codes: ["layer/shared-surface"],
  check: (project) => {
    const running = project.experiments.filter(({ archived, status }) => !archived && status === "running");
    const bySurface = groupBySurface(running);
    return running.flatMap((experiment) => problem(experiment, findMet(project, experiment, bySurface)));
  },
};

/** Another experiment on the same surface: what they share, and where it says so. */
interface Met {
  readonly other: Experiment;
  readonly surface: { readonly name: string; readonly path: Path };
}

interface Surface {
  /** Those that are looked at. */
  readonly experiments: Experiment[];
  readonly untagged: Experiment[];
}

interface Surfaces {
  readonly tags: ReadonlyMap<string, Surface>;
  readonly metrics: ReadonlyMap<string, Surface>;
}

function groupBySurface(running: readonly Experiment[]): Surfaces {
  const tags = new Map<string, Surface>();
  const metrics = new Map<string, Surface>();
  for (const experiment of running) {
    for (const tag of new Set(experiment.tags)) add(tags, tag, experiment);
    add(metrics, experiment.primary.metric.key, experiment);
  }
  return { tags, metrics };
}

function add(surfaces: Map<string, Surface>, name: string, experiment: Experiment): void {
  const surface = surfaces.get(name) ?? { experiments: [], untagged: [] };
  surfaces.set(name, surface);
  if (surface.experiments.length === MOST_COMPARED) return;
  surface.experiments.push(experiment);
  if (experiment.tags.length === 0) surface.untagged.push(experiment);
}

/** The others that an experiment can meet and that are told here; one more than are named says that there are more. */
function findMet(project: Project, experiment: Experiment, { tags, metrics }: Surfaces): readonly Met[] {
  const met = new Map<Experiment, Met>();
  const metric = metrics.get(experiment.primary.metric.key);
  const surfaces = [
    ...experiment.tags.map((tag) => tags.get(tag)?.experiments),
    // A metric is nobody's surface where both have tags.
    experiment.tags.length > 0 ? metric?.untagged : metric?.experiments,
  ];
  for (const others of surfaces) {
    for (const other of others ?? []) {
      if (met.size > MOST_NAMED) break;
      if (met.has(other) || !isToldAt(experiment, other) || areApart(experiment, other)) continue;
      const surface = commonSurface(experiment, other);
      if (surface !== null && canMeet(project, experiment, other)) met.set(other, { other, surface });
    }
  }
  return [...met.values()];
}

function problem({ file, unit }: Experiment, met: readonly Met[]): readonly Diagnostic[] {
  const [first] = met;
  if (first === undefined) return [];
  const named = met.slice(0, MOST_NAMED);
  const others = [
    ...named.map(({ other }) => `\`${other.key}\``),
    ...(met.length > MOST_NAMED ? ["others"] : []),
  ];
  const args = { unit: unit.key, others, surface: first.surface.name };
  const related = named.map(({ other, surface }) => ({
    place: { file: other.file, path: surface.path },
    label: `\`${other.key}\` runs here`,
  }));
  return [diagnose("layer/shared-surface", { file, path: first.surface.path }, args, { related })];
}

/** Of different units, or in one layer, in which running experiments own disjoint ranges. */
function areApart({ layer, unit }: Experiment, other: Experiment): boolean {
  return other.unit.key !== unit.key || (layer !== null && layer.layer.key === other.layer?.layer.key);
}

/** The mend is a layer: told at the one that has none, else at the later of the two. */
function isToldAt(experiment: Experiment, other: Experiment): boolean {
  if (experiment === other) return false;
  if ((experiment.layer === null) !== (other.layer === null)) return experiment.layer === null;
  return experiment.key > other.key;
}

function commonSurface(experiment: Experiment, other: Experiment): Met["surface"] | null {
  const tag = experiment.tags.find((each) => other.tags.includes(each));
  if (tag !== undefined) return { name: `the tag \`${tag}\``, path: ["tags"] };
  if (experiment.tags.length > 0 && other.tags.length > 0) return null;
  const { key } = experiment.primary.metric;
  if (key !== other.primary.metric.key) return null;
  return { name: `the primary metric \`${key}\``, path: ["metrics", "primary"] };
}

/** Whether one unit can satisfy both audiences. */
function canMeet({ attributes }: Project, { audience }: Experiment, other: Experiment): boolean {
  const conditions = [audience, other.audience].filter((each): each is Condition => each !== null);
  return findContradiction({ kind: "all", conditions }, attributes) === null;
}
