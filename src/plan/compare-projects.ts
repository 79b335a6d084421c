import type { Experiment } from "../model/experiment.ts";
import { eventsOf, metricsOf } from "../model/experiment-metrics.ts";
import type { EventDeclaration } from "../model/metric.ts";
import type { Holdout } from "../model/population.ts";
import type { Project } from "../model/project.ts";
import { formatShare } from "../model/share.ts";
import type { Json } from "../runtime/manifest.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { ProjectChange } from "./change-plan.ts";
import type { FieldChange } from "./compare-experiments.ts";
import type { VersionPair } from "./match-versions.ts";

/**
 * Changes of `project.yaml` that the fields of experiments do not show: when a day begins, where the data lie
 * and what an event is. Each with the experiments that have data and are touched; none touched, it is safe.
 */
export function compareProjects(
  before: Project,
  after: Project,
  pairs: readonly VersionPair[],
): readonly ProjectChange[] {
  const touched = pairs.flatMap(({ before, after }) =>
    before && after && before.iteration === after.iteration && hasData(before) ? [after] : [],
  );
  const events = new Set([...before.events, ...after.events].map(({ key }) => key));
  const change = (
    path: readonly string[],
    [then, now]: readonly [Json, Json],
    reads: (experiment: Experiment) => boolean,
  ): readonly ProjectChange[] => {
    if (canonicalJson(then) === canonicalJson(now)) return [];
    const experiments = touched.filter(reads).map(({ key }) => key);
    const weight = experiments.length > 0 ? "attention" : "safe";
    return [{ field: path.join("."), path, before: then, after: now, weight, experiments }];
  };
  const all = () => true;
  return [
    ...change(["timezone"], [before.timezone, after.timezone], all),
    ...change(["warehouse"], [asJson(before.warehouse), asJson(after.warehouse)], all),
    ...[...events].flatMap((key) =>
      change(["events", key], [writtenEvent(before, key), writtenEvent(after, key)], (experiment) =>
        readsEvent(experiment, key),
      ),
    ),
  ];
}

/**
 * The change of the holdout as one experiment sees it; null where it sees none. Its share only falls while
 * the experiment runs: a rise, or another key, takes enrolled units away.
 */
export function compareHoldouts(
  { before, after }: VersionPair,
  projects: { readonly before: Project; readonly after: Project },
): FieldChange | null {
  if (before === null || after === null || !(after.status === "running" || after.status === "draft"))
    return null;
  const then = holdoutOf(before, projects.before);
  const now = holdoutOf(after, projects.after);
  if (canonicalJson(writtenHoldout(then)) === canonicalJson(writtenHoldout(now))) return null;
  const runsOn = before.status === "running" && after.status === "running";
  const falls = now === null || (then !== null && then.key === now.key && now.share <= then.share);
  const weight = falls || !runsOn || after.iteration > before.iteration ? "safe" : "refused";
  return {
    field: "holdout",
    path: ["holdout"],
    before: writtenHoldout(then),
    after: writtenHoldout(now),
    weight,
  };
}

function holdoutOf({ unit }: Experiment, { holdout }: Project): Holdout | null {
  return holdout?.unit.key === unit.key ? holdout : null;
}

function writtenHoldout(holdout: Holdout | null): Json {
  return holdout && { key: holdout.key, share: formatShare(holdout.share) };
}

function hasData({ status }: Experiment): boolean {
  return status === "running" || status === "stopped";
}

function readsEvent(experiment: Experiment, key: string): boolean {
  const { analysis, exposure } = experiment;
  if (exposure.kind === "event" && exposure.event === key) return true;
  return (
    analysis.trigger?.event === key || metricsOf(experiment).some((metric) => eventsOf(metric).includes(key))
  );
}

function writtenEvent({ events }: Project, key: string): Json {
  const event = events.find((declared) => declared.key === key);
  return event ? asJson(sortedEvent(event)) : null;
}

function sortedEvent({ source, units, properties }: EventDeclaration) {
  return {
    source,
    units: [...units].sort(),
    properties: Object.fromEntries(properties.map(({ key, type }) => [key, type])),
  };
}

function asJson(value: unknown): Json {
  return value as Json;
}
