// The same experiments, as each tool writes them: two variants, two parameters, an audience that is a file, all running.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const AUDIENCES = 20;
const countries = ["US", "CA", "GB", "DE", "FR", "NO"];

/** Writes `count` experiments to `folder`, for Fairtrial. */
export function writeFairtrialProject(folder, count) {
  write(folder, {
    "experiments/project.yaml": `name: equal
units:
  user:
    id: userId
    newPerDay: 18000
attributes:
  country:
    type: string
    values: [${countries.join(", ")}]
  plan:
    type: string
    values: [free, pro]
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
`,
    "experiments/metrics/conversion.yaml": `name: Conversion
kind: conversion
event: purchase
window: 7d
better: higher
baseline:
  rate: 20%
`,
    ...each(AUDIENCES, (index) => [
      `experiments/audiences/audience-${index}.yaml`,
      `name: Audience ${index}
when:
  country: [${countriesOf(index).join(", ")}]
  plan:
    not: free
`,
    ]),
    ...each(count, (index) => [
      `experiments/experiment-${index}.yaml`,
      `name: Experiment ${index}
description: Steps and headline of flow ${index}.
tags: [flow-${index}]
owner: team-${index % 40}
hypothesis: Fewer steps raise the conversion of flow ${index}.
status: running
start: 2026-11-02
end: 2026-11-08
removeBy: 2027-03-01
unit: user
audience: audience-${index % AUDIENCES}
variants:
  control:
    weight: 50%
    params:
      steps: 3
      headline: Flow ${index}
  shorter:
    weight: 50%
    params:
      steps: 1
      headline: Almost yours
metrics:
  primary: conversion
mde: 10%
`,
    ]),
  });
}

/** Writes experiments that use most of the language to `folder`, on top of an equal project. */
export function writeRichProject(folder, count) {
  writeFairtrialProject(folder, 0);
  write(
    folder,
    each(count, (index) => [
      `experiments/rich-${index}.yaml`,
      `# yaml-language-server: $schema=../schema/experiment.schema.json
name: Rich experiment ${index}
description: All steps of checkout ${index} on one page, with the order's total beside them.
tags:
  - checkout-${index}
owner: team-${index % 40}
hypothesis: >-
  Seeing every step at once raises the conversion of checkout ${index},
  because the length is no longer a surprise.
status: running
iteration: ${(index % 3) + 1}
start: 2026-11-02
end: 2026-11-29
removeBy: 2027-03-01
runsOn: server
unit: user
rollout: 50%
audience:
  all:
    - country: [${countries.join(", ")}]
      plan:
        not: free
    - audience-${index % AUDIENCES}
overrides:
  - variant: one-page
    when:
      country: NO # the office
exposure: explicit
assign: weightedChoice
control: control
default: control
variants:
  control:
    weight: 50%
    params:
      steps: 3
      headline: "Checkout ${index}"
      layout:
        columns: 1
        blocks: [cart, address, payment]
  one-page:
    weight: 25%
    params:
      steps: 1
      headline: "Almost yours"
      layout:
        columns: 2
        blocks: [everything, total]
  two-pages:
    weight: 25%
    params:
      steps: 2
      headline: 'Halfway there'
      layout:
        columns: 1
        blocks: [cart, payment]
metrics:
  primary: conversion
mde: 10%
planning:
  newPerDay: ${20_000 + index}
  baseline:
    rate: 31%
analysis:
  alpha: 5%
  power: 80%
  method: fixed
`,
    ]),
  );
}

/** Writes `count` experiments to `folder`, for Featurevisor 1.x. */
export function writeFeaturevisorProject(folder, count) {
  write(folder, {
    "package.json": '{ "private": true }\n',
    "featurevisor.config.js": 'module.exports = { environments: ["production"], tags: ["all"] };\n',
    "attributes/userId.yml": "type: string\ncapture: true\ndescription: The user.\n",
    "attributes/country.yml": "type: string\ndescription: Where the user is.\n",
    "attributes/plan.yml": "type: string\ndescription: What the user pays for.\n",
    ...each(AUDIENCES, (index) => [
      `segments/audience-${index}.yml`,
      `description: Audience ${index}
conditions:
  - attribute: country
    operator: in
    value: [${countriesOf(index).map((country) => JSON.stringify(country))}]
  - attribute: plan
    operator: notEquals
    value: free
`,
    ]),
    ...each(count, (index) => [
      `features/experiment-${index}.yml`,
      `description: Steps and headline of flow ${index}. Fewer steps raise its conversion.
tags: [all]
bucketBy: userId
variablesSchema:
  - key: steps
    type: integer
    defaultValue: 3
  - key: headline
    type: string
    defaultValue: Flow ${index}
variations:
  - value: control
    weight: 50
  - value: shorter
    weight: 50
    variables:
      - key: steps
        value: 1
      - key: headline
        value: Almost yours
environments:
  production:
    rules:
      - key: everybody
        segments: audience-${index % AUDIENCES}
        percentage: 100
`,
    ]),
  });
}

function countriesOf(index) {
  return countries.filter((_, place) => ((index + 1) >> place) % 2 === 1);
}

function each(count, entry) {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)));
}

function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
