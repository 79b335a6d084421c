import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { addDays, dayOf, startOfDay } from "../model/calendar.ts";
import type { Experiment } from "../model/experiment.ts";
import { metricsOf, partsOf } from "../model/experiment-metrics.ts";
import type { Project } from "../model/project.ts";
import type { EventLayout, PerUnitLayout } from "../model/warehouse.ts";
import { binary, column, isNull, literal } from "../sql/expressions.ts";
import { createTemporaryTable, dropTable, named, select, subquery } from "../sql/queries.ts";
import type { CreateTemporaryTable } from "../sql/tree.ts";
import { countMature } from "./count-mature.ts";
import { cumulativeMoments } from "./cumulative-moments.ts";
import { PER_UNIT } from "./declared-sources.ts";
import { type Engine, reportFailure } from "./engine.ts";
import type { Enrolled } from "./enrolled.ts";
import { eventMeasures } from "./event-measure.ts";
import { createEventValues, type EventInput, sumName } from "./event-values.ts";
import { instantIndex } from "./instant-index.ts";
import { toMicroseconds } from "./microseconds.ts";
import type { Counts, MetricMoments, MomentsSoFar } from "./observation.ts";
import { perUnitRows } from "./per-unit-rows.ts";
import type { Sources } from "./prepare-sources.ts";
import { type UnitVariable, unitVariable, valueOfColumn, valueOfEvents } from "./unit-variable.ts";

export interface MomentsRequest {
  readonly project: Project;
  readonly experiment: Experiment;
  readonly sources: Sources;
  readonly enrolled: Enrolled;
  readonly engine: Engine;
  /** Milliseconds: nothing later counts, and only units whose window has passed by then. Null: the data are final. */
  readonly cutoff: number | null;
  /** Ends of days, in milliseconds, ascending and before the cutoff: when else the moments are wanted. Default: never. */
  readonly looks?: readonly number[];
}

/** The moments of every metric of the experiment, each once. `metrics` is null when the data do not allow it. */
export async function momentsOfMetrics(request: MomentsRequest): Promise<{
  readonly metrics: readonly MetricMoments[] | null;
  readonly diagnostics: readonly Diagnostic[];
}> {
  const layout = request.project.warehouse?.layout;
  if (!layout) throw new Error("the project has no warehouse");
  const found = layout.kind === "per-unit" ? perUnitValues(request, layout) : eventValues(request, layout);
  if ("diagnostics" in found) return { metrics: null, diagnostics: found.diagnostics };
  const place = { file: request.project.file, path: ["warehouse"] };
  const result = await reportFailure(place, () => momentsOf(request, found));
  return "failure" in result
    ? { metrics: null, diagnostics: [result.failure] }
    : { metrics: result, diagnostics: [] };
}

async function momentsOf(
  request: MomentsRequest,
  { create, variables }: UnitValues,
): Promise<readonly MetricMoments[]> {
  const { engine, experiment, looks = [], cutoff } = request;
  await engine.run(create);
  const found = new Map<string, MetricMoments>();
  for (const window of new Set(variables.map(({ metric }) => metric.window))) {
    const alike = variables.filter(({ metric }) => metric.window === window);
    const isSeries = window !== null && cutoff !== null && isDated(request);
    const instants = isSeries ? [...looks, cutoff] : [];
    const exposed = await exposedAt(request, window, isSeries ? instants : cutoff === null ? [] : [cutoff]);
    const matured = binary("plus", column("first"), literal(toMicroseconds(window ?? 0)));
    const steps = { count: exposed.length, of: isSeries ? instantIndex(matured, instants) : null };
    const moments = await cumulativeMoments(
      engine,
      experiment.variants.length,
      create.name,
      alike.map((variable) => ({ ...variable, exposed })),
      steps,
    );
    for (const [index, { metric }] of alike.entries()) {
      const series = instants.map((instant, step) => ({
        ...dayAt(instant, request.project.timezone),
        arms: moments[index]![step]!,
        exposed: exposed[step]!,
      }));
      const arms = moments[index]!.at(-1)!;
      found.set(metric.key, { metric: metric.key, arms, exposed: exposed.at(-1)!, series });
    }
  }
  await engine.run(dropTable(create.name));
  return variables.map(({ metric }) => found.get(metric.key)!);
}

