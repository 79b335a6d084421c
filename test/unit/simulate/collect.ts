import type { Project } from "../../../src/model/project.ts";
import type { SimulatedEffect, SimulationOptions } from "../../../src/simulate/options.ts";
import { type Simulation, simulate } from "../../../src/simulate/simulate.ts";
import type { Cell } from "../../../src/simulate/table.ts";

export type Fact = Readonly<Record<string, Cell>>;

export function optionsOf(parts: Partial<SimulationOptions> = {}): SimulationOptions {
  return { seed: 1, units: 2000, effects: [], experiments: [], ...parts };
}

/** A simulation that has no problem. */
export function simulationOf(project: Project, parts: Partial<SimulationOptions> = {}): Simulation {
  const simulation = simulate(project, optionsOf(parts));
  if (simulation.kind === "problem") throw new Error(simulation.message);
  return simulation;
}

/** All rows of a table, by column name. */
export function rowsOf(simulation: Simulation, source: string): readonly Fact[] {
  const table = simulation.tables.find((one) => one.source === source)!;
  return [...table.batches()]
    .flat()
    .map((row) => Object.fromEntries(table.columns.map(({ name }, index) => [name, row[index]!])));
}

export interface UnitOutcome {
  readonly unit: string;
  readonly variant: string;
  readonly start: number;
  readonly events: readonly Fact[];
}

/** The plainest analysis: first exposures that are neither forced nor bots, and what came after within a window. */
export function outcomesOf(
  simulation: Simulation,
  experiment: string,
  window: number,
  idColumn = "user_id",
): readonly UnitOutcome[] {
  const units = new Map<string, UnitOutcome & { events: Fact[] }>();
  for (const row of rowsOf(simulation, "exposures")) {
    if (row.experiment !== experiment || row.is_forced === true || row.isBot === true) continue;
    const unit = String(row[idColumn]);
    const start = Number(row.ts);
    if (start < (units.get(unit)?.start ?? Number.POSITIVE_INFINITY)) {
      units.set(unit, { unit, variant: String(row.variant), start, events: [] });
    }
  }
  for (const row of rowsOf(simulation, "app")) {
    const unit = units.get(String(row[idColumn]));
    const after = unit === undefined ? -1 : Number(row.ts) - unit.start;
    if (after >= 0 && after <= window) unit!.events.push(row);
  }
  return [...units.values()];
}

export function effect(variant: string, metric: string, change: number): SimulatedEffect {
  return { variant, metric, change };
}

export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function deviation(values: readonly number[]): number {
  const center = average(values);
  return Math.sqrt(average(values.map((value) => (value - center) ** 2)));
}
