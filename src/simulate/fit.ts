import type { Baseline } from "../model/metric.ts";
import { type Level, VALUE_SPREAD } from "./level.ts";
import { levelOfQuantile } from "./quantile-level.ts";
import type { Reader } from "./reader.ts";

/** How units act where nothing changes: some act, each 1 + Poisson times, at a level of their own. */
export interface Fit {
  /** Share of units that act. */
  readonly rate: number;
  /** Rows of a unit that acts, at least 1 on average. */
  readonly perActor: number;
  /** By value property: mean and standard deviation, between units, of a unit's level. */
  readonly levels: ReadonlyMap<string, Level>;
}

const DEFAULT_RATE = 0.3;
const DEFAULT_PER_ACTOR = 1.4;
const DEFAULT_LEVEL: Level = { mean: 20, standardDeviation: 15 };
/** Of values that are winsorized. */
const HEAVY_LEVEL: Level = { mean: 20, standardDeviation: 60 };

type MeanBaseline = Extract<Baseline, { kind: "mean" }>;

/** The activity whose first two moments are those of the readers' baselines: the rate first, then counts, then values. */
export function fitReaders(readers: readonly Reader[]): Fit {
  const { rate, perActor } = fitActors(readers);
  return { rate, perActor, levels: fitLevels(readers, rate, perActor) };
}

function fitActors(readers: readonly Reader[]): { readonly rate: number; readonly perActor: number } {
  const known = knownRate(readers);
  const count = meanBaseline(readers, "count");
  const sum = meanBaseline(readers, "sum");
  if (count !== null && known === null) return fitCount(count);
  if (count !== null && known !== null) {
    return { rate: known, perActor: known > 0 ? Math.max(1, count.mean / known) : 1 };
  }
  const perActor = isColumn(readers) ? 1 : DEFAULT_PER_ACTOR;
  if (known === null && sum !== null) return fitSum(sum, perActor);
  return { rate: known ?? DEFAULT_RATE, perActor };
}

function knownRate(readers: readonly Reader[]): number | null {
  const conversion = readers.find(({ baseline }) => baseline?.kind === "rate");
  if (conversion?.baseline?.kind === "rate") return conversion.baseline.rate;
  return meanBaseline(readers, "mean")?.reporting ?? null;
}

/** Rate p and rows per actor g with p·g = μ and p·(g² + g − 1) = σ² + μ²; as near as possible where p would exceed 1. */
function fitCount({ mean, standardDeviation }: MeanBaseline): { rate: number; perActor: number } {
  if (!(mean > 0)) return { rate: 0, perActor: 1 };
  const excess = Math.max(0, standardDeviation ** 2 / mean + mean - 1);
  const perActor = (excess + Math.sqrt(excess ** 2 + 4)) / 2;
  if (mean > perActor) return { rate: 1, perActor: mean };
  return { rate: mean / perActor, perActor };
}

/** The share of actors with which levels of a coefficient of variation of 0.6 give the total's; all, each once, for less. */
function fitSum(
  { mean, standardDeviation }: MeanBaseline,
  perActor: number,
): { rate: number; perActor: number } {
  if (mean === 0) return { rate: DEFAULT_RATE, perActor };
  const squaredRows = (perActor ** 2 + perActor - 1) / perActor ** 2;
  const rate = (squaredRows * (1 + 0.6 ** 2)) / (1 + (standardDeviation / mean) ** 2);
  return rate >= 1 ? { rate: 1, perActor: 1 } : { rate, perActor };
}

function fitLevels(readers: readonly Reader[], rate: number, perActor: number): ReadonlyMap<string, Level> {
  const levels = new Map<string, Level>();
  for (const { metric, baseline } of readers) {
    const property = metric.input.kind === "event" ? metric.input.value : metric.input.column;
    if (metric.kind !== "quantile" || baseline?.kind !== "quantile" || property === null) continue;
    if (!levels.has(property) && rate > 0)
      levels.set(property, levelOfQuantile(baseline, metric.quantile, rate, perActor));
  }
  for (const kind of ["mean", "sum", "quantile"] as const) {
    for (const { metric, baseline } of readers) {
      const property = metric.input.kind === "event" ? metric.input.value : metric.input.column;
      if (metric.kind !== kind || property === null || levels.has(property)) continue;
      const usable = baseline?.kind === "mean" && rate > 0;
      const levelOf = kind === "mean" ? levelOfAverage : levelOfSum;
      const assumed = metric.kind !== "quantile" && metric.winsorize !== null ? HEAVY_LEVEL : DEFAULT_LEVEL;
      levels.set(property, usable ? levelOf(baseline, rate, perActor) : assumed);
    }
  }
  return levels;
}

/** With a level L and N values around it: E[T²] = E[L²]·(E[N²] + c²·E[N]) for the total T, c the spread of values. */
function levelOfSum({ mean, standardDeviation }: MeanBaseline, rate: number, perActor: number): Level {
  const rows = rate * perActor;
  const squaredRows = rate * (perActor ** 2 + perActor - 1);
  const level = mean / rows;
  const squared = (standardDeviation ** 2 + mean ** 2) / (squaredRows + VALUE_SPREAD ** 2 * rows);
  return atLeastSome(level, squared - level ** 2);
}

/** Var = Var(L) + c²·E[L²]·E[1/N] for the average of N values around L. */
function levelOfAverage({ mean, standardDeviation }: MeanBaseline, _rate: number, perActor: number): Level {
  const extra = perActor - 1;
  const noise = VALUE_SPREAD ** 2 * (extra > 0 ? -Math.expm1(-extra) / extra : 1);
  return atLeastSome(mean, (standardDeviation ** 2 - noise * mean ** 2) / (1 + noise));
}

function atLeastSome(mean: number, variance: number): Level {
  return { mean, standardDeviation: Math.sqrt(Math.max(variance, (mean / 10) ** 2)) };
}

function meanBaseline(readers: readonly Reader[], kind: "count" | "sum" | "mean"): MeanBaseline | null {
  for (const { metric, baseline } of readers) {
    if (metric.kind === kind && baseline?.kind === "mean") return baseline;
  }
  return null;
}

function isColumn(readers: readonly Reader[]): boolean {
  return readers.every(({ metric }) => metric.input.kind === "column");
}
