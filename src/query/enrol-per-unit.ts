import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import type { PerUnitLayout } from "../model/warehouse.ts";
import { aggregateWhere, binary, call, column, isNull, literal, parameter } from "../sql/expressions.ts";
import { named, select, subquery } from "../sql/queries.ts";
import type { Query } from "../sql/tree.ts";
import { PER_UNIT } from "./declared-sources.ts";
import { decodeNumber, decodeText } from "./decode.ts";
import type { Engine } from "./engine.ts";
import type { Enrolled } from "./enrolled.ts";
import { nameUnknownVariants } from "./exclusions.ts";
import { perUnitRows } from "./per-unit-rows.ts";
import type { Sources } from "./prepare-sources.ts";
import { byVariant } from "./variant-index.ts";

/** The units of a one-row-per-unit table: every row with an id and a variant of the experiment. */
export async function enrolPerUnit(
  request: {
    readonly project: Project;
    readonly experiment: Experiment;
    readonly sources: Sources;
    readonly engine: Engine;
  },
  layout: PerUnitLayout,
): Promise<{ readonly enrolled: Enrolled | null; readonly diagnostics: readonly Diagnostic[] }> {
  const { project, experiment, sources, engine } = request;
  const place = { file: project.file, path: ["warehouse", PER_UNIT, "units"] };
  const rows = perUnitRows(experiment, layout, sources.relations.get(PER_UNIT)!);
  const duplicates = await reportDuplicates(engine, experiment.key, rows, place);
  if (duplicates.length > 0) return { enrolled: null, diagnostics: duplicates };
  const counted = await engine.run(
    select({
      columns: [
        named("variant", column("variant")),
        named("units", aggregateWhere(isNull(column("reason")), "count")),
        named("no unit", aggregateWhere(binary("equal", column("reason"), parameter("no-unit")), "count")),
        named(
          "unknown",
          aggregateWhere(binary("equal", column("reason"), parameter("unknown-variant")), "count"),
        ),
      ],
      from: subquery(rows),
      groupBy: ["variant"],
    }),
  );
  const known = counted.filter((row) => row.variant !== null);
  const unknown = counted.reduce((sum, row) => sum + decodeNumber(row, "unknown"), 0);
  const columnPlace = { file: project.file, path: ["warehouse", PER_UNIT, "columns", "variant"] };
  const unknowns = await nameUnknownVariants(engine, experiment, rows, unknown, columnPlace);
  const units = byVariant(experiment, known, "units");
  return {
    enrolled: {
      enrolment: {
        units,
        crossovers: 0,
        excluded: { "no-unit": byVariant(experiment, known, "no unit") },
        unknownVariants: unknowns.unknownVariants,
      },
      table: null,
      owner: 0,
      units,
      earliest: null,
      asOf: null,
    },
    diagnostics: unknowns.diagnostics,
  };
}

/** The unit with the most rows (`unit`, `reason`) among those of `owner`, where any has several. */
export async function reportDuplicates(
  engine: Engine,
  owner: string,
  rows: Query,
  place: { readonly file: string; readonly path: readonly string[] },
): Promise<readonly Diagnostic[]> {
  const perUnit = select({
    columns: [named("unit", column("unit")), named("rows", call("count"))],
    from: subquery(rows),
    where: isNull(column("reason")),
    groupBy: ["unit"],
  });
  const repeated = select({
    columns: [named("unit", column("unit")), named("rows", column("rows"))],
    from: subquery(perUnit),
    where: binary("more", column("rows"), literal(1n)),
  });
  const [found] = await engine.run(
    select({
      columns: [named("unit", column("unit")), named("rows", column("rows"))],
      from: subquery(repeated),
      orderBy: [
        { name: "rows", descending: true },
        { name: "unit", descending: false },
      ],
      limit: 1,
    }),
  );
  if (!found) return [];
  const [counted] = await engine.run(
    select({ columns: [named("count", call("count"))], from: subquery(repeated) }),
  );
  const args = {
    experiment: owner,
    unit: decodeText(found, "unit"),
    rows: decodeNumber(found, "rows"),
    count: decodeNumber(counted!, "count"),
  };
  return [diagnose("data/duplicate-unit", place, args)];
}
