import fc from "fast-check";
import { expect, test } from "vitest";
import { measureBaselines } from "../../src/baseline.ts";
import type { Metric } from "../../src/model/metric.ts";
import type { EventLayout } from "../../src/model/warehouse.ts";
import { attributeCondition } from "../../src/query/attribute-condition.ts";
import { prepareSources } from "../../src/query/prepare-sources.ts";
import { scan } from "../../src/query/source-relation.ts";
import type { Condition } from "../../src/runtime/manifest.ts";
import { evaluate } from "../../src/runtime/targeting.ts";
import { cast, column } from "../../src/sql/expressions.ts";
import { named, select } from "../../src/sql/queries.ts";
import type { Connection } from "../../src/warehouse/connection.ts";
import {
  onEvent,
  ratioMetric,
  sampleEvent,
  sampleExperiment,
  sampleLayout,
  sampleMetric,
  sampleProject,
} from "../warehouse/sample-project.ts";
import { makeWorkspace } from "../warehouse/workspace.ts";

const workspace = makeWorkspace();
const HOUR = 3_600_000;
const TIMEZONE = "America/New_York";
/** The clocks of New York go forward on 8 March 2026: its days of that week begin at these instants. */
const DAYS = [
  ["2026-03-06", Date.UTC(2026, 2, 6, 5)],
  ["2026-03-07", Date.UTC(2026, 2, 7, 5)],
  ["2026-03-08", Date.UTC(2026, 2, 8, 5)],
  ["2026-03-09", Date.UTC(2026, 2, 9, 4)],
  ["2026-03-10", Date.UTC(2026, 2, 10, 4)],
] as const;

interface Row {
  readonly user: string;
  readonly at: number;
}
interface ExposureRow extends Row {
  readonly experiment: string;
  readonly forced: boolean;
  readonly bot: boolean;
}
interface EventRow extends Row {
  readonly event: string;
  readonly amount: number | null;
}

const user = fc.constantFrom("1", "2", "3", "é", "x'; --", "");
const at = fc.integer({ min: 0, max: 100 }).map((hours) => DAYS[0][1] + hours * HOUR);
const worlds = fc.record({
  exposures: fc.array(
    fc.record<ExposureRow>({
      user,
      at,
      experiment: fc.constantFrom("checkout", "other", "of-orgs", "gone"),
      forced: fc.boolean(),
      bot: fc.boolean(),
    }),
    { minLength: 1, maxLength: 25 },
  ),
  events: fc.array(
    fc.record<EventRow>({
      user,
      at,
      event: fc.constantFrom("view", "purchase"),
      amount: fc.option(fc.integer({ min: -5, max: 50 })),
    }),
    { minLength: 1, maxLength: 40 },
  ),
  from: fc.integer({ min: 0, max: 2 }),
  days: fc.integer({ min: 1, max: 2 }),
  window: fc.constantFrom(null, 6 * HOUR, 24 * HOUR),
  entry: fc.constantFrom(null, "view"),
});
type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never;

function metricsWithin(window: number | null): readonly Metric[] {
  const revenue = sampleMetric("revenue", "sum", onEvent("purchase", "amount"), window);
  const orders = sampleMetric("orders", "count", onEvent("purchase"), window);
  return [
    sampleMetric("rate", "conversion", onEvent("purchase"), window),
    revenue,
    orders,
    sampleMetric("average", "mean", onEvent("purchase", "amount"), window),
    ratioMetric("per-order", revenue, orders, window),
  ];
}

const layout: EventLayout = sampleLayout({
  columns: {
    experiment: "experiment",
    variant: "variant",
    iteration: null,
    timestamp: "time",
    forced: "forced",
    specHash: null,
  },
  exclude: [{ column: "bot", values: [true] }],
});
const iso = (instant: number) => new Date(instant).toISOString();
const cell = (text: string) => `"${text}"`;

async function measure({ exposures, events, from, days, window, entry }: World, engine: Connection) {
  const files = new Map([
    [
      "exposures",
      [
        workspace.write(
          "exposures.csv",
          `user,experiment,variant,time,forced,bot\n${exposures.map((row) => `${cell(row.user)},${row.experiment},a,${iso(row.at)},${row.forced},${row.bot}`).join("\n")}\n`,
        ),
      ],
    ],
    [
      "app",
      [
        workspace.write(
          "events.csv",
          `user,event,amount,time\n${events.map((row) => `${cell(row.user)},${row.event},${row.amount ?? ""},${iso(row.at)}`).join("\n")}\n`,
        ),
      ],
    ],
  ]);
  const metrics = metricsWithin(window);
  const org = { key: "org", id: "orgId", newPerDay: null };
  const experiments = [
    sampleExperiment(["a", "b"], metrics),
    sampleExperiment(["a", "b"], metrics, { key: "other" }),
    sampleExperiment(["a", "b"], metrics, { key: "of-orgs", unit: org, status: "concluded" }),
  ];
  const events_ = [sampleEvent("view"), sampleEvent("purchase")];
  const project = sampleProject(layout, experiments, events_, TIMEZONE);
  const period = { from: DAYS[from]![0], to: DAYS[from + days - 1]![0] };
  return measureBaselines({ project, keys: [], files, engine, period, entry });
}

