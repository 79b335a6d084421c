import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import {
  checkout,
  meanMoments,
  metricOf,
  rateMoments,
  running,
  variantsOf,
} from "../inference/trial-fixture.ts";
import { analyse, type TrialRun } from "./trial-run.ts";

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../schema/analysis.schema.json"), "utf8"),
);
const validate = new Ajv({ allowUnionTypes: true }).compile(schema);

const errors = metricOf("errors", "conversion", "lower");
const everyKind: TrialRun = {
  experiment: {
    variants: variantsOf("control", "a", "b"),
    secondary: [metricOf("orders", "count"), metricOf("revenue", "sum"), metricOf("load", "mean")],
    guardrails: [
      { metric: errors, margin: { kind: "absolute", value: 0.005 } },
      { metric: metricOf("value", "ratio"), margin: { kind: "relative", value: 0.1 } },
    ],
  },
  arms: {
    "checkout-conversion": [245, 340, 200].map((count) => rateMoments(count, 5000)),
    orders: [1, 2, 3].map((mean) => meanMoments(mean, 2, 5000)),
    revenue: [0, 0, 0].map((mean) => meanMoments(mean, 0, 5000)),
    load: [0, 1, 2].map((units) => meanMoments(3, 0, units)),
    errors: [50, 65, 0].map((count) => rateMoments(count, 5000)),
    value: [1, 2, 0].map((mean) => ({
      units: 5000,
      means: [3, mean],
      second: [5000, 100, 5000],
      third: [0, 0, 0, 0],
    })),
  },
};

describe("an Analysis", () => {
  test.each<[string, TrialRun]>([
    ["of two arms", { arms: checkout }],
    ["before the horizon", { arms: checkout, observation: running }],
    ["of every kind of metric, with what does not exist", everyKind],
    ["without a plan", { ...everyKind, planned: null }],
    ["without a unit", { arms: { "checkout-conversion": [rateMoments(0, 0), rateMoments(0, 0)] } }],
  ])("%s fits the schema", (_, run) => {
    validate(JSON.parse(JSON.stringify(analyse(run))));
    expect(validate.errors ?? []).toEqual([]);
  });

  test("says what was planned beside what came", () => {
    const { design, health, metrics } = analyse(everyKind);
    expect(design).toMatchObject({
      control: "control",
      alpha: 0.05,
      mde: { kind: "relative", value: 0.18 },
      plannedUnits: { control: 10_201, a: 10_201, b: 10_201 },
      plannedDays: 28,
      horizon: { reached: true, day: null, by: "final-data" },
    });
    expect(design.variants.map(({ share }) => share)).toEqual([0.333334, 0.333333, 0.333333]);
    expect(health.srm.observed).toEqual({ control: 5000, a: 5000, b: 5000 });
    expect(metrics.map(({ metric, role }) => [metric, role])).toEqual([
      ["checkout-conversion", "primary"],
      ["orders", "secondary"],
      ["revenue", "secondary"],
      ["load", "secondary"],
      ["errors", "guardrail"],
      ["value", "guardrail"],
    ]);
  });

  test("a variant with the name of an object's property is a variant", () => {
    const variants = variantsOf("control", "__proto__");
    const { health, design } = analyse({ experiment: { variants }, arms: checkout });
    expect(Object.entries(health.srm.observed)).toEqual([
      ["control", 5000],
      ["__proto__", 5000],
    ]);
    expect(Object.keys(design.plannedUnits!)).toEqual(["control", "__proto__"]);
  });
});
