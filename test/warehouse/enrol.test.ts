import { expect, test } from "vitest";
import type { Experiment } from "../../src/model/experiment.ts";
import type { EventLayout } from "../../src/model/warehouse.ts";
import { countMature } from "../../src/query/count-mature.ts";
import { discard, enrol } from "../../src/query/enrol.ts";
import { prepareSources } from "../../src/query/prepare-sources.ts";
import { column } from "../../src/sql/expressions.ts";
import { named, select, table } from "../../src/sql/queries.ts";
import {
  DAY,
  onEvent,
  sampleEvent,
  sampleExperiment,
  sampleLayout,
  sampleMetric,
  sampleProject,
} from "./sample-project.ts";
import { makeWorkspace } from "./workspace.ts";

const workspace = makeWorkspace();
const METRIC = sampleMetric("m", "count", onEvent("view"));

async function run(
  exposures: string,
  options: {
    layout?: EventLayout;
    experiment?: Partial<Experiment>;
    variants?: readonly string[];
    timezone?: string;
    asOf?: number;
    name?: string;
  } = {},
) {
  const timezone = options.timezone ?? "UTC";
  const files = new Map([
    ["exposures", [workspace.write(options.name ?? "exposures.csv", exposures)]],
    ["app", [workspace.write("events.csv", "user,event,time\n1,view,2030-01-01\n")]],
  ]);
  const experiment = sampleExperiment(
    options.variants ?? ["control", "variant"],
    [METRIC],
    options.experiment,
  );
  const project = sampleProject(
    options.layout ?? sampleLayout(),
    [experiment],
    [sampleEvent("view")],
    timezone,
  );
  const engine = await workspace.open(timezone);
  const { sources, diagnostics } = await prepareSources(project, files, engine);
  if (!sources) return { diagnostics, enrolled: null, engine, experiment, warnings: [] };
  const asOf = options.asOf ?? sources.lastInstant;
  const result = await enrol({ project, experiment, sources, engine, asOf });
  return { diagnostics, enrolled: result.enrolled, warnings: result.diagnostics, engine, experiment };
}

test("each row is left out for one reason, counted by variant", async () => {
  const layout = sampleLayout({
    columns: {
      experiment: "experiment",
      variant: "variant",
      iteration: "iteration",
      timestamp: "time",
      forced: "forced",
      specHash: null,
    },
    exclude: [
      { column: "bot", values: [true] },
      { column: "agent", values: ["crawler", "spider"] },
    ],
  });
  const { enrolled, warnings } = await run(
    `experiment,iteration,user,variant,time,forced,bot,agent
checkout,1,1,control,2026-11-02T00:00:00Z,false,false,x
checkout,1,2,variant,2026-11-29T23:59:59.999999Z,,,
other,1,3,variant,2026-11-03T00:00:00Z,,,
checkout,2,4,variant,2026-11-03T00:00:00Z,,,
checkout,,4,variant,2026-11-03T00:00:00Z,,,
checkout,1,5,variant,2026-11-03T00:00:00Z,true,true,
checkout,1,6,control,2026-11-03T00:00:00Z,false,true,
checkout,1,6,control,2026-11-03T00:00:00Z,,,spider
checkout,1,,control,2026-11-03T00:00:00Z,,,
checkout,1,"",control,2026-11-03T00:00:00Z,,,
checkout,1,7,control,2026-11-01T23:59:59Z,,,
checkout,1,8,variant,2026-11-30T00:00:00Z,,,
checkout,1,9,typo,2026-11-03T00:00:00Z,,,
checkout,1,9,typo,2026-11-03T00:00:00Z,,,
checkout,1,9,Control,2026-11-03T00:00:00Z,,,
checkout,1,9,,2026-11-03T00:00:00Z,,,
`,
    { layout, experiment: { start: "2026-11-02", end: "2026-11-29" } },
  );
  expect(enrolled!.enrolment).toEqual({
    units: [1, 1],
    crossovers: 0,
    excluded: {
      "other-iteration": [0, 2],
      forced: [0, 1],
      bots: [2, 0],
      "no-unit": [2, 0],
      "before-start": [1, 0],
      "after-end": [0, 1],
    },
    unknownVariants: ["typo", "Control", ""],
  });
  expect(warnings.map(({ code, args }) => [code, args.rows])).toEqual([["data/unknown-variant", 4]]);
});

test("reasons that cannot occur are not listed", async () => {
  const { enrolled } = await run("experiment,user,variant,time\ncheckout,1,control,2026-11-02\n");
  expect(Object.keys(enrolled!.enrolment.excluded)).toEqual(["no-unit"]);
});

