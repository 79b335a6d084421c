import fc from "fast-check";
import { expect, test } from "vitest";
import type { Experiment } from "../../src/model/experiment.ts";
import type { Metric, RowMetric } from "../../src/model/metric.ts";
import type { EventLayout } from "../../src/model/warehouse.ts";
import { countMature } from "../../src/query/count-mature.ts";
import { enrol } from "../../src/query/enrol.ts";
import { momentsOfMetrics } from "../../src/query/moments-of-metrics.ts";
import { prepareSources } from "../../src/query/prepare-sources.ts";
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
const VARIANTS = ["control", "b", "a"];
const SOURCES = { view: "app", purchase: "app", refund: "web" } as const;

interface ExposureRow {
  readonly user: string | null;
  readonly variant: string;
  readonly at: number;
  readonly bot: boolean;
}

interface EventRow {
  readonly user: string | null;
  readonly event: keyof typeof SOURCES;
  readonly at: number;
  readonly amount: number | null;
  readonly kind: string;
}

const instant = fc.integer({ min: 0, max: 40 }).map((hours) => Date.UTC(2026, 0, 1) + hours * HOUR);
const user = fc.constantFrom("1", "2", "3", "é", "🙂", "x'; --", "", null);
const exposureRow: fc.Arbitrary<ExposureRow> = fc.record({
  user,
  variant: fc.constantFrom(...VARIANTS, "other"),
  at: instant,
  bot: fc.boolean(),
});
const eventRow: fc.Arbitrary<EventRow> = fc.record({
  user,
  event: fc.constantFrom("view", "purchase", "refund"),
  at: instant,
  amount: fc.oneof(
    fc.constant(null),
    fc.integer({ min: -3, max: 5 }),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.constantFrom(1e12, -1e12, 1e9 + 0.5),
  ),
  kind: fc.constantFrom("x", "y", "it's"),
});

const window = fc.constantFrom(null, 0, HOUR, 5 * HOUR, 24 * HOUR);
const filter = fc.constantFrom<{ column: string; values: string[] }[]>(
  [],
  [{ column: "kind", values: ["x", "it's"] }],
);
const simpleMetric = fc
  .record({
    kind: fc.constantFrom<RowMetric["kind"]>("conversion", "count", "sum", "mean"),
    event: fc.constantFrom<keyof typeof SOURCES>("view", "purchase", "refund"),
    filter,
  })
  .map(({ kind, event, filter: where }) =>
    sampleMetric(kind, kind, onEvent(event, kind === "sum" || kind === "mean" ? "amount" : null, where)),
  );
const metric: fc.Arbitrary<Metric> = fc.oneof(
  fc.tuple(simpleMetric, window).map(([simple, w]) => ({ ...simple, window: w })),
  fc.tuple(simpleMetric, simpleMetric, window).map(([n, d, w]) => ratioMetric("ratio", n, d, w)),
);

const layout: EventLayout = {
  ...sampleLayout({ exclude: [{ column: "bot", values: [true] }] }),
  events: ["app", "web"].map((key) => ({
    key,
    from: { kind: "files" as const, patterns: [key] },
    units: { user: "user" },
    columns: { event: "event", timestamp: "time" },
    epoch: null,
  })),
};

test("the engine's counts and moments are those of a plain loop over the rows", async () => {
  const engine = await workspace.open();
  await fc.assert(
    fc.asyncProperty(
      fc.array(exposureRow, { minLength: 1, maxLength: 14 }),
      fc.array(eventRow, { minLength: 1, maxLength: 30 }),
      fc.array(metric, { minLength: 1, maxLength: 4 }),
      instant,
      async (exposures, events, metrics, cutoff) => {
        const keyed = metrics.map((each, index) => ({ ...each, key: `m${index}` }));
        const experiment = sampleExperiment(VARIANTS, keyed);
        const declarations = Object.entries(SOURCES).map(([event, source]) => sampleEvent(event, source));
        const project = sampleProject(layout, [experiment], declarations);
        const iso = (at: number) => new Date(at).toISOString();
        const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
        const fields = { user: null, event: null, time: iso(0), amount: null, kind: null };
        const files = new Map([
          [
            "exposures",
            [
              workspace.write(
                "exposures.ndjson",
                lines(exposures.map(({ at, ...row }) => ({ experiment: "checkout", time: iso(at), ...row }))),
              ),
            ],
          ],
          ...["app", "web"].map((source): [string, string[]] => [
            source,
            [
              workspace.write(
                `${source}.ndjson`,
                lines([
                  fields,
                  ...events
                    .filter(({ event }) => SOURCES[event] === source)
                    .map(({ at, ...row }) => ({ time: iso(at), ...row })),
                ]),
              ),
            ],
          ]),
        ]);
        const { sources, diagnostics } = await prepareSources(project, files, engine);
        expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
        const { enrolled } = await enrol({ project, experiment, sources: sources!, engine, asOf: cutoff });
        const expected = firstExposures(exposures.filter(({ at }) => at <= cutoff));
        expect(enrolled!.enrolment.units).toEqual(
          VARIANTS.map((_, v) => [...expected.values()].filter((unit) => unit.variant === v).length),
        );
        expect(enrolled!.enrolment.crossovers).toBe(
          [...expected.values()].filter(({ seen }) => seen.size > 1).length,
        );

        const windows = [...new Set(keyed.map((each) => each.window))];
        for (const mature of await countMature(engine, experiment, enrolled!, [cutoff], windows)) {
          const units = [...expected.values()].filter(({ first }) => first + (mature.window ?? 0) <= cutoff);
          expect(mature.units).toEqual(
            VARIANTS.map((_, v) => units.filter(({ variant }) => variant === v).length),
          );
        }
        const { metrics: found, diagnostics: problems } = await momentsOfMetrics({
          project,
          experiment,
          sources: sources!,
          enrolled: enrolled!,
          engine,
          cutoff,
        });
        expect(problems).toEqual([]);
        for (const [index, each] of found!.entries())
          compare(each.arms, reference(experiment, keyed[index]!, expected, events, cutoff));
      },
    ),
    { numRuns: 80, seed: 20_261_102 },
  );
  await engine.close();
});

