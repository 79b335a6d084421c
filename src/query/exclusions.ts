import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Project } from "../model/project.ts";
import type { ExposureSource } from "../model/warehouse.ts";
import { binary, call, column, parameter } from "../sql/expressions.ts";
import { named, select, subquery } from "../sql/queries.ts";
import type { Query } from "../sql/tree.ts";
import { EXPOSURES } from "./declared-sources.ts";
import { decodeNumber, decodeText } from "./decode.ts";
import type { Engine } from "./engine.ts";
import { possibleExclusions } from "./exposure-rows.ts";
import { countByReason, factsOfReasons } from "./health/count-excluded-units.ts";
import type { HealthFacts } from "./health/facts.ts";
import type { Counts } from "./observation.ts";
import { byVariant } from "./variant-index.ts";

/** How many unknown variants are named; hostile data can have a million. */
const NAMED_VARIANTS = 20;

interface Exclusions {
  readonly excluded: Readonly<Record<string, Counts>>;
  readonly unknownVariants: readonly string[];
  readonly health: Pick<HealthFacts, "excludedUnits" | "otherSpec">;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Counts the exposure rows that are left out, by reason and variant. Rows of unknown variants have none: they are
 * named. `hasSpecs`: the rows have a column `OTHER_SPEC`.
 */
export async function countExclusions(
  engine: Engine,
  experiment: Experiment,
  source: ExposureSource,
  rows: Query,
  project: Project,
  hasSpecs = false,
): Promise<Exclusions> {
  const counted = await engine.run(countByReason(rows, hasSpecs));
  const reasons = possibleExclusions(experiment, source).filter((reason) => reason !== "unknown-variant");
  const excluded = reasons.map((reason) => {
    const mine = counted.filter((row) => row.reason === reason && row.variant !== null);
    return [reason, byVariant(experiment, mine, "rows")] as const;
  });
  const unknown = counted
    .filter((row) => row.reason === "unknown-variant")
    .reduce((sum, row) => sum + decodeNumber(row, "rows"), 0);
  const place = { file: project.file, path: ["warehouse", "sources", EXPOSURES, "columns", "variant"] };
  return {
    excluded: Object.fromEntries(excluded),
    health: factsOfReasons(experiment, reasons, counted, hasSpecs),
    ...(await nameUnknownVariants(engine, experiment, rows, unknown, place)),
  };
}

/** The variants in the rows that the experiment does not have, the most frequent first. */
export async function nameUnknownVariants(
  engine: Engine,
  experiment: Experiment,
  rows: Query,
  count: number,
  place: { readonly file: string; readonly path: readonly string[] },
): Promise<{ readonly unknownVariants: readonly string[]; readonly diagnostics: readonly Diagnostic[] }> {
  if (count === 0) return { unknownVariants: [], diagnostics: [] };
  const names = await engine.run(
    select({
      columns: [named("name", column("name")), named("rows", call("count"))],
      from: subquery(rows),
      where: binary("equal", column("reason"), parameter("unknown-variant")),
      groupBy: ["name"],
      orderBy: [
        { name: "rows", descending: true },
        { name: "name", descending: false },
      ],
      limit: NAMED_VARIANTS,
    }),
  );
  const variants = names.map((row) => decodeText(row, "name"));
  return {
    unknownVariants: variants,
    diagnostics: [
      diagnose("data/unknown-variant", place, { experiment: experiment.key, variants, rows: count }),
    ],
  };
}