test("days begin and end in the project's timezone, and so do timestamps without a zone", async () => {
  const { enrolled } = await run(
    `experiment,user,variant,time
checkout,1,control,2026-11-01 23:59:59
checkout,2,control,2026-11-02 00:00:00
checkout,3,control,2026-11-02T04:59:59Z
checkout,4,control,2026-11-02T05:00:00Z
checkout,5,variant,2026-11-02 23:59:59
checkout,6,variant,2026-11-03 00:00:00
`,
    { timezone: "America/New_York", experiment: { start: "2026-11-02", end: "2026-11-02" } },
  );
  expect(enrolled!.enrolment.units).toEqual([2, 1]);
  expect(enrolled!.enrolment.excluded).toMatchObject({ "before-start": [2, 0], "after-end": [0, 1] });
});

test("a unit belongs to its first variant; at the same instant the lower index; later rows make it a crossover", async () => {
  const { enrolled, engine } = await run(
    `experiment,user,variant,time
checkout,late,control,2026-11-03
checkout,late,variant,2026-11-02
checkout,tie,variant,2026-11-02
checkout,tie,control,2026-11-02
checkout,same,variant,2026-11-04
checkout,same,variant,2026-11-02
checkout,old,variant,1969-12-31T23:59:59.999999Z
checkout,old,control,1970-01-01
`,
  );
  expect(enrolled!.enrolment).toMatchObject({ units: [1, 3], crossovers: 3 });
  expect(enrolled!.earliest).toBe(-1n);
  await discard(engine, enrolled!);
  await expect(
    engine.run(select({ columns: [named("x", column("unit"))], from: table(enrolled!.table!) })),
  ).rejects.toThrow();
});

test("ids are exact: case, spaces, leading zeros, code points", async () => {
  const ids = [
    "a",
    "A",
    "a ",
    "01",
    "1",
    "1.0",
    "é",
    "é",
    "🙂",
    "ﬀ",
    "ff",
    "İ",
    "i",
    "'; drop table x; --",
    "%",
    "null",
    "NaN",
  ];
  const rows = ids.map((id) =>
    JSON.stringify({ experiment: "checkout", user: id, variant: "control", time: "2026-11-02" }),
  );
  const { enrolled } = await run(`${rows.join("\n")}\n`, { name: "exposures.ndjson" });
  expect(enrolled!.enrolment.units).toEqual([new Set(ids).size, 0]);
});

test("exposures after the asked instant have not happened", async () => {
  const exposures = `experiment,user,variant,time
checkout,1,control,2026-11-02T00:00:00Z
checkout,2,control,2026-11-03T00:00:00.000001Z
checkout,1,variant,2026-11-04T00:00:00Z
`;
  const { enrolled } = await run(exposures, { asOf: Date.UTC(2026, 10, 3) });
  expect(enrolled!.enrolment).toMatchObject({ units: [1, 0], crossovers: 0 });
});

test("without timestamps all units are mature, and the lowest variant is the first", async () => {
  const layout = sampleLayout({
    columns: {
      experiment: "experiment",
      variant: "variant",
      iteration: null,
      timestamp: null,
      forced: null,
      specHash: null,
    },
  });
  const { enrolled, engine, experiment } = await run(
    "experiment,user,variant\ncheckout,1,variant\ncheckout,1,control\ncheckout,2,variant\n",
    { layout, experiment: { start: "2026-11-02", end: "2026-11-29" } },
  );
  expect(enrolled!.enrolment).toMatchObject({ units: [1, 1], crossovers: 1 });
  expect(await countMature(engine, experiment, enrolled!, [0], [7 * DAY])).toEqual([
    { instant: 0, window: 7 * DAY, units: [1, 1] },
  ]);
});

test.each([1, 2, 3, 32, 33, 62, 63, 130])("%i variants are told apart", async (count) => {
  const variants = Array.from({ length: count }, (_, index) => `v${index}`);
  const rows = variants.flatMap((variant, index) =>
    Array.from({ length: (index % 3) + 1 }, (_, row) => `checkout,${variant}-${row},${variant},9999-12-31`),
  );
  const crossed = count > 1 ? [`checkout,v0-0,v${count - 1},9999-12-31`] : [];
  const { enrolled } = await run(`experiment,user,variant,time\n${[...rows, ...crossed].join("\n")}\n`, {
    variants,
  });
  expect(enrolled!.enrolment.units).toEqual(variants.map((_, index) => (index % 3) + 1));
  expect(enrolled!.enrolment.crossovers).toBe(count > 1 ? 1 : 0);
});

test("an experiment of nobody has empty arms", async () => {
  const { enrolled } = await run("experiment,user,variant,time\nother,1,control,2026-11-02\n");
  expect(enrolled!.enrolment).toMatchObject({ units: [0, 0], crossovers: 0 });
});

test("a unit without a column is reported", async () => {
  const unit = { key: "org", id: "orgId", newPerDay: null };
  const { warnings } = await run("experiment,user,variant,time\ncheckout,1,control,2026-11-02\n", {
    experiment: { unit },
  });
  expect(warnings.map(({ code, place }) => [code, place.path])).toEqual([
    ["data/unmapped-unit", ["warehouse", "sources", "exposures", "units"]],
  ]);
});