/** The same in plain TypeScript, over rows. */
function expected({ exposures, events, from, days, window, entry }: World) {
  const [begin, end] = [DAYS[from]![1], DAYS[from + days]![1]];
  const exposed = exposures.filter(
    (row) => row.user !== "" && !row.forced && !row.bot && /^(?:checkout|other)$/.test(row.experiment),
  );
  const lastEvent = Math.max(...events.map((row) => row.at));
  const named = events.filter((row) => row.user !== "" && row.event === entry);
  const usual = exposed.length > 0 ? exposed : events.filter((row) => row.user !== "");
  const brought: readonly Row[] = entry === null ? usual : named;
  const firsts = new Map<string, number>();
  for (const row of brought)
    if (row.at >= begin && row.at < end)
      firsts.set(row.user, Math.min(firsts.get(row.user) ?? Infinity, row.at));
  const people = [...firsts].filter(([, first]) => window === null || first + window <= lastEvent);
  const purchases = people.map(([id, first]) =>
    events.filter(
      (row) =>
        row.user === id &&
        row.event === "purchase" &&
        row.at >= first &&
        (window === null ? row.at < end : row.at <= first + window),
    ),
  );
  const sum = (numbers: readonly (number | null)[]) =>
    numbers.reduce<number>((all, each) => all + (each ?? 0), 0);
  const spread = (values: readonly number[]) => {
    const mean = sum(values) / values.length;
    return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
  };
  const described = (values: readonly number[]) =>
    values.length === 0
      ? { value: null, standardDeviation: null }
      : { value: sum(values) / values.length, standardDeviation: values.length < 2 ? null : spread(values) };
  const revenue = purchases.map((rows) => sum(rows.map((row) => row.amount)));
  const orders = purchases.map((rows) => rows.length);
  const averages = purchases
    .map((rows) => rows.flatMap((row) => (row.amount === null ? [] : [row.amount])))
    .filter((amounts) => amounts.length > 0)
    .map((amounts) => sum(amounts) / amounts.length);
  const ratio = sum(revenue) / sum(orders);
  const linear = revenue.map(
    (each, index) => (each - ratio * orders[index]!) / (sum(orders) / orders.length),
  );
  return {
    units: people.length,
    met: firsts.size,
    byMetric: {
      rate: described(orders.map((count) => (count > 0 ? 1 : 0))),
      revenue: described(revenue),
      orders: described(orders),
      average: described(averages),
      "per-order":
        sum(orders) === 0
          ? described([])
          : { value: ratio, standardDeviation: linear.length < 2 ? null : spread(linear) },
    } as Readonly<Record<string, ReturnType<typeof described>>>,
  };
}

test("baselines are what plain TypeScript finds over the rows", async () => {
  const engine = await workspace.open(TIMEZONE);
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const { report } = await measure(world, engine);
      const truth = expected(world);
      expect(report).not.toBeNull();
      if (truth.units === 0) {
        expect(report!.baselines).toEqual([]);
        return;
      }
      expect(report!.baselines.map(({ units }) => units)).toEqual(Array(5).fill(truth.units));
      for (const { metric, value, standardDeviation } of report!.baselines) {
        const own = truth.byMetric[metric]!;
        expect([metric, value === null]).toEqual([metric, own.value === null]);
        if (own.value !== null) expect(value).toBeCloseTo(own.value, 9);
        if (own.standardDeviation !== null) expect(standardDeviation).toBeCloseTo(own.standardDeviation, 9);
      }
    }),
    { numRuns: 60 },
  );
  await engine.close();
}, 120_000);

