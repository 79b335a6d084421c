import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import type { ExposureSource } from "../model/warehouse.ts";
import { dropTable } from "../sql/queries.ts";
import { EXPOSURES, PER_UNIT } from "./declared-sources.ts";
import { type Engine, reportFailure } from "./engine.ts";
import { enrolPerUnit } from "./enrol-per-unit.ts";
import type { Enrolled } from "./enrolled.ts";
import { countExclusions } from "./exclusions.ts";
import { exposureRows } from "./exposure-rows.ts";
import { countFirstExposures, createFirstExposures } from "./first-exposures.ts";
import type { Sources } from "./prepare-sources.ts";

export interface EnrolmentRequest {
  readonly project: Project;
  readonly experiment: Experiment;
  readonly sources: Sources;
  readonly engine: Engine;
  /** Milliseconds: exposures after it have not happened yet. Null: all have. Data without timestamps have no use for it. */
  readonly asOf: number | null;
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
  const result = await reportFailure(place, () =>
    perUnit ? enrolPerUnit(request, layout) : enrolExposed(request, layout.exposures),
  );
  return "failure" in result ? { enrolled: null, diagnostics: [result.failure] } : result;
}

async function enrolExposed(
  { project, experiment, sources, engine, asOf }: EnrolmentRequest,
  source: ExposureSource,
): Promise<Enrolling> {
  const rows = exposureRows(project, experiment, source, sources.relations.get(EXPOSURES)!, asOf);
  const table = `units of ${experiment.key}`;
  await engine.run(createFirstExposures(table, rows, experiment.variants.length));
  const { units, crossovers, earliest } = await countFirstExposures(engine, table, experiment);
  const { excluded, unknownVariants, diagnostics } = await countExclusions(
    engine,
    experiment,
    source,
    rows,
    project,
  );
  return {
    enrolled: {
      enrolment: { units, crossovers, excluded, unknownVariants },
      table,
      earliest: source.columns.timestamp === null ? null : earliest,
    },
    diagnostics,
  };
}

/** Forgets the units that `enrol` kept. */
export async function discard(engine: Engine, { table }: Enrolled): Promise<void> {
  if (table !== null) await engine.run(dropTable(table));
}