interface FirstExposure {
  readonly variant: number;
  readonly first: number;
  readonly seen: ReadonlySet<number>;
}

function firstExposures(rows: readonly ExposureRow[]): ReadonlyMap<string, FirstExposure> {
  const units = new Map<string, FirstExposure>();
  for (const { user: unit, variant: name, at, bot } of rows) {
    const variant = VARIANTS.indexOf(name);
    if (variant < 0 || bot || !unit) continue;
    const old = units.get(unit);
    const isFirst = !old || at < old.first || (at === old.first && variant < old.variant);
    units.set(unit, {
      ...(isFirst ? { variant, first: at } : old),
      seen: new Set([...(old?.seen ?? []), variant]),
    });
  }
  return units;
}

/** The values of one arm's units, one list per variable; null for a unit that has no part. */
function valuesOf(
  metric: Metric,
  unit: string,
  first: number,
  events: readonly EventRow[],
  cutoff: number,
): readonly number[] | null {
  const mine = (part: RowMetric) =>
    events.filter(
      ({ user: id, at, event, kind }) =>
        id === unit &&
        part.input.kind === "event" &&
        event === part.input.event &&
        part.input.where.every(({ values }) => values.includes(kind)) &&
        at >= first &&
        at <= cutoff &&
        (metric.window === null || at <= first + metric.window),
    );
  const value = (part: RowMetric): number | null => {
    const rows = mine(part);
    const amounts = rows.flatMap(({ amount }) => (amount === null ? [] : [amount]));
    const sum = amounts.reduce((total, amount) => total + amount, 0);
    if (part.kind === "conversion") return rows.length > 0 ? 1 : 0;
    if (part.kind === "count") return rows.length;
    if (part.kind === "sum") return sum;
    return amounts.length === 0 ? null : sum / amounts.length;
  };
  if (metric.kind === "ratio") return [value(metric.numerator) ?? 0, value(metric.denominator) ?? 0];
  const only = value(metric as RowMetric);
  return only === null ? null : [only];
}

function reference(
  experiment: Experiment,
  metric: Metric,
  units: ReadonlyMap<string, FirstExposure>,
  events: readonly EventRow[],
  cutoff: number,
) {
  const dimensions = metric.kind === "ratio" ? 2 : 1;
  return experiment.variants.map((_, arm) => {
    const values = [...units]
      .filter(([, { variant, first }]) => variant === arm && first + (metric.window ?? 0) <= cutoff)
      .flatMap(([unit, { first }]) => {
        const found = valuesOf(metric, unit, first, events, cutoff);
        return found ? [found] : [];
      });
    const axes = Array.from({ length: dimensions }, (_, axis) => axis);
    const means = axes.map(
      (axis) => values.reduce((sum, value) => sum + value[axis]!, 0) / (values.length || 1),
    );
    const centred = (list: readonly number[]) =>
      values.reduce(
        (sum, value) => sum + list.reduce((product, axis) => product * (value[axis]! - means[axis]!), 1),
        0,
      );
    const second = axes.flatMap((i) => axes.filter((j) => j >= i).map((j) => centred([i, j])));
    const third = axes.flatMap((i) =>
      axes.filter((j) => j >= i).flatMap((j) => axes.filter((k) => k >= j).map((k) => centred([i, j, k]))),
    );
    const sizes = axes.map((axis) => Math.max(0, ...values.map((value) => Math.abs(value[axis]!))));
    return { units: values.length, means, second, third, size: Math.max(...sizes, 1) };
  });
}

/** To 1e-9 of what the values' size allows. */
function compare(
  found: readonly {
    units: number;
    means: readonly number[];
    second: readonly number[];
    third: readonly number[];
  }[],
  expected: ReturnType<typeof reference>,
): void {
  expected.forEach(({ units, means, second, third, size }, arm) => {
    const actual = found[arm]!;
    expect(actual.units).toBe(units);
    const near = (left: readonly number[], right: readonly number[], scale: number) => {
      expect(left.length).toBe(right.length);
      left.forEach((value, index) => {
        expect(Math.abs(value - right[index]!)).toBeLessThanOrEqual(
          1e-9 * scale + 1e-9 * Math.abs(right[index]!),
        );
      });
    };
    near(actual.means, means, size * 1e-3);
    near(actual.second, second, size ** 2 * 1e-3);
    near(actual.third, third, size ** 3 * 1e-3);
  });
}
