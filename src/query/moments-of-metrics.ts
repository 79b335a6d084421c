import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Experiment } from "../model/experiment.ts";
import { metricsOf, partsOf } from "../model/experiment-metrics.ts";
import type { Project } from "../model/project.ts";
import type { EventLayout, PerUnitLayout } from "../model/warehouse.ts";
import { column, isNull } from "../sql/expressions.ts";
import { createTemporaryTable, dropTable, named, select, subquery } from "../sql/queries.ts";
import type { CreateTemporaryTable } from "../sql/tree.ts";
import { centredMoments, type ExposedVariable } from "./centred-moments.ts";
import { countMature } from "./count-mature.ts";
import { PER_UNIT } from "./declared-sources.ts";
import { type Engine, reportFailure } from "./engine.ts";
import type { Enrolled } from "./enrolled.ts";
import { eventMeasures } from "./event-measure.ts";
import { createEventValues, type EventInput, sumName } from "./event-values.ts";
import type { MetricMoments } from "./observation.ts";
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
  const { engine, experiment } = request;
  await engine.run(create);
  const exposed = await withExposed(request, variables);
  const moments = await centredMoments(engine, experiment, create.name, exposed);
  await engine.run(dropTable(create.name));
  return exposed.map((variable, index) => ({
    metric: variable.metric.key,
    arms: moments[index]!,
    exposed: variable.exposed,
  }));
}

interface UnitValues {
  readonly create: CreateTemporaryTable;
  readonly variables: readonly UnitVariable[];
}

function eventValues(
  { project, experiment, sources, enrolled, cutoff }: MomentsRequest,
  layout: EventLayout,
): UnitValues | { readonly diagnostics: readonly Diagnostic[] } {
  const { measures, measureOf } = eventMeasures(project, experiment);
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
  const window = { units: enrolled.table!, earliest: enrolled.earliest, cutoff };
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

async function withExposed(
  { experiment, enrolled, engine, cutoff }: MomentsRequest,
  variables: readonly UnitVariable[],
): Promise<readonly ExposedVariable[]> {
  const all = enrolled.enrolment.units;
  if (cutoff === null) return variables.map((variable) => ({ ...variable, exposed: all }));
  const windows = [...new Set(variables.map(({ metric }) => metric.window))];
  const mature = await countMature(engine, experiment, enrolled, [cutoff], windows);
  return variables.map((variable) => ({
    ...variable,
    exposed: mature.find(({ window }) => window === variable.metric.window)!.units,
  }));
}
