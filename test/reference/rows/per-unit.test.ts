import fc from "fast-check";
import { expect, test } from "vitest";
import { analyze } from "../../../src/analyze.ts";
import type { Metric } from "../../../src/model/metric.ts";
import { plan } from "../../../src/plan/make-plan.ts";
import type { Observation } from "../../../src/query/observation.ts";
import {
  onColumn,
  ratioMetric,
  sampleExperiment,
  sampleMetric,
  sampleProject,
} from "../../warehouse/sample-project.ts";
import { makeWorkspace } from "../../warehouse/workspace.ts";
import { expectMoments } from "./agree.ts";
import { exactMoments, type UnitValue } from "./exact-moments.ts";
import { fractionOf } from "./fraction.ts";
import { runSettings } from "./run-settings.ts";

interface Row {
  readonly user: string | null;
  readonly variant: string | null;
  readonly country: string | null;
  readonly ok: boolean | null;
  readonly score: number | null;
}

/** What a row has of a metric; null: it has no part in it. */
type ValueOf = (row: Row) => readonly number[] | null;

const VARIANTS = ["control", "a", "b"];
const okOf = ({ ok }: Row) => (ok === true ? 1 : 0);
const [ok, score] = [onColumn("ok"), onColumn("score")];

const METRICS: readonly (readonly [Metric, ValueOf])[] = [
  [sampleMetric("converted", "conversion", ok), (row) => [okOf(row)]],
  [sampleMetric("counted", "count", ok), (row) => [okOf(row)]],
  [sampleMetric("total", "sum", score), (row) => [row.score ?? 0]],
  [sampleMetric("average", "mean", score), ({ score }) => (score === null ? null : [score])],
  [
    ratioMetric("share", sampleMetric("above", "sum", score), sampleMetric("below", "count", ok)),
    (row) => [row.score ?? 0, okOf(row)],
  ],
];

const rows = fc
  .array(
    fc.record({
      named: fc.constantFrom(true, true, true, true, true, true, true, false),
      variant: fc.constantFrom("control", "control", "a", "a", "b", "A", null),
      country: fc.constantFrom("US", "us", "", null, "e\u0301", "é"),
      ok: fc.constantFrom(true, false, null),
      score: fc.oneof(
        fc.integer({ min: -3, max: 5 }),
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.constantFrom(1e12, -1e12, 1e-12, 5e-324, null),
      ),
    }),
    { minLength: 1, maxLength: 60, size: "max" },
  )
  .map((all): readonly Row[] =>
    all.map(({ named, ...row }, index) => ({
      ...row,
      user: named ? `unit-${index}` : index % 2 ? "" : null,
    })),
  );

const workspace = makeWorkspace();

test(
  "in random tables of a row per unit, DuckDB sees what a loop over the rows sees",
  () =>
    fc.assert(
      fc.asyncProperty(rows, async (rows) => {
        const { metrics, enrolment } = await observe(rows);
        const units = rows.filter(({ user, variant }) => user && VARIANTS.includes(variant!));
        expect(enrolment.units).toEqual(countsOf(units));
        for (const [index, [{ key }, measured]] of METRICS.entries()) {
          const found = metrics[index]!;
          expectArms(found, units, units, measured, key);
          const groups = found.breakdowns![0]!.values;
          expect(new Set(groups.map(({ value }) => value))).toEqual(
            new Set(units.map(({ country }) => country)),
          );
          for (const group of groups) {
            const own = units.filter(({ country }) => country === group.value);
            expectArms(group, own, units, measured, `${key} of ${group.value}`);
          }
        }
      }),
      runSettings(20_261_125),
    ),
  300_000,
);

async function observe(rows: readonly Row[]): Promise<Observation> {
  // A file whose columns hold nothing has no types: the row is of nobody.
  const typed = { user: null, variant: null, country: "x", ok: true, score: 0.5 };
  const path = workspace.write(
    "units.ndjson",
    [...rows, typed].map((row) => `${JSON.stringify(row)}\n`).join(""),
  );
  const plain = sampleExperiment(
    VARIANTS,
    METRICS.map(([metric]) => metric),
  );
  const experiment = { ...plain, analysis: { ...plain.analysis, breakdowns: ["country"] } };
  const layout = {
    kind: "per-unit",
    from: { kind: "files", patterns: ["units.ndjson"] },
    units: { user: "user" },
    columns: { variant: "variant", experiment: null },
    attributes: ["country"],
  } as const;
  const project = sampleProject(layout, [experiment]);
  const engine = await workspace.open();
  const seen: Observation[] = [];
  const { diagnostics } = await analyze({
    project,
    plan: plan(project),
    experiments: [experiment],
    files: new Map([["perUnit", [path]]]),
    engine,
    asOf: null,
    meta: { commit: null, toolVersion: "test" },
    onObservation: (observation) => seen.push(observation),
  });
  await engine.close();
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return seen[0]!;
}

function expectArms(
  found: Pick<Observation["metrics"][number], "arms" | "exposed">,
  units: readonly Row[],
  together: readonly Row[],
  measured: ValueOf,
  what: string,
): void {
  expect(found.exposed, `units of ${what}`).toEqual(countsOf(units));
  const valued = (of: readonly Row[]): readonly UnitValue[] =>
    of.flatMap((row) => {
      const values = measured(row);
      return values ? [{ values: values.map(fractionOf), sizes: values.map(Math.abs) }] : [];
    });
  const axes = found.arms[0]!.means.map((_, axis) => axis);
  const sizes = axes.map((axis) => Math.max(0, ...valued(together).map((each) => each.sizes[axis]!)));
  for (const [index, variant] of VARIANTS.entries()) {
    const own = valued(units.filter((row) => row.variant === variant));
    expectMoments(found.arms[index]!, exactMoments(own, sizes), `${what}, ${variant}`);
  }
}

function countsOf(units: readonly Row[]): readonly number[] {
  return VARIANTS.map((key) => units.filter(({ variant }) => variant === key).length);
}
