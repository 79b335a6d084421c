import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Experiment } from "../../../src/model/experiment.ts";
import { compareExperiments } from "../../../src/plan/compare-experiments.ts";
import { specHash } from "../../../src/plan/spec-hash.ts";
import type { Condition } from "../../../src/runtime/manifest.ts";
import { CONVERSION, DAY, eventMetric, experimentOf, mean, ORG, rate, USER } from "./sample-project.ts";

const US: Condition = { kind: "one-of", attribute: "country", values: ["US", "CA"] };
const PRO: Condition = { kind: "not", condition: { kind: "one-of", attribute: "plan", values: ["free"] } };
const LAYER = { layer: { key: "checkout", unit: USER }, from: 0, to: 400_000 };
const REVENUE = eventMetric(
  "revenue",
  "sum",
  {
    event: "purchase",
    value: "amount",
    where: [
      { column: "refunded", values: [false] },
      { column: "currency", values: ["USD", "EUR"] },
    ],
  },
  mean(4, 20),
);
const ERRORS = eventMetric("errors", "conversion", { event: "error", better: "lower" }, rate(0.02));
/** Keys that are also names of fields. */
const BASELINE = eventMetric("baseline", "count", { event: "purchase" }, null);
const NAME = eventMetric("name", "count", { event: "purchase" }, null);

const BASE = experimentOf({
  layer: LAYER,
  audience: { kind: "all", conditions: [US, PRO] },
  secondary: [REVENUE, BASELINE, NAME],
  guardrails: [{ metric: ERRORS, margin: { kind: "relative", value: 0.05 } }],
});

const primary = (metric: Partial<typeof CONVERSION>) => ({
  primary: { ...BASE.primary, metric: { ...CONVERSION, ...metric } },
});
const shares = (control: number) =>
  BASE.variants.map((variant, index) => ({ ...variant, share: index === 0 ? control : 1_000_000 - control }));

/** Each change with the fields that it shows, before and after. */
const FROZEN: readonly [string, Partial<Experiment>, Readonly<Record<string, readonly unknown[]>>][] = [
  [
    "unit",
    { unit: ORG },
    {
      unit: [
        { key: "user", id: "userId" },
        { key: "org", id: "orgId" },
      ],
    },
  ],
  ["id of the unit", { unit: { ...USER, id: "uid" } }, { "unit.id": ["userId", "uid"] }],
  [
    "operator",
    { draw: { kind: "variants", operator: "uniformChoice", planout: null } },
    { assign: ["weightedChoice", "uniformChoice"] },
  ],
  ["control", { control: "treatment" }, { control: ["control", "treatment"] }],
  [
    "weights",
    { variants: shares(400_000) },
    { "variants.control.weight": ["50%", "40%"], "variants.treatment.weight": ["50%", "60%"] },
  ],
  [
    "params",
    { variants: BASE.variants.map((variant) => ({ ...variant, params: { steps: 1 } })) },
    { "variants.control.params.steps": [null, 1], "variants.treatment.params.steps": [null, 1] },
  ],
  [
    "a param that is null",
    { variants: BASE.variants.map((variant) => ({ ...variant, params: { key: null } })) },
    { "variants.control.params.key": [null, null] },
  ],
  [
    "a new variant",
    { variants: [...shares(400_000), { key: "green", share: 100_000, params: {} }] },
    { "variants.green": [null, { weight: "10%", params: {} }] },
  ],
  ["audience", { audience: US }, { audience: [expect.anything(), { ...US, values: ["CA", "US"] }] }],
  ["no audience", { audience: null }, { audience: [expect.anything(), null] }],
  ["range", { layer: { ...LAYER, to: 500_000 } }, { "layer.to": ["40%", "50%"] }],
  ["no layer", { layer: null }, { layer: [{ key: "checkout", from: "0%", to: "40%" }, null] }],
  ["exposure", { exposure: { kind: "explicit" } }, { exposure: ["assignment", "explicit"] }],
  ["window", primary({ window: 14 * DAY }), { "metrics.primary.window": ["7d", "14d"] }],
  ["direction", primary({ better: "lower" }), { "metrics.primary.better": ["higher", "lower"] }],
  [
    "another primary",
    { primary: { ...BASE.primary, metric: ERRORS } },
    {
      "metrics.primary": [
        expect.objectContaining({ key: "checkout-conversion" }),
        expect.objectContaining({ key: "errors" }),
      ],
    },
  ],
  [
    "goal and margin",
    { primary: { ...BASE.primary, goal: "not-worse", margin: { kind: "absolute", value: 0.01 } } },
    { "metrics.primary.goal": ["better", "not-worse"], "metrics.primary.margin": [null, { absolute: 0.01 }] },
  ],
  [
    "filters",
    { secondary: [{ ...REVENUE, input: { ...REVENUE.input, where: [] } } as typeof REVENUE, BASELINE, NAME] },
    { "metrics.secondary.revenue.where": [{ refunded: [false], currency: ["EUR", "USD"] }, {}] },
  ],
  [
    "a secondary metric gone",
    { secondary: [REVENUE] },
    {
      "metrics.secondary.baseline": [expect.objectContaining({ key: "baseline" }), null],
      "metrics.secondary.name": [expect.objectContaining({ key: "name" }), null],
    },
  ],
  [
    "a guardrail's margin",
    { guardrails: [{ metric: ERRORS, margin: { kind: "relative", value: 0.1 } }] },
    { "metrics.guardrails.errors.margin": ["5%", "10%"] },
  ],
  ["MDE", { mde: { kind: "relative", value: 0.19 } }, { mde: ["18%", "19%"] }],
  ["alpha", { analysis: { ...BASE.analysis, alpha: 0.01 } }, { "analysis.alpha": ["5%", "1%"] }],
  ["power", { analysis: { ...BASE.analysis, power: 0.9 } }, { "analysis.power": ["80%", "90%"] }],
];

