import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Experiment } from "../../../src/model/experiment.ts";
import type { EventRows, Metric } from "../../../src/model/metric.ts";
import { canonicalJson } from "../../../src/plan/canonical-json.ts";
import { frozenSpec, specHash } from "../../../src/plan/spec-hash.ts";
import type { Condition } from "../../../src/runtime/manifest.ts";
import { CONVERSION, DAY, eventMetric, experimentOf, mean, ORG, rate, USER } from "./sample-project.ts";

const US: Condition = { kind: "one-of", attribute: "country", values: ["US", "CA"] };
const PRO: Condition = { kind: "not", condition: { kind: "one-of", attribute: "plan", values: ["free"] } };
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
const ORDERS = eventMetric("orders", "count", { event: "purchase" }, null);
const PURCHASE: EventRows = { kind: "event", event: "purchase", value: null, where: [] };
const VIEW: EventRows = { ...PURCHASE, event: "view" };
const LAYER = { layer: { key: "checkout", unit: USER }, from: 0, to: 400_000 };

const BASE = experimentOf({
  layer: LAYER,
  audience: { kind: "all", conditions: [US, PRO] },
  secondary: [REVENUE, ORDERS],
  guardrails: [{ metric: ORDERS, margin: { kind: "relative", value: 0.05 } }],
});

describe("the hash changes with", () => {
  const changes: readonly [string, Partial<Experiment>][] = [
    ["the key", { key: "other" }],
    ["the iteration", { iteration: 2 }],
    ["the unit", { unit: ORG }],
    ["the operator", { draw: { kind: "variants", operator: "uniformChoice", planout: null } }],
    ["the control", { control: "treatment" }],
    [
      "a share",
      { variants: BASE.variants.map((variant, index) => ({ ...variant, share: 400_000 + index * 200_000 })) },
    ],
    ["a param", { variants: BASE.variants.map((variant) => ({ ...variant, params: { steps: 1 } })) }],
    ["the audience", { audience: US }],
    ["no audience", { audience: null }],
    ["the range", { layer: { ...LAYER, to: 500_000 } }],
    ["the layer", { layer: null }],
    ["the exposure", { exposure: { kind: "explicit" } }],
    ["the exposing event", { exposure: { kind: "event", event: "purchase" } }],
    [
      "the goal",
      { primary: { metric: CONVERSION, goal: "not-worse", margin: { kind: "relative", value: 0.1 } } },
    ],
    ["a window", { primary: { ...BASE.primary, metric: { ...CONVERSION, window: 14 * DAY } } }],
    ["a direction", { primary: { ...BASE.primary, metric: { ...CONVERSION, better: "lower" } } }],
    [
      "an event",
      {
        primary: { ...BASE.primary, metric: { ...CONVERSION, input: { kind: "column", column: "bought" } } },
      },
    ],
    ["a metric's role", { secondary: [ORDERS] }],
    ["a margin", { guardrails: [{ metric: ORDERS, margin: { kind: "absolute", value: 0.05 } }] }],
    ["the MDE", { mde: { kind: "relative", value: 0.19 } }],
    ["alpha", { analysis: { ...BASE.analysis, alpha: 0.01 } }],
    ["power", { analysis: { ...BASE.analysis, power: 0.9 } }],
    ["CUPED", { analysis: { ...BASE.analysis, cuped: DAY } }],
    ["a trigger", { analysis: { ...BASE.analysis, trigger: PURCHASE } }],
    ["a cap", { secondary: [{ ...REVENUE, winsorize: { kind: "absolute", cap: 500 } }, ORDERS] }],
    ["the measured unit", { secondary: [{ ...REVENUE, per: "org" }, ORDERS] }],
  ];
  test.each(changes)("%s", (_, change) => {
    expect(specHash({ ...BASE, ...change })).not.toBe(specHash(BASE));
  });
});

describe("the hash of a metric tells apart", () => {
  const { input, winsorize: _, kind: __, ...head } = REVENUE;
  const retention = (from: number, to: number): Metric => ({
    ...head,
    kind: "retention",
    input: PURCHASE,
    from,
    to,
    window: to,
  });
  const funnel = (...steps: readonly EventRows[]): Metric => ({
    ...head,
    kind: "funnel",
    steps,
    window: DAY,
  });
  const quantile = (share: number): Metric => ({ ...head, kind: "quantile", quantile: share, input });
  const hashOf = (metric: Metric) => specHash({ ...BASE, secondary: [metric] });

  test("days, steps and their order, and quantiles", () => {
    const alike = [
      retention(7 * DAY, 8 * DAY),
      retention(6 * DAY, 8 * DAY),
      retention(7 * DAY, 9 * DAY),
      funnel(VIEW, PURCHASE),
      funnel(PURCHASE, VIEW),
      funnel(VIEW, { ...PURCHASE, where: [{ column: "refunded", values: [false] }] }),
      quantile(0.5),
      quantile(0.95),
    ];
    expect(new Set(alike.map(hashOf)).size).toBe(alike.length);
  });
});

describe("the hash does not change with", () => {
  const prose = { ...REVENUE, name: "Revenue", description: "What they pay.", baseline: mean(5, 21) };
  const unordered = {
    ...REVENUE,
    input: {
      ...REVENUE.input,
      where: [
        { column: "currency", values: ["EUR", "USD"] },
        { column: "refunded", values: [false] },
      ],
    },
  } as typeof REVENUE;
  const changes: readonly [string, Partial<Experiment>][] = [
    ["rollout", { rollout: 100_000 }],
    ["breakdowns", { analysis: { ...BASE.analysis, breakdowns: ["country"] } }],
    ["dates", { start: "2027-01-01", end: "2027-02-01", removeBy: null }],
    ["prose", { name: "n", description: "d", hypothesis: "h", tags: ["t"], owner: "o" }],
    ["the status", { status: "stopped" }],
    ["baselines and volume", { planning: { newPerDay: 3, baseline: rate(0.5) } }],
    ["the volume of the unit", { unit: { ...USER, newPerDay: 3 } }],
    ["overrides", { overrides: [{ variant: "treatment", when: US }] }],
    ["a metric's prose and baseline", { secondary: [prose, ORDERS] }],
    ["the order of metrics", { secondary: [ORDERS, REVENUE] }],
    ["the order of filters", { secondary: [unordered, ORDERS] }],
    [
      "the order of conditions",
      { audience: { kind: "all", conditions: [PRO, { ...US, values: ["CA", "US"] } as Condition] } },
    ],
  ];
  test.each(changes)("%s", (_, change) => {
    expect(specHash({ ...BASE, ...change })).toBe(specHash(BASE));
  });
});

test("the hash is the SHA-256 of the canonical JSON", () => {
  const text = canonicalJson(frozenSpec(BASE));
  expect(specHash(BASE)).toBe(createHash("sha256").update(text).digest("hex"));
  expect(JSON.parse(text)).toMatchObject({ key: "checkout-v2", unit: { key: "user" }, mde: { value: 0.18 } });
});

test("a ratio is its parts", () => {
  const ratio = (window: number) =>
    experimentOf({
      secondary: [
        { ...ORDERS, kind: "ratio", key: "aov", numerator: { ...REVENUE, window }, denominator: ORDERS },
      ] as unknown as Experiment["secondary"],
    });
  expect(specHash(ratio(DAY))).not.toBe(specHash(ratio(2 * DAY)));
});

test("canonical JSON sorts keys at every depth and keeps the order of lists", () => {
  expect(canonicalJson({ b: [2, 1], a: { d: null, c: "é\n" } })).toBe(
    '{"a":{"c":"é\\n","d":null},"b":[2,1]}',
  );
});
