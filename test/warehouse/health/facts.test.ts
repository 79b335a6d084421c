import { expect, test } from "vitest";
import type { Experiment } from "../../../src/model/experiment.ts";
import { manifestEntry } from "../../../src/model/manifest.ts";
import type { Project } from "../../../src/model/project.ts";
import type { EventLayout } from "../../../src/model/warehouse.ts";
import { assignmentAuditor } from "../../../src/plan/audit-assignment.ts";
import { enrol } from "../../../src/query/enrol.ts";
import { startOfLook } from "../../../src/query/health/read-again.ts";
import { prepareSources, type Sources } from "../../../src/query/prepare-sources.ts";
import type { SourceRelation } from "../../../src/query/source-relation.ts";
import { assign } from "../../../src/runtime/assign.ts";
import { load } from "../../../src/runtime/load.ts";
import {
  onEvent,
  sampleEvent,
  sampleExperiment,
  sampleLayout,
  sampleMetric,
  sampleProject,
} from "../sample-project.ts";
import { makeWorkspace } from "../workspace.ts";

const workspace = makeWorkspace();
const METRIC = sampleMetric("m", "count", onEvent("view"));
const HASH = "0123456789abcdef".repeat(4);

interface World {
  readonly exposures: string;
  readonly events?: string;
  readonly layout?: EventLayout;
  readonly experiment?: Partial<Experiment>;
  readonly project?: Partial<Project>;
  readonly timezone?: string;
}

async function factsOf(world: World) {
  const { timezone = "UTC", layout = sampleLayout() } = world;
  const events = world.events ?? "user,event,time\n1,view,2030-01-01\n";
  const files = new Map([
    ["exposures", [workspace.write("exposures.csv", world.exposures)]],
    ["app", [workspace.write("events.csv", events)]],
  ]);
  const experiment = sampleExperiment(["control", "variant"], [METRIC], world.experiment);
  const known = sampleProject(layout, [experiment], [sampleEvent("view")], timezone);
  const project = { ...known, ...world.project };
  const engine = await workspace.open(timezone);
  const { sources, diagnostics } = await prepareSources(project, files, engine);
  expect(diagnostics).toEqual([]);
  const auditorOf = (logged: readonly string[]) => assignmentAuditor(experiment, project, logged);
  const asOf = sources!.lastInstant;
  const { enrolled } = await enrol({
    project,
    experiment,
    sources: sources!,
    engine,
    asOf,
    specHash: HASH,
    auditorOf,
  });
  await engine.close();
  return enrolled!.health!;
}

test("units are counted on the day of their first exposure, in the project's timezone, days without any too", async () => {
  const facts = await factsOf({
    timezone: "America/New_York",
    exposures: `experiment,user,variant,time
checkout,1,control,2026-10-31T03:59:59.999999Z
checkout,2,control,2026-10-31T04:00:00Z
checkout,3,variant,2026-11-01T03:59:59Z
checkout,3,variant,2026-11-03T12:00:00Z
checkout,4,variant,2026-11-02T05:00:00Z
checkout,5,variant,2026-11-02T04:59:59Z
checkout,6,control,2026-11-04T05:00:00Z
`,
  });
  expect(facts.byDay).toEqual([
    { day: "2026-10-30", units: [1, 0] },
    { day: "2026-10-31", units: [1, 1] },
    { day: "2026-11-01", units: [0, 1] },
    { day: "2026-11-02", units: [0, 1] },
    { day: "2026-11-03", units: [0, 0] },
    { day: "2026-11-04", units: [1, 0] },
  ]);
});

test("a bot with a hundred rows is one unit; people who chose, and other iterations, are not looked at", async () => {
  const rows = Array.from({ length: 100 }, () => "checkout,1,bot-1,control,2026-11-02,,true");
  const facts = await factsOf({
    layout: sampleLayout({
      columns: { ...sampleLayout().exposures.columns, iteration: "iteration", forced: "forced" },
      exclude: [{ column: "bot", values: [true] }],
      testUnits: { user: ["qa-1", "qa'2"] },
    }),
    experiment: { start: "2026-11-02" },
    exposures: `experiment,iteration,user,variant,time,forced,bot
${rows.join("\n")}
checkout,1,bot-2,variant,2026-11-02,,true
checkout,1,qa-1,variant,2026-11-02,,
checkout,1,qa'2,variant,2026-11-02,,
checkout,1,,control,2026-11-02,,
checkout,1,"",control,2026-11-02,,
checkout,1,early,variant,2026-11-01,,
checkout,1,early,variant,2026-11-01,,
checkout,2,x,variant,2026-11-02,,
checkout,1,y,variant,2026-11-02,true,
checkout,1,z,control,2026-11-02,,
`,
  });
  expect(facts.excludedUnits).toEqual({ bots: [1, 1], "no-unit": [2, 0], "before-start": [0, 1] });
});

