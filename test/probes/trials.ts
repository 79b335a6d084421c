import { compile, manifestEntry } from "../../src/compile.ts";
import {
  type Experiment as AnyExperiment,
  type Arm,
  type Attributes,
  load,
} from "../../src/runtime/index.ts";
import { edited, SHOP } from "../gate/shop.ts";

/** An experiment whose context nobody knows. */
export type Experiment = AnyExperiment<Arm, Attributes>;

/** A running trial's file. `allocation` is its variants or parameters, and whatever else it says. */
export function trial(allocation: string): string {
  return `name: Trial
owner: team-growth
hypothesis: It helps.
status: running
start: 2027-01-04
end: 2027-02-07
removeBy: 2027-06-01
unit: user
${allocation}
metrics:
  primary: conversion
mde: 10%
planning:
  newPerDay: 20000000
`;
}

const PROJECT = "experiments/project.yaml";
const HOLDOUT = "holdout:\n  key: holdout-2027\n  unit: user\n  share: 5%\n";

/** The shop's files with these experiments and no others, and nobody held out. */
function shopWith(experiments: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const others = Object.entries(SHOP).filter(([path]) => !/^experiments\/(?!project)[^/]+$/.test(path));
  const own = Object.entries(experiments).map(([key, text]) => [`experiments/${key}.yaml`, text] as const);
  return { ...Object.fromEntries([...others, ...own]), [PROJECT]: edited(PROJECT, [HOLDOUT, ""]) };
}

/** What the manifest of these files says of their experiments, as the runtime has it. */
export function compiled(experiments: Readonly<Record<string, string>>): ReadonlyMap<string, Experiment> {
  const files = Object.entries(shopWith(experiments)).map(([path, text]) => ({ path, text }));
  const { project, diagnostics } = compile(files);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (!project || errors.length > 0) throw new Error(errors.map(({ code }) => code).join(", "));
  return new Map(
    project.experiments.map((each) => [each.key, load(manifestEntry(each, project)) as Experiment]),
  );
}

export function compiledTrial(allocation: string): Experiment {
  return compiled({ trial: trial(allocation) }).get("trial")!;
}
