// The experiments of the assignment and bundle benches, as a user writes them: files in, emitted code out.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

const project = (more = "") => `name: bench
units:
  user:
    id: userId
    newPerDay: 100000
attributes:
  country:
    type: string
    values: [US, CA, GB]
  plan:
    type: string
    values: [free, pro]
  appVersion:
    type: version
  employee:
    type: boolean
layers:
  checkout:
    unit: user
events:
  purchase:
    source: app
    units: [user]
warehouse:
  engine: duckdb
  sources:
    exposures:
      from: data/exposures/*.parquet
      units:
        user: user_id
      columns:
        experiment: experiment
        variant: variant
        timestamp: ts
    app:
      from: data/events/*.parquet
      units:
        user: user_id
      columns:
        event: event
        timestamp: ts
${more}`;

const HOLDOUT = `holdout:
  key: holdout-2026-h2
  unit: user
  share: 2%
`;

const METRIC = `name: Conversion
kind: conversion
event: purchase
window: 7d
better: higher
baseline:
  rate: 20%
`;

const experiment = (name, body) => `name: ${name}
owner: team-checkout
hypothesis: A button that says what comes next is pressed more often.
status: running
start: 2026-11-02
end: 2026-11-29
removeBy: 2027-02-01
unit: user
${body}metrics:
  primary: conversion
mde: 10%
`;

const RULE = `audience:
  country: [US, CA]
`;

const HALVES = `variants:
  control:
    weight: 50%
  treatment:
    weight: 50%
`;

const THIRDS = `variants:
  control:
    weight: 34%
  blue:
    weight: 33%
  green:
    weight: 33%
`;

/** Half and half; three variants and a rule; half and half, one equality rule. */
export const PLAIN = {
  "project.yaml": project(),
  "metrics/conversion.yaml": METRIC,
  "fifty.yaml": experiment("Fifty", HALVES),
  "three-arms.yaml": experiment("Three arms", RULE + THIRDS),
  "one-rule.yaml": experiment("One rule", `audience:\n  country: US\n${HALVES}`),
};

/** Half and half, a rule and a holdout; the design's own example. */
export const HELD_OUT = {
  "project.yaml": project(HOLDOUT),
  "metrics/conversion.yaml": METRIC,
  "rule.yaml": experiment("Rule", RULE + HALVES),
  "one-page-checkout.yaml": experiment(
    "One-page checkout",
    `layer:
  name: checkout
  from: 0%
  to: 40%
audience:
  country: [US, CA]
  plan:
    not: free
  appVersion:
    semver: ">=4.2.0"
overrides:
  - variant: one-page
    when:
      employee: true
variants:
  control:
    weight: 50%
    params:
      steps: 3
      headline: Checkout
  one-page:
    weight: 50%
    params:
      steps: 1
      headline: Almost yours
`,
  ),
};

/** Fifty experiments, of which `one-rule` is one. */
export const FIFTY_EXPERIMENTS = {
  ...PLAIN,
  ...Object.fromEntries(
    Array.from({ length: 47 }, (_, index) => [
      `other-${index}.yaml`,
      experiment(`Other ${index}`, `audience:\n  appVersion:\n    semver: ">=1.${index}.0"\n${THIRDS}`),
    ]),
  ),
};

/** Writes the files to `folder` and builds them: `folder/generated` is what an app imports. */
export function buildProject(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, "experiments", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  // An app's own, or a bundler would believe what a folder above says of side effects.
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const program = join(root, "dist", "cli", "main.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "build"], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`fairtrial build ended with ${status}\n${stdout}\n${stderr}`);
  return join(folder, "generated");
}