function dayAt(instant: number, timezone: string): Pick<MomentsSoFar, "day" | "isOver"> {
  const day = dayOf(instant - 1, timezone);
  return { day, isOver: startOfDay(addDays(day, 1), timezone) === instant };
}

/** Whether units' values can be told by when they matured. */
function isDated({ enrolled, looks = [], cutoff }: MomentsRequest): boolean {
  return looks.length > 0 && cutoff !== null && enrolled.earliest !== null;
}

/** Mature units per variant by instant; without an instant, of final data. */
async function exposedAt(
  { engine, experiment, enrolled }: MomentsRequest,
  window: number | null,
  instants: readonly number[],
): Promise<readonly Counts[]> {
  if (instants.length === 0) return [enrolled.enrolment.units];
  const mature = await countMature(engine, experiment, enrolled, instants, [window]);
  return mature.map(({ units }) => units);
}

interface UnitValues {
  readonly create: CreateTemporaryTable;
  readonly variables: readonly UnitVariable[];
}

function eventValues(
  request: MomentsRequest,
  layout: EventLayout,
): UnitValues | { readonly diagnostics: readonly Diagnostic[] } {
  const { project, experiment, sources, enrolled, cutoff } = request;
  const { measures, measureOf } = eventMeasures(project, metricsOf(experiment));
  const read = layout.events.filter(({ key }) => measures.some(({ source }) => source === key));
  const unmapped = read.filter(({ units }) => !Object.hasOwn(units, experiment.unit.key));
  if (unmapped.length > 0)
    return { diagnostics: unmapped.map((source) => unmappedUnit(project, experiment, source.key)) };
  const inputs = read.map(
    (source): EventInput => ({
      source,
      relation: sources.relations.get(source.key)!,
      unit: source.units[experiment.unit.key]!,
    }),
  );
  const window = {
    units: enrolled.table!,
    earliest: enrolled.earliest,
    cutoff,
    dated: isDated(request),
  };
  return {
    create: createEventValues(`values of ${experiment.key}`, inputs, measures, window),
    variables: metricsOf(experiment).map((metric) =>
      unitVariable(metric, (part) =>
        valueOfEvents(part, (sum) => column(sumName(measureOf(metric, part), sum))),
      ),
    ),
  };
}

function unmappedUnit(project: Project, experiment: Experiment, source: string): Diagnostic {
  const place = { file: project.file, path: ["warehouse", "sources", source, "units"] };
  return diagnose("data/unmapped-unit", place, {
    source,
    unit: experiment.unit.key,
    experiment: experiment.key,
  });
}

function perUnitValues({ experiment, sources }: MomentsRequest, layout: PerUnitLayout): UnitValues {
  const metrics = metricsOf(experiment);
  const measured = [
    ...new Set(
      metrics.flatMap(partsOf).flatMap(({ input }) => (input.kind === "column" ? [input.column] : [])),
    ),
  ];
  const rows = perUnitRows(experiment, layout, sources.relations.get(PER_UNIT)!, measured);
  return {
    create: createTemporaryTable(
      `values of ${experiment.key}`,
      select({
        columns: ["variant", ...measured.map((_, index) => `value ${index}`)].map((name) =>
          named(name, column(name)),
        ),
        from: subquery(rows),
        where: isNull(column("reason")),
      }),
    ),
    variables: metrics.map((metric) =>
      unitVariable(metric, (part) => {
        if (part.input.kind !== "column") throw new Error(`metric ${part.key} reads no column`);
        return valueOfColumn(part, `value ${measured.indexOf(part.input.column)}`);
      }),
    ),
  };
}
