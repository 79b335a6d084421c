import type { CalibrationReport } from "../calibration/calibrate.ts";
import type { Check } from "../calibration/check.ts";

type Scenario = CalibrationReport["scenarios"][number];

/** Scenarios of one topic, in the order of the report. */
export interface CalibrationTopic {
  readonly topic: string;
  readonly scenarios: readonly Scenario[];
}

export function topicsOf({ scenarios }: CalibrationReport): readonly CalibrationTopic[] {
  const topics = new Map<string, Scenario[]>();
  for (const scenario of scenarios)
    topics.set(scenario.topic, [...(topics.get(scenario.topic) ?? []), scenario]);
  return [...topics].map(([topic, found]) => ({ topic, scenarios: found }));
}

/** What heads the cells of a check. */
export const CHECK_HEAD: readonly string[] = ["claim", "promised", "found", "believed", "worlds"];

export function checkCells(check: Check): readonly string[] {
  const { claim, promised, found, worlds } = check;
  return [
    claim,
    rate(promised),
    `${rate(found)}${check.inBand ? "" : " ✗"}`,
    believed(check),
    worlds === null ? "all" : worlds.toLocaleString("en"),
  ];
}

/** What turned data into numbers, in words. */
export function throughWords({ through }: Scenario): string {
  if (through === "statistics") return "the functions of `statistics`";
  return through === "verdict" ? "the verdict" : "the estimation of `analyze`";
}

/** How it went, in a line. */
export function calibrationSummary({ scenarios, passes, seed }: CalibrationReport): string {
  const abuses = scenarios.filter(({ negativeControl }) => negativeControl);
  const checks = scenarios.flatMap((scenario) => (scenario.negativeControl ? [] : scenario.checks));
  const held = checks.filter(({ inBand }) => inBand).length;
  const seen = abuses.filter((scenario) => scenario.passes).length;
  const counts = `${held} of ${checks.length} claims hold, ${seen} of ${abuses.length} known abuses are seen`;
  return `${passes ? "✓" : "✗"} ${counts} (seed ${seed})`;
}

function believed({ least, most }: Check): string {
  if (least === null) return `≤ ${rate(most ?? 1)}`;
  return most === null ? `≥ ${rate(least)}` : `${rate(least)} to ${rate(most)}`;
}

function rate(value: number): string {
  return value.toFixed(4);
}