test("exposures of another plan are counted, in whatever form the hash was logged", async () => {
  const columns = { ...sampleLayout().exposures.columns, specHash: "spec" };
  const facts = await factsOf({
    layout: sampleLayout({ columns }),
    exposures: `experiment,user,variant,time,spec
checkout,1,control,2026-11-02,${HASH}
checkout,2,control,2026-11-02,${HASH.slice(0, 12)}
checkout,3,variant,2026-11-02,${HASH.slice(0, 7)}
checkout,4,variant,2026-11-02,
checkout,5,variant,2026-11-02,${HASH.slice(0, 8)}
checkout,6,variant,2026-11-02,abc
checkout,,variant,2026-11-02,abc
`,
  });
  expect(facts.otherSpec).toEqual({ rows: [0, 2], of: [2, 4] });
});

const AUDIENCE = { kind: "one-of", attribute: "country", values: ["US"] } as const;
const COUNTRY = { key: "country", type: "string", values: null, private: false } as const;
const OVERRIDE = {
  variant: "variant",
  when: { kind: "one-of", attribute: "country", values: ["NZ"] },
} as const;

/** Three hundred units, each with what the runtime itself gives it; those it gives none have no exposure. */
function assigned(experiment: Partial<Experiment>, attributes: readonly (typeof COUNTRY)[]) {
  const whole = sampleExperiment(["control", "variant"], [METRIC], experiment);
  const project = { ...sampleProject(sampleLayout(), [whole], [sampleEvent("view")]), attributes };
  const loaded = load(manifestEntry({ ...whole, status: "running" }, project));
  return Array.from({ length: 300 }, (_, index) => {
    const context = {
      userId: `user-${index}`,
      country: index % 50 === 49 ? "NZ" : index % 3 === 0 ? "CA" : "US",
    };
    return { ...context, variant: assign(loaded, context).variant };
  }).filter(({ variant }) => variant !== null);
}

const tableOf = (rows: readonly { userId: string; country: string; variant: string | null }[]) =>
  `experiment,user,variant,time,country\n${rows.map(({ userId, country, variant }) => `checkout,${userId},${variant},2026-11-02,${country}`).join("\n")}\n`;

test.each(["running", "stopped"] as const)(
  "audit: a %s experiment's units have what the assignment gives",
  async (status) => {
    const experiment = { audience: AUDIENCE, overrides: [OVERRIDE], rollout: 700_000 };
    const rows = assigned(experiment, [COUNTRY]);
    const layout = sampleLayout({ attributes: ["country"] });
    const project = { attributes: [COUNTRY] };
    const facts = await factsOf({
      exposures: tableOf(rows),
      layout,
      project,
      experiment: { ...experiment, status },
    });
    const controls = rows.filter(({ variant }) => variant === "control").length;
    expect(facts.audit).toEqual({
      basis: "assignment",
      units: [
        [controls, 0, 0],
        [0, rows.length - controls, 0],
      ],
    });
    expect(controls).toBeGreaterThan(40);
  },
);

test("audit: what was logged otherwise is found, and who should have met nothing", async () => {
  const experiment = { audience: AUDIENCE, rollout: 700_000 };
  const rows = assigned(experiment, [COUNTRY]);
  const layout = sampleLayout({ attributes: ["country"] });
  const wrong = rows.map((row, index) => ({
    ...row,
    ...(index < 7 && { variant: row.variant === "control" ? "variant" : "control" }),
    ...(index >= 290 - 200 && index < 95 && { country: "CA" }),
  }));
  const counts = [
    [0, 0, 0],
    [0, 0, 0],
  ];
  wrong.forEach(({ variant, country }, index) => {
    const given = country === "CA" ? 2 : rows[index]!.variant === "control" ? 0 : 1;
    counts[variant === "control" ? 0 : 1]![given]! += 1;
  });
  const facts = await factsOf({
    exposures: tableOf(wrong),
    layout,
    project: { attributes: [COUNTRY] },
    experiment,
  });
  expect(facts.audit!.units).toEqual(counts);
  expect(counts[0]![1]! + counts[1]![0]!).toBe(7);
  expect(counts[0]![2]! + counts[1]![2]!).toBe(5);
});

