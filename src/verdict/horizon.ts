import { addDays, dayOf, startOfDay } from "../model/calendar.ts";
import { groupsOf } from "../model/contrasts.ts";
import type { Experiment } from "../model/experiment.ts";
import type { ExperimentPlan } from "../plan/plan.ts";

/** How many units of each variant were exposed so early that `window` had passed by `instant`. */
export interface Maturity {
  readonly instant: number;
  /** Milliseconds; null: no window, mature at exposure. */
  readonly window: number | null;
  /** In the experiment's order of variants. */
  readonly units: readonly number[];
}

/** When a trial is decided. Instants are milliseconds since 1970. */
export interface Horizon {
  readonly reached: boolean;
  /** The last day whose data decide; while not reached, the latest that it can be; null where it cannot be told. */
  readonly day: string | null;
  readonly by: "planned-units" | "end" | "final-data" | null;
  /** Where decision data are clipped: the horizon, or `asOf` before it. Null: data without timestamps, all of them. */
  readonly cutoff: number | null;
}

interface Schedule {
  readonly experiment: Experiment;
  /** IANA name: days are the project's. */
  readonly timezone: string;
  /** Up to when data are complete; null for data without timestamps. */
  readonly asOf: number | null;
}

/** The windows whose maturity decides: those of the primary and the guardrails, each once. */
export function decisionWindows(experiment: Experiment): readonly (number | null)[] {
  const { primary, guardrails } = experiment;
  return [...new Set([primary, ...guardrails].map(({ metric }) => metric.window))];
}

/**
 * The instants at which a trial could have ended with its planned units: midnights every 7 days from `start`,
 * from `minDays` on, not after `asOf` and before the scheduled end; ten years of them at most.
 */
export function horizonCandidates(schedule: Schedule): readonly number[] {
  const { experiment, timezone, asOf } = schedule;
  if (asOf === null || experiment.start === null) return [];
  const latest = scheduledEnd(experiment, timezone) ?? Number.POSITIVE_INFINITY;
  const candidates: number[] = [];
  const firstWeek = Math.max(1, Math.ceil(experiment.analysis.minDays / 7));
  for (let week = firstWeek; week <= firstWeek + 520; week++) {
    const instant = startOfDay(addDays(experiment.start, 7 * week), timezone);
    if (instant > asOf || instant >= latest) break;
    candidates.push(instant);
  }
  return candidates;
}

/** The ends of a run's days before the cutoff: the looks that any design can take. Ten years of them at most. */
export function endsOfDays(schedule: Schedule, cutoff: number | null): readonly number[] {
  const { start } = schedule.experiment;
  if (cutoff === null || start === null) return [];
  const ends: number[] = [];
  for (let day = 1; day <= 3653; day++) {
    const instant = startOfDay(addDays(start, day), schedule.timezone);
    if (instant >= cutoff) break;
    ends.push(instant);
  }
  return ends;
}

/**
 * The first candidate at which every arm has its planned mature units for the primary and every guardrail (of main
 * effects, every value of a parameter: all variants that have it, together); else
 * the scheduled end, `end` plus the longest of their windows (A.18). A metric that the plan could not size
 * leaves the scheduled end only. Data without timestamps are final.
 */
export function findHorizon(
  input: Schedule & { readonly plan: ExperimentPlan; readonly maturity: readonly Maturity[] },
): Horizon {
  const { experiment, timezone, asOf } = input;
  if (asOf === null) return { reached: true, day: null, by: "final-data", cutoff: null };
  const lastDay = (instant: number) => dayOf(instant - 1, timezone);
  const planned = horizonCandidates(input).find((instant) => hasPlannedUnits(input, instant));
  if (planned !== undefined) {
    return { reached: true, day: lastDay(planned), by: "planned-units", cutoff: planned };
  }
  const scheduled = scheduledEnd(experiment, timezone);
  if (scheduled === null) return { reached: false, day: null, by: null, cutoff: asOf };
  const reached = asOf >= scheduled;
  return { reached, day: lastDay(scheduled), by: "end", cutoff: reached ? scheduled : asOf };
}

/** The instant at which the last decision window closes; null without an end. */
function scheduledEnd(experiment: Experiment, timezone: string): number | null {
  if (experiment.end === null) return null;
  const longest = Math.max(...decisionWindows(experiment).map((window) => window ?? 0));
  return startOfDay(addDays(experiment.end, 1), timezone) + longest;
}

function hasPlannedUnits(
  input: {
    readonly experiment: Experiment;
    readonly plan: ExperimentPlan;
    readonly maturity: readonly Maturity[];
  },
  instant: number,
): boolean {
  const { experiment, plan, maturity } = input;
  return [experiment.primary, ...experiment.guardrails].every(({ metric }, index) => {
    const role = index === 0 ? "primary" : "guardrail";
    const needed = plan.sizes.find(
      (size) => size.metric === metric.key && size.role === role,
    )?.unitsPerVariant;
    const mature = maturity.find(
      (found) => found.instant === instant && found.window === metric.window,
    )?.units;
    if (needed == null || mature === undefined) return false;
    return groupsOf(experiment).every(({ cells }) => {
      const open = cells.filter((cell) => experiment.variants[cell]?.dropped === undefined);
      const total = (units: readonly number[]) => open.reduce((sum, cell) => sum + (units[cell] ?? 0), 0);
      return total(mature) >= total(needed);
    });
  });
}