test("volumes are what plain TypeScript finds over the rows", async () => {
  const engine = await workspace.open(TIMEZONE);
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const { report } = await measure(world, engine);
      const [begin, end] = [DAYS[world.from]![1], DAYS[world.from + world.days]![1]];
      const rows: readonly Row[] =
        world.entry === null
          ? [
              ...world.events,
              ...world.exposures.filter(
                (row) => !row.forced && !row.bot && /^(?:checkout|other)$/.test(row.experiment),
              ),
            ]
          : world.events.filter((row) => row.event === world.entry);
      const seen = rows.filter((row) => row.user !== "" && row.at >= begin && row.at < end);
      const users = new Set(seen.map((row) => row.user));
      if (users.size === 0) {
        expect(report!.volumes).toEqual([]);
        return;
      }
      const [volume] = report!.volumes;
      expect(volume).toMatchObject({ unit: "user", units: users.size, newPerDay: users.size / world.days });
      const days = DAYS.slice(world.from, world.from + world.days).map(
        ([, start], index) =>
          new Set(
            seen
              .filter((row) => row.at >= start && row.at < DAYS[world.from + index + 1]![1])
              .map((row) => row.user),
          ).size,
      );
      // 6 March 2026 is a Friday.
      const weekdays = Array(7).fill(null);
      days.forEach((count, index) => {
        weekdays[(4 + world.from + index) % 7] = count;
      });
      expect(volume!.weekdays).toEqual(weekdays);
    }),
    { numRuns: 40 },
  );
  await engine.close();
}, 120_000);

const listed = (attribute: string, values: (string | number | boolean)[]): fc.Arbitrary<Condition> =>
  fc.subarray(values, { minLength: 1 }).map((some) => ({ kind: "one-of", attribute, values: some }));
const oneOf = fc.oneof(
  listed("country", ["US", "CA", "it's", "", 3]),
  listed("age", [1, 2.5, "1"]),
  listed("member", [true, false, "true"]),
  fc
    .tuple(
      fc.constantFrom("age", "country"),
      fc.constantFrom("<", "<=", ">", ">="),
      fc.constantFrom(1, 2.5, 3),
    )
    .map(([attribute, operator, value]): Condition => ({ kind: "compare", attribute, operator, value })),
  fc
    .constantFrom(["age", "number"], ["country", "string"], ["member", "boolean"])
    .map(([attribute, type]) => ({ kind: "present", attribute, type }) as Condition),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    oneOf,
    fc.record({ kind: fc.constant("not"), condition: tie("condition") }) as fc.Arbitrary<Condition>,
    fc.record({
      kind: fc.constantFrom("all", "any"),
      conditions: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }),
    }) as fc.Arbitrary<Condition>,
  ),
}));

test("an audience asked of logged attributes holds where the runtime says so", async () => {
  const contexts = ["US", "CA", "it's", "DE", undefined].flatMap((country) =>
    [1, 2.5, 7, undefined].flatMap((age) =>
      [true, false, undefined].map((member) => ({ country, age, member })),
    ),
  );
  const lines = contexts.map(
    ({ country, age, member }, index) =>
      `{"user":"${index}","experiment":"checkout","variant":"a","time":"2026-03-06T12:00:00Z"${country === undefined ? "" : `,"country":${JSON.stringify(country)}`}${age === undefined ? "" : `,"age":${age}`}${member === undefined ? "" : `,"member":${member}`}}`,
  );
  const files = new Map([
    ["exposures", [workspace.write("exposures.ndjson", `${lines.join("\n")}\n`)]],
    ["app", [workspace.write("view.csv", "user,event,time\n1,view,2026-03-06\n")]],
  ]);
  const experiment = sampleExperiment(["a", "b"], [sampleMetric("m", "count", onEvent("view"))]);
  const attributes = (["country", "age", "member"] as const).map((key, index) => ({
    key,
    type: (["string", "number", "boolean"] as const)[index]!,
    values: null,
    private: false,
  }));
  const logging = sampleLayout({ attributes: ["country", "age", "member"] });
  const project = { ...sampleProject(logging, [experiment], [sampleEvent("view")]), attributes };
  const engine = await workspace.open();
  const { sources } = await prepareSources(project, files, engine);
  const relation = sources!.relations.get("exposures")!;
  await fc.assert(
    fc.asyncProperty(condition, async (asked) => {
      const found = attributeCondition(asked, relation, attributes);
      if (found.kind === "unknown") throw new Error(`unknown: ${found.attribute}`);
      const rows = await engine.run(
        select({
          columns: [named("user", cast(column("user"), "integer")), named("holds", found.expression)],
          from: scan(relation),
        }),
      );
      expect(rows).toHaveLength(contexts.length);
      for (const row of rows) {
        const { country, age, member } = contexts[Number(row.user)]!;
        const context = {
          ...(country !== undefined && { country }),
          ...(age !== undefined && { age }),
          ...(member !== undefined && { member }),
        };
        expect([JSON.stringify(context), row.holds]).toEqual([
          JSON.stringify(context),
          evaluate(asked, context),
        ]);
      }
    }),
    { numRuns: 150 },
  );
  await engine.close();
}, 120_000);
