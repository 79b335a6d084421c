import type { Project } from "../model/project.ts";
import type { Warehouse } from "../model/warehouse.ts";
import { eventTable } from "./event-table.ts";
import { exposureTable } from "./exposure-table.ts";
import { problem, type SimulationOptions, type SimulationProblem } from "./options.ts";
import { perUnitTable } from "./per-unit-table.ts";
import { selectExperiments } from "./selection.ts";
import type { SimulatedTable } from "./table.ts";
import { type TrueEffect, truthOf } from "./truth.ts";
import { createWorld, type World } from "./world.ts";

/** Data as the project's warehouse would hold them, and what analysis should find in them. */
export interface Simulation {
  readonly kind: "simulation";
  /** One per source of the warehouse. */
  readonly tables: readonly SimulatedTable[];
  readonly truth: readonly TrueEffect[];
}

/**
 * Seeded worlds with known truth: each experiment's units arrive evenly from `start` to the end of `end`, are
 * assigned by the runtime, and act by the baselines of the metrics that read them. Without effects every
 * variant is the control. Pure: rows are generated as they are read.
 */
export function simulate(project: Project, options: SimulationOptions): Simulation | SimulationProblem {
  const { warehouse } = project;
  if (warehouse === null)
    return problem("the project declares no `warehouse`, so there is no form for the data");
  const experiments = selectExperiments(project, options);
  if ("kind" in experiments) return experiments;
  if (
    warehouse.layout.kind === "per-unit" &&
    warehouse.layout.columns.experiment === null &&
    experiments.length > 1
  ) {
    return problem("the table has no column for the experiment, so it can hold one: name it");
  }
  const worlds = experiments.map((experiment) => createWorld(experiment, project, options));
  return {
    kind: "simulation",
    tables: tablesOf(project, warehouse, worlds),
    truth: worlds.flatMap(({ experiment, doings }) => truthOf(experiment, doings, options.effects)),
  };
}

function tablesOf(
  project: Project,
  { layout }: Warehouse,
  worlds: readonly World[],
): readonly SimulatedTable[] {
  if (layout.kind === "per-unit") return [perUnitTable(project, layout, worlds)];
  return [
    exposureTable(project, layout, worlds),
    ...layout.events.map((source) => eventTable(project, source, worlds)),
  ];
}