test("audit: attributes that are not logged leave the draw, of which everybody is eligible", async () => {
  const experiment = { audience: AUDIENCE, rollout: 700_000 };
  const rows = assigned(experiment, [COUNTRY]);
  const facts = await factsOf({ exposures: tableOf(rows), project: { attributes: [COUNTRY] }, experiment });
  expect(facts.audit!.basis).toBe("draw");
  expect(facts.audit!.units.flat().filter((count) => count > 0)).toHaveLength(2);
});

test("audit: the attribute of the first exposure counts, not of a later one", async () => {
  const experiment = { audience: AUDIENCE };
  const [row] = assigned(experiment, [COUNTRY]);
  const later = `checkout,${row!.userId},${row!.variant},2026-11-03,CA\n`;
  const layout = sampleLayout({ attributes: ["country"] });
  const exposures = tableOf([row!]) + later;
  const facts = await factsOf({ exposures, layout, project: { attributes: [COUNTRY] }, experiment });
  expect(facts.audit!.units.map((counts) => counts[2])).toEqual([0, 0]);
});

test("rows that say the same twice, events before exposure, and units whose events join", async () => {
  const facts = await factsOf({
    layout: sampleLayout({ attributes: ["country"] }),
    project: { attributes: [COUNTRY] },
    experiment: { audience: AUDIENCE },
    exposures: `experiment,user,variant,time,country
checkout,1,control,2026-11-02,US
checkout,1,control,2026-11-02,US
checkout,1,control,2026-11-02T00:00:00.000Z,US
checkout,1,control,2026-11-03,US
checkout,1,variant,2026-11-02,US
checkout,2,variant,2026-11-02,US
checkout,3,variant,2026-11-02,US
other,3,variant,2026-11-02,US
`,
    events: `user,event,time
1,view,2026-11-01
1,view,2026-11-02
1,view,2026-11-02
1,click,2026-11-02
2,view,2026-11-01
2,view,2026-11-01T23:59:59.999999Z
4,view,2026-11-01
4,view,2026-11-01
`,
  });
  expect(facts.exposures).toEqual({ units: [1, 2], rows: 7, repeated: 2 });
  expect(facts.events).toEqual([
    { source: "app", since: null, units: [1, 2], rows: 5, repeated: 1, before: [1, 1], joined: [1, 0] },
  ]);
});

test("of many units a sample is looked at, the same every time", async () => {
  const rows = Array.from(
    { length: 60_000 },
    (_, index) => `checkout,unit-${index},${index % 2 ? "variant" : "control"},2026-11-02`,
  );
  const world = { exposures: `experiment,user,variant,time\n${rows.join("\n")}\n` };
  const [first, second] = [await factsOf(world), await factsOf(world)];
  expect(second).toEqual(first);
  const sampled = first.audit!.units.flat().reduce((sum, count) => sum + count, 0);
  expect(Math.abs(sampled - 10_000)).toBeLessThan(400);
  expect(first.byDay).toEqual([{ day: "2026-11-02", units: [30_000, 30_000] }]);
});

test("exposures are read again for attributes only, and large files of text not at all", async () => {
  const experiment = { audience: AUDIENCE, overrides: [] };
  const rows = assigned(experiment, [COUNTRY]);
  const layout = sampleLayout({ attributes: ["country"] });
  const known = { layout, project: { attributes: [COUNTRY] } };
  const many = Array.from({ length: 200_000 }, (_, index) => `other,x${index},control,2026-11-02,US\n`);
  const large = await factsOf({ ...known, exposures: tableOf(rows) + many.join(""), experiment });
  expect(large.audit!.basis).toBe("draw");
  expect(large.exposures).toBeUndefined();
  const asking = await factsOf({ ...known, exposures: tableOf(rows), experiment });
  expect(asking.exposures).toMatchObject({ rows: rows.length, repeated: 0 });
  const plain = await factsOf({ ...known, exposures: tableOf(rows) });
  expect(plain.exposures).toBeUndefined();
  expect(plain.audit!.basis).toBe("assignment");
});

test("of very many events the latest are looked at", () => {
  const relation = { source: "app" } as SourceRelation;
  const factsWith = (rows: number) => ({
    facts: [{ source: "app", files: [], rows, first: "2026-11-01T00:00:00Z", last: "2026-11-11T00:00:00Z" }],
  });
  const lookAt = (rows: number) => startOfLook(relation, factsWith(rows) as unknown as Sources);
  expect(lookAt(2_000_000)).toBeNull();
  expect(lookAt(50_000_000)).toBe(Date.parse("2026-11-10T14:24:00Z"));
});
