import { join } from "node:path";
import { manifestEntry } from "../../src/model/manifest.ts";
import { plan } from "../../src/plan/make-plan.ts";
import { assign } from "../../src/runtime/assign.ts";
import { load } from "../../src/runtime/load.ts";
import { writeTable } from "../../src/warehouse/write-table.ts";
import {
  onEvent,
  sampleEvent,
  sampleExperiment,
  sampleLayout,
  sampleMetric,
  sampleProject,
} from "./sample-project.ts";

/** What a driver, a C string or a table of characters may cut, drop or take for another; no two of them are the same. */
export const ODD_TEXTS = [
  "\ufeffUS",
  "US",
  "\ufeff",
  "\ufeff\ufeffUS",
  "US\ufeff",
  "a\u0000b",
  "a\u0000c",
  "a",
  "\u0000",
  "e\u0301",
  "\u00e9",
  "\ufffd",
  "x".repeat(10_000),
  `${"x".repeat(10_000)}y`,
  "\ufb00",
  "ff",
  "\u212a",
  "K",
  "=US",
];

const START = Date.UTC(2026, 10, 2);
const VARIANTS = ["control", "variant"];
const bought = sampleMetric("bought", "count", onEvent("purchase"));
const experiment = sampleExperiment(VARIANTS, [bought], {
  start: "2026-11-02",
  end: "2026-11-21",
  analysis: { ...sampleExperiment(VARIANTS, [bought]).analysis, breakdowns: ["country"] },
  audience: { kind: "one-of", attribute: "country", values: ODD_TEXTS },
});
const project = {
  ...sampleProject(sampleLayout({ attributes: ["country"] }), [experiment], [sampleEvent("purchase")]),
  attributes: [{ key: "country", type: "string", values: null, private: false } as const],
};

/** Units whose ids and countries begin with odd texts, the later countries with more; each buys as often as its place says. */
function drawUnits() {
  const giver = load(manifestEntry(experiment, project));
  return ODD_TEXTS.flatMap((country, place) =>
    Array.from({ length: place + 20 }, (_, index) => {
      const id = `${country.slice(0, 20)}-${place}-${index}`;
      return { id, country, place, variant: assign(giver, { userId: id, country }).variant! };
    }),
  );
}

export interface OddWorld {
  readonly project: typeof project;
  readonly plan: ReturnType<typeof plan>;
  readonly experiments: readonly [typeof experiment];
  /** A Parquet file by source. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** Units per variant of each text, in their order; each has bought as often as there are texts before its own. */
  readonly units: readonly (readonly number[])[];
}

/** Units whose ids and countries are odd texts, in the variants that the assignment gives them. */
export async function writeOddWorld(folder: string): Promise<OddWorld> {
  const units = drawUnits();
  const exposures = join(folder, "exposures.parquet");
  const events = join(folder, "events.parquet");
  const text = (name: string) => ({ name, type: "string" }) as const;
  const time = { name: "time", type: "timestamp" } as const;
  const access = { allowedDirectories: [folder] };
  const exposed = units.map(({ id, country, variant }) => ["checkout", id, variant, country, START]);
  const texts = ["experiment", "user", "variant", "country"].map(text);
  await writeTable({ path: exposures, columns: [...texts, time], batches: [exposed] }, access);
  const purchases = units.flatMap(({ id, place }) =>
    Array.from({ length: place }, () => [id, "purchase", START + 1000]),
  );
  await writeTable(
    { path: events, columns: [text("user"), text("event"), time], batches: [purchases] },
    access,
  );
  return {
    project,
    plan: plan(project),
    experiments: [experiment],
    files: new Map([
      ["exposures", [exposures]],
      ["app", [events]],
    ]),
    units: ODD_TEXTS.map((_, place) =>
      VARIANTS.map((key) => units.filter((unit) => unit.place === place && unit.variant === key).length),
    ),
  };
}
