/** A project with one experiment, as files; a test says what differs. */
export interface TrialFiles {
  readonly status?: string;
  readonly iteration?: number;
  readonly mde?: string;
  readonly weights?: readonly [string, string];
  readonly rollout?: string;
  readonly end?: string;
  readonly description?: string;
}

export const EXPERIMENT = "experiments/checkout-v2.yaml";
export const METRIC = "experiments/metrics/checkout-conversion.yaml";
export const PROJECT = "experiments/project.yaml";

export function experimentText(files: TrialFiles = {}): string {
  const {
    status = "running",
    iteration,
    mde = "18%",
    weights = ["50%", "50%"],
    rollout,
    end,
    description,
  } = files;
  return [
    "name: Checkout v2",
    ...(description === undefined ? [] : [`description: ${description}`]),
    "owner: team-checkout",
    "hypothesis: Fewer steps convert better.",
    `status: ${status}`,
    ...(iteration === undefined ? [] : [`iteration: ${iteration}`]),
    "start: 2026-01-05",
    `end: ${end ?? "2026-02-15"}`,
    "removeBy: 2026-06-01",
    "unit: user",
    ...(rollout === undefined ? [] : [`rollout: ${rollout}`]),
    "variants:",
    "  control:",
    `    weight: ${weights[0]}`,
    "  one-page:",
    `    weight: ${weights[1]}`,
    "metrics:",
    "  primary: checkout-conversion",
    `mde: ${mde}`,
    "",
  ].join("\n");
}

export function metricText(window = "7d", name = "Checkout conversion"): string {
  return [
    `name: ${name}`,
    "kind: conversion",
    "event: purchase",
    "better: higher",
    `window: ${window}`,
    "baseline:",
    "  rate: 4.9%",
    "",
  ].join("\n");
}

export function projectText(alpha?: string): string {
  return [
    "name: acme-shop",
    "units:",
    "  user:",
    "    id: userId",
    "    newPerDay: 2000",
    "events:",
    "  purchase:",
    "    units: [user]",
    ...(alpha === undefined ? [] : ["defaults:", `  alpha: ${alpha}`]),
    "",
  ].join("\n");
}

/** All files of the project, the experiment as said. */
export function trialFiles(files: TrialFiles = {}): Record<string, string> {
  return { [PROJECT]: projectText(), [METRIC]: metricText(), [EXPERIMENT]: experimentText(files) };
}