const NOTABLE: readonly [string, Partial<Experiment>][] = [
  ["rollout", { rollout: 900_000 }],
  ["hypothesis", { hypothesis: "It hurts." }],
  ["start", { start: "2026-11-03" }],
  ["end", { end: "2026-12-22" }],
  ["default", { default: "treatment" }],
  ["overrides", { overrides: [{ variant: "treatment", when: US }] }],
  ["planning.newPerDay", { planning: { newPerDay: 3, baseline: null } }],
  ["metrics.primary.baseline", primary({ baseline: rate(0.06) })],
  ["analysis.minDays", { analysis: { ...BASE.analysis, minDays: 7 } }],
  ["analysis.maxDays", { analysis: { ...BASE.analysis, maxDays: 70 } }],
];

const PROSE: readonly [string, Partial<Experiment>][] = [
  ["name", { name: "n" }],
  ["description", { description: "d" }],
  ["owner", { owner: "o" }],
  ["tags", { tags: ["t"] }],
  ["removeBy", { removeBy: "2028-01-01" }],
  ["metrics.primary.name", primary({ name: "Conversion" })],
  ["metrics.primary.description", primary({ description: "Who buys." })],
];

const SAME: readonly [string, Partial<Experiment>][] = [
  [
    "the order of metrics and filters",
    {
      secondary: [
        NAME,
        BASELINE,
        {
          ...REVENUE,
          input: {
            ...REVENUE.input,
            where: [
              { column: "currency", values: ["EUR", "USD"] },
              { column: "refunded", values: [false] },
            ],
          },
        } as typeof REVENUE,
      ],
    },
  ],
  ["the order of tags", { tags: ["b", "a"] }],
  ["the file", { file: "experiments/archive/checkout-v2.yaml" }],
  [
    "an audience in another form",
    {
      audience: {
        kind: "not",
        condition: {
          kind: "any",
          conditions: [
            { kind: "not", condition: US },
            { kind: "one-of", attribute: "plan", values: ["free"] },
            { kind: "not", condition: US },
          ],
        },
      },
    },
  ],
];

const change = (before: Partial<Experiment>, after: Partial<Experiment>) =>
  compareExperiments({ ...BASE, ...before }, { ...BASE, ...before, ...after });
const weights = (changes: ReturnType<typeof change>) =>
  Object.fromEntries(changes.map(({ field, weight }) => [field, weight]));

