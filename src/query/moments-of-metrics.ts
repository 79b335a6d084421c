import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Experiment } from "../model/experiment.ts";
import { eventsOf, metricsOf } from "../model/experiment-metrics.ts";
import type { Project } from "../model/project.ts";
import type { EventLayout } from "../model/warehouse.ts";
import { EXPOSURES } from "./declared-sources.ts";
import { reportFailure } from "./engine.ts";
import { createTables, measuredUnits, unmappedSources } from "./experiment-tables.ts";
import type { FollowedExperiment, MomentsRequest } from "./followed-experiment.ts";
import type { HealthFacts } from "./health/facts.ts";
import { findOverlaps } from "./health/overlaps.ts";
import { momentsOfColumns } from "./moments-of-columns.ts";
import { momentsOfEvents } from "./moments-of-events.ts";
import type { MetricMoments } from "./observation.ts";

export interface ExperimentMoments {
  /** Of every metric of the experiment, each once; null when the data do not allow it. */
  readonly metrics: readonly MetricMoments[] | null;
  /** What was seen of the units on the way. */
  readonly health?: Pick<HealthFacts, "byBreakdown" | "overlaps" | "unseenOverlaps">;
  readonly diagnostics: readonly Diagnostic[];
}

/** The moments of the metrics of experiments whose events are read together. */
export async function momentsOfExperiments(
  request: MomentsRequest,
  experiments: readonly FollowedExperiment[],
): Promise<readonly ExperimentMoments[]> {
  const layout = request.project.warehouse?.layout;
  if (!layout) throw new Error("the project has no warehouse");
  return layout.kind === "per-unit"
    ? inTurn(experiments, async (each) =>
        momentsIn(await tried(request, () => momentsOfColumns({ ...request, ...each, layout }))),
      )
    : fromEvents(request, layout, experiments);
}

/** The same of one experiment. */
export async function momentsOfMetrics(
  request: Omit<MomentsRequest, "quantileRanks"> & FollowedExperiment & Partial<MomentsRequest>,
): Promise<ExperimentMoments> {
  const { quantileRanks = noRanks, ...rest } = request;
  const [moments] = await momentsOfExperiments({ ...rest, quantileRanks }, [rest]);
  return moments!;
}

function noRanks(): never {
  throw new Error("nobody said what ranks bound a quantile");
}

async function fromEvents(
  request: MomentsRequest,
  layout: EventLayout,
  experiments: readonly FollowedExperiment[],
): Promise<readonly ExperimentMoments[]> {
  const unmapped = experiments.map(({ experiment }) => unmappedUnits(request.project, layout, experiment));
  const usable = experiments.filter((_, index) => unmapped[index]!.length === 0);
  const scope = { ...request, layout };
  const made = await tried(request, () => createTables(scope, usable));
  const found = new Map<FollowedExperiment, ExperimentMoments>();
  for (const [index, each] of usable.entries()) {
    if (made.result === null) {
      found.set(each, { metrics: null, diagnostics: index === 0 ? made.diagnostics : [] });
      continue;
    }
    const tables = made.result.tables[index]!;
    request.onStage?.(`measuring ${each.experiment.key}`);
    found.set(each, momentsIn(await tried(request, () => momentsOfEvents(scope, each, tables))));
  }
  const { result } = made;
  if (result !== null && usable.length > 1) {
    const measured = usable.map((followed, index) => ({ followed, tables: result.tables[index]! }));
    const overlaps = await tried(request, () => findOverlaps(request.engine, measured));
    for (const [index, each] of usable.entries()) {
      const { health, ...moments } = found.get(each)!;
      const diagnostics = [...moments.diagnostics, ...(index === 0 ? overlaps.diagnostics : [])];
      const seen = { ...health, ...overlaps.result?.[index] };
      found.set(each, { ...moments, diagnostics, health: seen });
    }
  }
  if (made.result !== null) await made.result.drop();
  return experiments.map(
    (each, index) => found.get(each) ?? { metrics: null, diagnostics: unmapped[index]! },
  );
}

interface Tried<Result> {
  readonly result: Result | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** What the work gives, or why it failed. */
async function tried<Result>(
  { project }: MomentsRequest,
  work: () => Promise<Result>,
): Promise<Tried<Result>> {
  const found = await reportFailure({ file: project.file, path: ["warehouse"] }, async () => ({
    result: await work(),
  }));
  return "failure" in found
    ? { result: null, diagnostics: [found.failure] }
    : { result: found.result, diagnostics: [] };
}

function momentsIn({
  result,
  diagnostics,
}: Tried<
  Pick<ExperimentMoments, "health"> & { readonly metrics: readonly MetricMoments[] }
>): ExperimentMoments {
  return { metrics: null, ...result, diagnostics };
}

/** Sources without a column for a unit that is looked for in them. */
function unmappedUnits(project: Project, layout: EventLayout, experiment: Experiment): readonly Diagnostic[] {
  const events = (per: string | null) =>
    metricsOf(experiment)
      .filter((metric) => metric.per === per)
      .flatMap(eventsOf);
  const measured = measuredUnits(experiment);
  const unseen = measured.filter((unit) => !Object.hasOwn(layout.exposures.units, unit));
  const place = { file: project.file, path: ["warehouse", "sources", EXPOSURES, "units"] };
  return [
    ...unseen.map((unit) =>
      diagnose("data/unmapped-unit", place, { source: EXPOSURES, unit, experiment: experiment.key }),
    ),
    ...unmappedSources(
      { project, layout },
      experiment,
      new Map([
        [experiment.unit.key, events(null)],
        ...measured.map((unit) => [unit, events(unit)] as const),
      ]),
    ),
  ];
}

async function inTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
