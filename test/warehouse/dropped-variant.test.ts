import { expect, test } from "vitest";
import { fairtrial, temporaryFolder, writeFiles } from "../command-line.ts";

const PROJECT = `name: shop
units:
  user: { id: userId }
events:
  purchase: { source: app, units: [user] }
warehouse:
  engine: duckdb
  sources:
    exposures:
      from: data/exposures.csv
      units: { user: user }
      columns: { experiment: experiment, variant: variant, timestamp: time }
    app:
      from: data/events.csv
      units: { user: user }
      columns: { event: event, timestamp: time }
`;
const METRIC = `kind: conversion
name: Buys
better: higher
event: purchase
window: 1d
baseline: { rate: 50% }
`;
const experiment = (red: string, more = "") => `name: Colours
owner: me
hypothesis: Colours sell.
status: stopped
start: 2026-03-01
end: 2026-03-31
unit: user
variants:
  control: { weight: 40%, params: { price: 3 } }
  blue: { weight: 40%, params: { price: 2 } }
  red: { ${red}weight: 20%, params: { price: 1 } }
metrics: { primary: buys }
mde: 30%
${more}`;

/** 400 units in control and in blue over all of March, and 80 in red: 60 by the 12th, 10 each on two later days. */
const rows = [
  ...["control", "blue"].flatMap((variant) =>
    Array.from({ length: 400 }, (_, index) => ({ variant, id: `${variant}${index}`, day: 1 + (index % 27) })),
  ),
  ...Array.from({ length: 80 }, (_, index) => ({
    variant: "red",
    id: `red${index}`,
    day: index < 60 ? 1 + (index % 12) : index < 70 ? 13 : 20,
  })),
];
const exposures = `experiment,user,variant,time\n${rows
  .map(({ variant, id, day }) => `colours,${id},${variant},2026-03-${String(day).padStart(2, "0")} 12:00\n`)
  .join("")}`;
const events = `event,user,time\n${rows
  .filter((_, index) => index % 2 === 0)
  .map(({ id, day }) => `purchase,${id},2026-03-${String(day).padStart(2, "0")} 13:00\n`)
  .join("")}`;

async function analyse(red: string, more = "") {
  const folder = temporaryFolder();
  writeFiles(folder, {
    "experiments/project.yaml": PROJECT,
    "experiments/metrics/buys.yaml": METRIC,
    "experiments/colours.yaml": experiment(red, more),
    "data/exposures.csv": exposures,
    "data/events.csv": events,
  });
  const { stdout, stderr } = await fairtrial(
    folder,
    ...["analyze", "colours", "--as-of", "2026-04-05T00:00:00Z", "--format", "json"],
  );
  return { analysis: stdout === "" ? null : JSON.parse(stdout), stderr };
}

test("a dropped variant counts up to its day, and is in no test", async () => {
  const { analysis } = await analyse("dropped: 2026-03-12, ");
  const { srm, excluded } = analysis.health;
  expect(srm.observed).toEqual({ control: 400, blue: 400, red: 60 });
  expect(srm.expected).toEqual({ control: 400, blue: 400 });
  expect({ status: srm.status, pValue: srm.pValue }).toEqual({ status: "ok", pValue: 1 });
  expect(excluded["after-drop"]).toEqual({ control: 0, blue: 0, red: 20 });
  const [metric] = analysis.metrics;
  expect(
    metric.variants.map(({ variant, units }: { variant: string; units: number }) => [variant, units]),
  ).toEqual([
    ["control", 400],
    ["blue", 400],
    ["red", 60],
  ]);
  expect(metric.comparisons.map(({ variant }: { variant: string }) => variant)).toEqual(["blue"]);
});

test("the same variant, not dropped, spoils the split", async () => {
  const { analysis } = await analyse("");
  expect(analysis.health.srm).toMatchObject({ observed: { red: 80 }, status: "failed" });
  expect(analysis.metrics[0].comparisons).toHaveLength(2);
});

test("a trend over a price leaves the dropped variant out, and says nothing more", async () => {
  const check = async (red: string, doses: readonly number[]) => {
    const { analysis, stderr } = await analyse(red, "analysis: { dose: price }\n");
    expect(stderr).not.toContain("data/not-estimated");
    const { dose, variants } = analysis.metrics[0];
    const prices = new Map([
      [3, "control"],
      [2, "blue"],
      [1, "red"],
    ]);
    expect(dose.levels.map(({ value }: { value: number }) => value)).toEqual(doses);
    for (const { units, value } of dose.levels) {
      const arm = variants.find(({ variant }: { variant: string }) => variant === prices.get(value));
      expect(units).toBe(arm.units);
    }
  };
  await check("", [1, 2, 3]);
  await check("dropped: 2026-03-13, ", [2, 3]);
});

test("values that cannot be listed leave nothing to compare", async () => {
  const folder = temporaryFolder();
  const open = experiment("", "analysis: { dose: price }\n").replace(
    /variants:.*?metrics:/s,
    "parameters: { price: { randomFloat: { min: 1, max: 3 } } }\nmetrics:",
  );
  writeFiles(folder, {
    "experiments/project.yaml": PROJECT,
    "experiments/metrics/buys.yaml": METRIC,
    "experiments/colours.yaml": open,
    "data/exposures.csv": exposures,
    "data/events.csv": events,
  });
  const { stdout, stderr } = await fairtrial(folder, "analyze", "--format", "json");
  expect(JSON.parse(stdout)).toEqual([]);
  expect(stderr).toContain("warning[data/not-estimated]");
});