describe("what is frozen", () => {
  test.each(FROZEN)("%s", (_, parts, shown) => {
    const changes = change({}, parts);
    for (const [field, [before, after]] of Object.entries(shown))
      expect(changes).toContainEqual(expect.objectContaining({ field, before, after, weight: "refused" }));
    expect(new Set(Object.values(weights(changes)))).toEqual(new Set(["refused"]));
    expect(new Set(Object.values(weights(change({ status: "stopped" }, parts))))).toEqual(
      new Set(["refused"]),
    );
    expect(new Set(Object.values(weights(change({ status: "concluded" }, parts))))).toEqual(
      new Set(["attention"]),
    );
    expect(new Set(Object.values(weights(change({ status: "draft" }, parts))))).toEqual(new Set(["safe"]));
    const { iteration, ...rest } = weights(change({}, { ...parts, iteration: 2 }));
    expect(iteration).toBe("attention");
    expect(new Set(Object.values(rest))).toEqual(new Set(["safe"]));
  });
});

describe("what is open", () => {
  test.each(NOTABLE)("%s needs attention", (field, parts) => {
    expect(weights(change({}, parts))).toEqual({ [field]: "attention" });
  });
  test.each(PROSE)("%s is safe", (field, parts) => {
    expect(weights(change({}, parts))).toEqual({ [field]: "safe" });
  });
  test("a rise of the rollout is safe", () => {
    expect(weights(change({ rollout: 100_000 }, { rollout: 100_001 }))).toEqual({ rollout: "safe" });
  });
});

describe("what does not count", () => {
  test.each(SAME)("%s", (_, parts) => {
    expect(
      compareExperiments({ ...BASE, tags: ["a", "b"] }, { ...BASE, tags: ["a", "b"], ...parts }),
    ).toEqual([]);
  });
});

describe("a baseline", () => {
  const measured = { period: { from: "2026-10-01", to: "2026-10-28" }, units: 41_250 };

  test("that was measured anew needs attention, and is never refused", () => {
    const changes = change({}, primary({ baseline: { kind: "rate", rate: 0.3, measured } }));
    expect(weights(changes)).toEqual({ "metrics.primary.baseline": "attention" });
    expect(JSON.stringify(changes)).not.toContain("2026-10-01");
  });

  test("has days that are no part of the plan", () => {
    expect(change({}, primary({ baseline: { ...CONVERSION.baseline!, measured } }))).toEqual([]);
    expect(change({}, { planning: { ...BASE.planning, measured } })).toEqual([]);
  });
});

test.each([
  ["draft", "running", "safe"],
  ["running", "stopped", "safe"],
  ["running", "concluded", "safe"],
  ["stopped", "concluded", "safe"],
  ["stopped", "running", "attention"],
  ["concluded", "stopped", "attention"],
  ["running", "draft", "refused"],
  ["stopped", "draft", "refused"],
  ["concluded", "draft", "refused"],
  ["concluded", "running", "refused"],
] as const)("status %s → %s: %s", (before, after, weight) => {
  expect(weights(change({ status: before }, { status: after }))).toEqual({ status: weight });
  const restarted = weights(change({ status: before }, { status: after, iteration: 2 }));
  expect(restarted.status).toBe("safe");
});

test("an iteration never falls once it ran", () => {
  expect(weights(change({ iteration: 2 }, { iteration: 1 }))).toEqual({ iteration: "refused" });
  expect(weights(change({ iteration: 2, status: "draft" }, { iteration: 1 }))).toEqual({ iteration: "safe" });
});

test("a change of a running experiment is refused exactly when its spec hash changes", () => {
  const parts = [...FROZEN, ...NOTABLE, ...PROSE, ...SAME].map(([, part]) => part);
  fc.assert(
    fc.property(fc.subarray(parts), (chosen) => {
      const after = Object.assign({}, BASE, ...chosen) as Experiment;
      const refused = compareExperiments(BASE, after).some(({ weight }) => weight === "refused");
      expect(refused).toBe(specHash(after) !== specHash(BASE));
    }),
  );
});
