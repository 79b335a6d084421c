import { analyze } from "../../../src/analyze.ts";
import { compile } from "../../../src/compile.ts";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic.ts";
import type { Observation } from "../../../src/query/observation.ts";
import type { Analysis } from "../../../src/verdict/analysis.ts";
import { documentsOf } from "./documents.ts";
import type { Assignment } from "./health/audit.ts";
import { realAssignment } from "./health/real-assignment.ts";
import type { WorldHost } from "./host.ts";
import { tablesOf } from "./tables.ts";
import { SOURCE_OF, type World } from "./world.ts";

export interface Observed {
  /** Null where the data could not be read. */
  readonly observation: Observation | null;
  readonly analysis: Analysis | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly assignment: Assignment;
}

/** What the product sees of a world: from files of a project and raw rows to the moments, by `analyze`. */
export async function observe(host: WorldHost, world: World): Promise<Observed> {
  const { warehouse, files } = await host.put(tablesOf(world, specHashOf(world)));
  const { project, plan, diagnostics: problems } = compile(documentsOf(world, warehouse));
  const experiments = project?.experiments ?? [];
  if (!project || !plan || experiments.length !== 1) {
    throw new Error(`the world's project does not compile: ${JSON.stringify(problems, null, 1)}`);
  }
  const assignment = realAssignment(experiments[0]!, project);
  const { engine, close } = await host.open(world.timezone);
  try {
    const seen: Observation[] = [];
    const { analyses, diagnostics } = await analyze({
      ...{ project, plan, experiments, files, engine },
      asOf: world.asOf === null ? null : world.asOf / 1000,
      meta: { commit: null, toolVersion: "test" },
      onObservation: (observation) => seen.push(observation),
    });
    return { observation: seen[0] ?? null, analysis: analyses[0] ?? null, diagnostics, assignment };
  } finally {
    await close();
  }
}

/** Of the plan, in which where the data are has no part. */
function specHashOf(world: World): string {
  const from = Object.fromEntries(
    ["exposures", ...Object.values(SOURCE_OF)].map((key) => [key, `${key}.csv`]),
  );
  const { plan } = compile(documentsOf(world, { settings: { engine: "duckdb" }, from }));
  return plan!.experiments[0]!.specHash;
}
