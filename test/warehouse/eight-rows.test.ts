import { expect, test } from "vitest";
import { countMature } from "../../src/query/count-mature.ts";
import { enrol } from "../../src/query/enrol.ts";
import { momentsOfMetrics } from "../../src/query/moments-of-metrics.ts";
import { prepareSources } from "../../src/query/prepare-sources.ts";
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

const EXPOSURES = `experiment,user,variant,time
checkout,1,control,2023-01-01 10:00
checkout,2,control,2023-01-01 10:05
checkout,3,variant,2023-01-01 11:00
checkout,4,variant,2023-01-02 09:00
checkout,5,control,2023-01-02 12:00
checkout,3,control,2023-01-03 12:00
`;

const EVENTS = `user,event,amount,time
1,view,,2023-01-01 10:01
1,purchase,30,2023-01-02 08:00
2,view,,2023-01-01 10:06
3,view,,2023-01-01 11:05
3,purchase,20,2023-01-08 12:00
4,view,,2023-01-02 09:10
4,purchase,50,2023-01-02 10:00
5,view,,2023-01-10 12:00
`;

test("eight rows of exposures and events give the numbers that a person counts", async () => {
  const files = new Map([
    ["exposures", [workspace.write("exposures.csv", EXPOSURES)]],
    ["app", [workspace.write("events.csv", EVENTS)]],
  ]);
  const experiment = sampleExperiment(
    ["control", "variant"],
    [
      sampleMetric("conversion", "conversion", onEvent("purchase"), 7 * DAY),
      sampleMetric("revenue", "sum", onEvent("purchase", "amount"), 7 * DAY),
    ],
  );
  const project = sampleProject(sampleLayout(), [experiment], [sampleEvent("purchase"), sampleEvent("view")]);
  const engine = await workspace.open();

  const { sources, diagnostics } = await prepareSources(project, files, engine);
  expect(diagnostics).toEqual([]);
  expect(sources!.facts).toMatchObject([
    { source: "exposures", rows: 6, first: "2023-01-01T10:00:00Z", last: "2023-01-03T12:00:00Z" },
    { source: "app", rows: 8, first: "2023-01-01T10:01:00Z", last: "2023-01-10T12:00:00Z" },
  ]);
  const asOf = sources!.lastInstant!;
  expect(new Date(asOf).toISOString()).toBe("2023-01-10T12:00:00.000Z");

  const { enrolled } = await enrol({ project, experiment, sources: sources!, engine, asOf });
  expect(enrolled!.enrolment).toEqual({
    units: [3, 2],
    crossovers: 1,
    excluded: { "no-unit": [0, 0] },
    unknownVariants: [],
  });
  expect(
    await countMature(engine, experiment, enrolled!, [Date.UTC(2023, 0, 8, 10, 30), asOf], [7 * DAY, null]),
  ).toEqual([
    { instant: Date.UTC(2023, 0, 8, 10, 30), window: 7 * DAY, units: [2, 0] },
    { instant: Date.UTC(2023, 0, 8, 10, 30), window: null, units: [3, 2] },
    { instant: asOf, window: 7 * DAY, units: [3, 2] },
    { instant: asOf, window: null, units: [3, 2] },
  ]);

  const { metrics } = await momentsOfMetrics({
    project,
    experiment,
    sources: sources!,
    enrolled: enrolled!,
    engine,
    cutoff: asOf,
  });
  const [conversion, revenue] = metrics!;
  expect(conversion!.arms.map(({ units, means }) => [units, units * means[0]!])).toEqual([
    [3, 1],
    [2, 1],
  ]);
  expect(revenue!.arms.map(({ means }) => means[0])).toEqual([10, 25]);
  expect(revenue!.arms.map(({ second }) => second[0])).toEqual([600, 1250]);
  await engine.close();
});
