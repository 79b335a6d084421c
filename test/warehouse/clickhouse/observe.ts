import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { analyze } from "../../../src/analyze.ts";
import type { Experiment } from "../../../src/model/experiment.ts";
import type { Project } from "../../../src/model/project.ts";
import type { SourceOrigin } from "../../../src/model/warehouse.ts";
import { openProjectClickhouse } from "../../../src/open-clickhouse.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import type { Observation } from "../../../src/query/observation.ts";
import type { Connection, Shards } from "../../../src/warehouse/connection.ts";
import { openDuckdb } from "../../../src/warehouse/duckdb.ts";
import { CLUSTER, type Server } from "./servers.ts";

export interface World {
  readonly project: Project;
  readonly plan: Plan;
  readonly experiments: readonly Experiment[];
  /** By source key. */
  readonly files: ReadonlyMap<string, readonly string[]>;
}

export interface Seen {
  readonly observations: readonly Observation[];
  /** Codes and arguments of what was said. */
  readonly told: readonly (readonly [code: string, args: unknown])[];
  readonly shards: Shards | undefined;
}

/** What the analysis sees by DuckDB, in the files. */
export async function seenByDuckdb({ project, files, ...world }: World): Promise<Seen> {
  const { timezone } = project;
  const paths = [...files.values()].flat();
  return seen({ project, files, ...world }, await openDuckdb({ timezone, files: paths, threads: 2 }));
}

/** What the analysis sees by ClickHouse, in tables of the sources' keys. */
export async function seenByClickhouse(
  { project, experiments, plan }: World,
  server: Server,
  cluster: string | null = null,
  onStage: (stage: string) => Promise<void> | void = () => {},
): Promise<Seen> {
  const warehouse = {
    engine: "clickhouse",
    clickhouse: { url: server.url, database: null, cluster, user: null, timeoutSeconds: 60 },
    layout: tabled(project.warehouse!.layout),
  } as const;
  const units = new Set(experiments.map(({ unit }) => unit.key));
  const credentials = { user: null, password: null };
  const session = `observe-${process.pid}-${++sessions}`;
  const moved = { ...project, warehouse };
  const connection = await openProjectClickhouse(moved, warehouse, credentials, session, units);
  return seen({ project: moved, experiments, plan, files: new Map() }, connection, onStage);
}

let sessions = 0;

async function seen(
  { project, plan, experiments, files }: World,
  engine: Connection,
  onStage: (stage: string) => Promise<void> | void = () => {},
): Promise<Seen> {
  const observations: Observation[] = [];
  // What happens at a stage is over before the next statement.
  let told: Promise<void> | void;
  const patient: Connection = {
    ...engine,
    run: async (statement) => {
      await told;
      return engine.run(statement);
    },
  };
  try {
    const { diagnostics } = await analyze({
      project,
      plan,
      experiments,
      files,
      engine: patient,
      asOf: null,
      onStage: (stage) => {
        told = onStage(stage);
      },
      meta: { commit: null, toolVersion: "test" },
      onObservation: (observation) => observations.push(observation),
    });
    return {
      observations,
      told: diagnostics.map(({ code, args }) => [code, args]),
      shards: engine.shards,
    };
  } finally {
    await engine.close();
  }
}

type Layout = NonNullable<Project["warehouse"]>["layout"];

function tabled(layout: Layout): Layout {
  const from = (name: string): SourceOrigin => ({ kind: "table", name: `default.${name}` });
  return layout.kind === "per-unit"
    ? { ...layout, from: from("perUnit") }
    : {
        ...layout,
        exposures: { ...layout.exposures, from: from("exposures") },
        events: layout.events.map((source) => ({ ...source, from: from(source.key) })),
      };
}

export interface LoadedTable {
  /** Key of the source. */
  readonly name: string;
  /** As in `create table`. */
  readonly columns: string;
  readonly path: string;
  /** As ClickHouse calls it. */
  readonly format: string;
}

/** Puts a file into a table of one server, or of all of them by the function of the unit that is the key. */
export async function load(
  servers: readonly Server[],
  { name, columns, path, format }: LoadedTable,
  key: string | null = null,
): Promise<void> {
  const [first] = servers as [Server];
  const stored = key === null ? name : `${name}_local`;
  for (const { ask } of servers) {
    await ask(`create or replace table ${stored} (${columns}) engine = MergeTree order by tuple()`);
    if (key === null) continue;
    await ask(
      `create or replace table ${name} (${columns}) engine = Distributed('${CLUSTER}', 'default', '${stored}', ${key})`,
    );
  }
  const settings = "distributed_foreground_insert=1&date_time_input_format=best_effort";
  const answer = await fetch(
    `${first.url}/?${settings}&query=${encodeURIComponent(`insert into ${name} format ${format}`)}`,
    { method: "POST", body: readFileSync(path) },
  );
  if (!answer.ok) throw new Error(await answer.text());
}

/** The same to 1e-9, but for where the rows came from. */
export function expectSame(found: Seen, wanted: Seen): void {
  expect(found.told).toEqual(wanted.told);
  expect(found.observations.length).toBe(wanted.observations.length);
  found.observations.forEach((observation, index) => {
    const differences: string[] = [];
    compare(
      comparable(observation),
      comparable(wanted.observations[index]!),
      observation.experiment,
      differences,
    );
    expect(differences).toEqual([]);
  });
}

/** Where two values differ by more than 1e-9, a line each. */
export function differencesOf(found: unknown, wanted: unknown): readonly string[] {
  const differences: string[] = [];
  compare(found, wanted, "", differences);
  return differences;
}

function comparable({ sources, ...rest }: Observation): unknown {
  return {
    ...rest,
    sources: sources.map(({ source, rows, first, last }) => ({ source, rows, first, last })),
  };
}

function compare(found: unknown, wanted: unknown, path: string, differences: string[]): void {
  if (typeof found === "number" && typeof wanted === "number") {
    const scale = Math.max(1, Math.abs(found), Math.abs(wanted));
    if (!Object.is(found, wanted) && !(Math.abs(found - wanted) <= 1e-9 * scale))
      differences.push(`${path}: ${found}, not ${wanted}`);
  } else if (typeof found === "object" && found !== null && typeof wanted === "object" && wanted !== null) {
    const [left, right] = [Object.entries(found), new Map(Object.entries(wanted))];
    if (left.length !== right.size) differences.push(`${path}: ${left.length} parts, not ${right.size}`);
    for (const [key, value] of left) compare(value, right.get(key), `${path}.${key}`, differences);
  } else if (!Object.is(found, wanted)) differences.push(`${path}: ${found}, not ${wanted}`);
}
