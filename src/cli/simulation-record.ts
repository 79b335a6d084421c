import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SimulatedEffect, TrueEffect } from "../simulate.ts";

/** What `simulate` last wrote, kept beside the project so that simulated data are never taken for real ones. */
export interface SimulationRecord {
  readonly formatVersion: 1;
  readonly seed: number;
  readonly units: number;
  readonly effects: readonly SimulatedEffect[];
  /** Relative to the root folder. */
  readonly files: readonly { readonly path: string; readonly rows: number }[];
  readonly truth: readonly TrueEffect[];
}

const PATH = ".fairtrial/simulation.json";

export function readSimulationRecord(root: string): SimulationRecord | null {
  const path = join(root, PATH);
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as SimulationRecord;
  } catch {
    return null;
  }
}

export function writeSimulationRecord(root: string, record: SimulationRecord): void {
  const path = join(root, PATH);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(record, null, 2)}\n`);
}

/** The files that hold simulated rows, relative to the root folder. */
export function simulatedFiles(root: string): ReadonlySet<string> {
  return new Set(readSimulationRecord(root)?.files.map(({ path }) => path));
}
