import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { addDays, startOfDay } from "../model/calendar.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import type { EventLayout } from "../model/warehouse.ts";
import { dropTable } from "../sql/queries.ts";
import { EXPOSURES, PER_UNIT } from "./declared-sources.ts";
import { type Engine, reportFailure } from "./engine.ts";
import { enrolPerUnit } from "./enrol-per-unit.ts";
import type { Enrolled } from "./enrolled.ts";
import { eventInput } from "./event-input.ts";
import { countExclusions } from "./exclusions.ts";
import { exposureRows } from "./exposure-rows.ts";
import { countFirstExposures, createFirstExposures, type ExposedBetween } from "./first-exposures.ts";
import type { Auditor } from "./health/audit.ts";
import { specColumns } from "./health/count-excluded-units.ts";
import { readHealth } from "./health/read-health.ts";
import { toMicroseconds } from "./microseconds.ts";
import type { ExposureDays } from "./observation.ts";
import type { Sources } from "./prepare-sources.ts";
import { followTriggered } from "./trigger.ts";

export interface EnrolmentRequest {
  readonly project: Project;
  readonly experiment: Experiment;
  readonly sources: Sources;
  readonly engine: Engine;
  /** Milliseconds: exposures after it have not happened yet. Null: all have. Data without timestamps have no use for it. */
  readonly asOf: number | null;
  /** Its place among the experiments that are analysed together, below 16,384. Default: 0. */
  readonly owner?: number;
  /** Only units first exposed on these days are counted. Default: null, all are. */
  readonly exposedOn?: ExposureDays | null;
  /** Of the plan: exposures that were logged under another one are counted. Default: they are not. */
  readonly specHash?: string;
  /** What logged variants are compared with, where these attributes are known. Default: nothing. */
  readonly auditorOf?: (logged: readonly string[]) => Auditor | null;
}

export interface Enrolling {
  /** Null when the data do not allow it. */
  readonly enrolled: Enrolled | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds the units of an experiment, each in the variant of its first exposure (at the same instant: the
 * variant of the lowest index). Who was seen with several variants stays in the first and is counted. The
 * units stay in a temporary table of the session.
 */
export async function enrol(request: EnrolmentRequest): Promise<Enrolling> {
  const { project, experiment } = request;
  const layout = project.warehouse?.layout;
  if (!layout) throw new Error("the project has no warehouse");
  const perUnit = layout.kind === "per-unit";
  const units = perUnit ? layout.units : layout.exposures.units;
  const path = perUnit ? ["warehouse", PER_UNIT, "units"] : ["warehouse", "sources", EXPOSURES, "units"];
  const place = { file: project.file, path };
  if (!Object.hasOwn(units, experiment.unit.key)) {
    const source = perUnit ? PER_UNIT : EXPOSURES;
    const args = { source, unit: experiment.unit.key, experiment: experiment.key };
    return { enrolled: null, diagnostics: [diagnose("data/unmapped-unit", place, args)] };
  }
  if (request.exposedOn && (perUnit || layout.exposures.columns.timestamp === null)) {
    const source = perUnit ? PER_UNIT : EXPOSURES;
    const diagnostic = diagnose("data/no-exposure-days", { ...place, path: path.slice(0, -1) }, { source });
    return { enrolled: null, diagnostics: [diagnostic] };
  }
  const result = await reportFailure(place, () =>
    perUnit ? enrolPerUnit(request, layout) : enrolExposed(request, layout),
  );
  return "failure" in result ? { enrolled: null, diagnostics: [result.failure] } : result;
}

async function enrolExposed(request: EnrolmentRequest, layout: EventLayout): Promise<Enrolling> {
  const { project, experiment, sources, engine, asOf, exposedOn = null, auditorOf = () => null } = request;
  const source = layout.exposures;
  const relation = sources.relations.get(EXPOSURES)!;
  const specs = specColumns(source, relation, request.specHash);
  const rows = exposureRows(project, experiment, source, relation, asOf, specs);
  const table = `units of ${experiment.key}`;
  const exposed = exposedOn === null ? undefined : instantsOf(exposedOn, project.timezone);
  const { owner = 0 } = request;
  await engine.run(createFirstExposures(table, rows, experiment.variants.length, owner, exposed));
  const { units, crossovers, earliest } = await countFirstExposures(engine, table, experiment);
  const { excluded, unknownVariants, diagnostics, ...exclusions } = await countExclusions(
    engine,
    experiment,
    source,
    rows,
    project,
    specs.length > 0,
  );
  const read = { project, experiment, sources, layout, engine, asOf, table, units, auditorOf };
  const health = { ...exclusions.health, ...(await readHealth(read)) };
  const enrolled: Enrolled = {
    enrolment: { units, crossovers, excluded, unknownVariants },
    table,
    owner,
    units,
    earliest: source.columns.timestamp === null ? null : earliest,
    asOf,
    health,
  };
  const triggered = await followTrigger(request, layout, enrolled);
  return { ...triggered, diagnostics: [...diagnostics, ...triggered.diagnostics] };
}

async function followTrigger(
  { project, experiment, sources, engine }: EnrolmentRequest,
  { events }: EventLayout,
  enrolled: Enrolled,
): Promise<Enrolling> {
  const { trigger } = experiment.analysis;
  if (trigger === null) return { enrolled, diagnostics: [] };
  const declared = project.events.find(({ key }) => key === trigger.event);
  const source = events.find(({ key }) => key === declared?.source);
  if (!source) throw new Error(`the trigger ${trigger.event} is in no source`);
  const unit = experiment.unit.key;
  if (!Object.hasOwn(source.units, unit)) {
    const place = { file: project.file, path: ["warehouse", "sources", source.key, "units"] };
    const args = { source: source.key, unit, experiment: experiment.key };
    return { enrolled: null, diagnostics: [diagnose("data/unmapped-unit", place, args)] };
  }
  const input = eventInput(sources, source, source.units[unit]!);
  const triggered = await followTriggered(engine, project, experiment, enrolled, input, trigger);
  return { enrolled: triggered, diagnostics: [] };
}

function instantsOf({ from, to }: ExposureDays, timezone: string): ExposedBetween {
  return {
    from: from === null ? null : toMicroseconds(startOfDay(from, timezone)),
    to: to === null ? null : toMicroseconds(startOfDay(addDays(to, 1), timezone)) - 1n,
  };
}

/** Forgets the units that `enrol` kept. */
export async function discard(engine: Engine, { table, exposed }: Enrolled): Promise<void> {
  if (table !== null) await engine.run(dropTable(table));
  if (exposed !== undefined) await engine.run(dropTable(exposed));
}
