import { expect, test } from "vitest";
import { compileSample, summaries } from "./sample-files.ts";

const running = (name: string, lines: string) => `name: ${name}
owner: team
hypothesis: It is better.
status: running
start: 2026-11-02
end: 2026-11-29
removeBy: 2027-10-01
variants: { control: {}, new: {} }
mde: 5%
${lines}`;

const USER = "unit: user\nmetrics: { primary: conversion }\n";

/** Two running experiments beside the sample's, which has other tags and another layer. */
function found(first: string, second: string): readonly string[] {
  const compilation = compileSample({
    "one-page.yaml": [["status: running", "status: draft"]],
    "first.yaml": running("First", first),
    "second.yaml": running("Second", second),
  });
  return summaries(compilation).filter((summary) => !summary.startsWith("layer/will-overlap"));
}

test.each([
  ["a common tag", `${USER}tags: [a, b]\n`, `${USER}tags: [b]\n`, "second.yaml: [b]"],
  ["the primary metric, where one has no tags", `${USER}tags: [a]\n`, USER, "second.yaml: conversion"],
  [
    "told at the one without a layer",
    USER,
    `${USER}layer: { name: checkout, from: 0%, to: 10% }\n`,
    "first.yaml: conversion",
  ],
  [
    "audiences of which one unit can be in both",
    `${USER}audience: { country: [US, CA] }\n`,
    `${USER}audience: { country: [CA, GB], age: 30 }\n`,
    "second.yaml: conversion",
  ],
])("warned of: %s", (_, first, second, place) => {
  expect(found(first, second)).toEqual([`layer/shared-surface @ ${place}`]);
});

test.each([
  ["other tags", `${USER}tags: [a]\n`, `${USER}tags: [b]\n`],
  ["another metric", USER, "unit: user\nmetrics: { primary: revenue }\n"],
  [
    "one layer",
    `${USER}layer: { name: checkout, from: 0%, to: 10% }\n`,
    `${USER}layer: { name: checkout, from: 10%, to: 20% }\n`,
  ],
  ["audiences apart", `${USER}audience: { country: US }\n`, `${USER}audience: { country: [CA, GB] }\n`],
])("not warned of: %s", (_, first, second) => {
  const codes = found(first, second);
  expect(codes.filter((code) => code.startsWith("layer/shared-surface"))).toEqual([]);
});

test("a draft meets nobody yet", () => {
  const draft = running("Second", USER).replace("status: running", "status: draft");
  const files = { "one-page.yaml": null, "first.yaml": running("First", USER), "second.yaml": draft };
  expect(summaries(compileSample(files))).toEqual([]);
});

test("hundreds on one surface are one finding each, which names three", () => {
  const files = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [`e${index + 100}.yaml`, running("One", USER)]),
  );
  const { diagnostics } = compileSample({
    "one-page.yaml": [["status: running", "status: draft"]],
    ...files,
  });
  const surfaces = diagnostics.filter(({ code }) => code === "layer/shared-surface");
  expect(surfaces).toHaveLength(299);
  expect(surfaces.at(-1)?.args.others).toEqual(["`e100`", "`e101`", "`e102`", "others"]);
});
