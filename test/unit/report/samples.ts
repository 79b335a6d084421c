import type { ArmResult, ComparisonResult, MetricResult } from "../../../src/report/result.ts";
import type { Analysis } from "../../../src/verdict/generated/analysis.ts";
import { combining, exploring } from "./exploring-samples.ts";

/** An arm; the interval is left out where a sample does not need it. */
function arm(variant: string, units: number, mean: number | null, rest: Partial<ArmResult> = {}): ArmResult {
  const sum = mean === null ? null : Math.round(units * mean * 1e6) / 1e6;
  return { variant, units, sum, mean, standardDeviation: null, interval: null, ...rest };
}

/** `[estimate, lower, upper]` as an interval. */
type Ends = readonly [number | null, number | null, number | null];

function comparison(
  variant: string,
  pValue: number | null,
  absolute: Ends,
  relative: Ends,
  rest: Partial<ComparisonResult> = {},
): ComparisonResult {
  const interval = ([estimate, lower, upper]: Ends) => ({ estimate, lower, upper });
  return {
    variant,
    statistic: null,
    degreesOfFreedom: null,
    pValue,
    adjustedPValue: pValue,
    intervalLevel: 0.95,
    absolute: interval(absolute),
    relative: interval(relative),
    power: null,
    powerAtMde: null,
    unitsNeeded: null,
    probabilityToBeatControl: null,
    expectedLoss: null,
    practical: "unclear",
    skewness: null,
    nonInferiority: null,
    harm: null,
    notes: [],
    ...rest,
  };
}

function metric(key: string, rest: Partial<MetricResult>): MetricResult {
  return {
    metric: key,
    name: key,
    role: "secondary",
    kind: "sum",
    better: "higher",
    method: "Welch t; Fieller interval",
    variants: [],
    comparisons: [],
    series: [],
    breakdowns: [],
    ...rest,
  };
}

/** 245 of 5,000 against 290 of 5,000, whose numbers are published in the design. */
const conversion = metric("checkout-conversion", {
  name: "Checkout conversion",
  role: "primary",
  kind: "conversion",
  method: "two-proportion z (pooled); Mee and Koopman intervals",
  variants: [
    arm("control", 5000, 0.049, { standardDeviation: 0.2159, interval: { lower: 0.0434, upper: 0.0553 } }),
    arm("one-page", 5000, 0.058, { standardDeviation: 0.2338, interval: { lower: 0.0518, upper: 0.0648 } }),
  ],
  comparisons: [
    comparison("one-page", 0.045527, [0.009, 0.0002, 0.0179], [0.1837, 0.0034, 0.3965], {
      statistic: 1.99975,
      power: 0.516,
      powerAtMde: 0.501,
      unitsNeeded: 9813,
      probabilityToBeatControl: 0.977,
      expectedLoss: 0.000038,
    }),
  ],
});

const revenue = metric("revenue-per-user", {
  name: "Revenue per user",
  variants: [
    arm("control", 5000, 4.3121, { standardDeviation: 22.81 }),
    arm("one-page", 5000, 4.6035, { standardDeviation: 23.4 }),
  ],
  comparisons: [
    comparison("one-page", 0.52814, [0.2914, -0.6147, 1.1975], [0.0676, -0.1345, 0.3022], {
      adjustedPValue: 1,
      degreesOfFreedom: 9992.1,
      notes: ["skewed"],
      skewness: 0.081,
    }),
  ],
});

const orderValue = metric("order-value", {
  name: "Value per order",
  kind: "ratio",
  method: "delta-method ratio, Welch t; Fieller interval",
  variants: [arm("control", 5000, 61.2), arm("one-page", 5000, 58.1)],
  comparisons: [
    comparison("one-page", 0.0121, [-3.1, -5.52, -0.68], [-0.0507, -0.0893, -0.0112], {
      practical: "harmful",
    }),
  ],
});

const errors = metric("checkout-errors", {
  name: "Checkout errors",
  role: "guardrail",
  kind: "conversion",
  better: "lower",
  method: "two-proportion z (pooled); Mee and Koopman intervals",
  variants: [arm("control", 5000, 0.021), arm("one-page", 5000, 0.0198)],
  comparisons: [
    comparison("one-page", 0.67214, [-0.0012, -0.0067, 0.0044], [-0.0571, -0.2805, 0.2374], {
      nonInferiority: {
        margin: { kind: "absolute", value: 0.003 },
        statistic: 1.49,
        pValue: 0.0681,
        bound: -0.0035,
        established: false,
      },
    }),
  ],
});

const latency = metric("page-load", {
  name: "Page load",
  role: "guardrail",
  kind: "mean",
  better: "lower",
  variants: [arm("control", 4871, 1840.2), arm("one-page", 4902, 1851.7)],
  comparisons: [
    comparison("one-page", 0.31, [11.5, -10.7, 33.7], [0.00625, -0.0058, 0.0184], {
      nonInferiority: {
        margin: { kind: "relative", value: 0.05 },
        statistic: 6.1,
        pValue: 1e-9,
        bound: -0.0164,
        established: true,
      },
    }),
  ],
});

/** Keep-running, with guardrails, a ratio and skewed revenue. */
export const keepRunning: Analysis = {
  formatVersion: 1,
  experiment: "one-page-checkout",
  name: "One-page checkout",
  iteration: 1,
  status: "running",
  asOf: "2026-11-17T00:00:00Z",
  specHash: "8f3c2e1d90ab47c6b1f2039485766554433221100ffeeddccbbaa99887766554",
  commit: "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334",
  toolVersion: "0.1.0",
  registration: {
    commit: "0f1e2d3c4b5a69788796a5b4c3d2e1f001122334",
    date: "2026-11-01T16:20:09Z",
    specHash: "8f3c2e1d90ab47c6b1f2039485766554433221100ffeeddccbbaa99887766554",
    spec: { key: "one-page-checkout", iteration: 1, mde: { kind: "relative", value: 0.18 } },
    changes: [
      {
        commit: "9f8e7d6c5b4a39281706f5e4d3c2b1a099887766",
        date: "2026-11-05T09:00:00Z",
        fields: [{ field: "rollout", weight: "safe", before: "50%", after: "100%", spoils: false }],
      },
    ],
    unreadable: [],
  },
  design: {
    start: "2026-11-02",
    end: "2026-11-29",
    control: "control",
    variants: [
      { variant: "control", share: 0.5 },
      { variant: "one-page", share: 0.5 },
    ],
    alpha: 0.05,
    power: 0.8,
    mde: { kind: "relative", value: 0.18 },
    plannedUnits: { control: 9813, "one-page": 9813 },
    plannedDays: 28,
    horizon: { reached: false, day: "2026-12-06", by: "end" },
    cutoff: "2026-11-17T00:00:00Z",
    method: "fixed",
  },
  health: {
    srm: {
      pValue: 0.6892,
      status: "ok",
      test: "Pearson chi-squared",
      observed: { control: 5021, "one-page": 5061 },
      expected: { control: 5041, "one-page": 5041 },
    },
    crossovers: { units: 3, share: 0.000298, status: "ok" },
    excluded: {
      bots: { control: 120, "one-page": 131 },
      forced: { control: 2, "one-page": 4 },
      "no-unit": { control: 0, "one-page": 0 },
    },
  },
  metrics: [conversion, revenue, orderValue, errors, latency],
  verdict: {
    decision: "keep-running",
    variant: null,
    summary: "Keep running until 2026-12-06: the planned number of units is not reached.",
    reasons: [
      { code: "before-horizon", decides: true },
      { code: "guardrail-not-shown-safe", decides: false, metric: "checkout-errors", variant: "one-page" },
      { code: "skewed", decides: false, metric: "revenue-per-user", variant: "one-page" },
    ],
  },
  sources: [
    {
      source: "exposures",
      simulated: false,
      files: ["data/exposures/2026-11.parquet"],
      rows: 10339,
      first: "2026-11-02T00:00:04Z",
      last: "2026-11-16T23:59:58Z",
    },
    {
      source: "app",
      simulated: false,
      files: ["data/events/2026-11-a.parquet", "data/events/2026-11-b.parquet"],
      rows: 48211,
      first: "2026-11-02T00:00:09Z",
      last: "2026-11-17T00:00:00Z",
    },
  ],
};

/** Ship, final simulated data, every guardrail safe. */
export const ship: Analysis = {
  ...keepRunning,
  experiment: "express-pay",
  name: "Express pay",
  status: "stopped",
  asOf: "2026-11-30T00:00:00Z",
  design: { ...keepRunning.design, horizon: { reached: true, day: "2026-11-30", by: "planned-units" } },
  metrics: [conversion, latency],
  verdict: {
    decision: "ship",
    variant: "one-page",
    summary: "Ship one-page: checkout conversion +18.4% (+0.3% to +39.7%) against control.",
    reasons: [
      { code: "significant-benefit", decides: true, metric: "checkout-conversion", variant: "one-page" },
      { code: "non-inferior", decides: true, metric: "page-load", variant: "one-page" },
      { code: "guardrails-safe", decides: true, variant: "one-page" },
    ],
  },
  sources: [
    {
      source: "exposures",
      simulated: true,
      files: ["data/exposures.parquet"],
      rows: 10000,
      first: null,
      last: null,
    },
  ],
};

/** Cookie Cats' gate at level 40: published counts, harm, and an uneven split. */
export const doNotShip: Analysis = {
  ...keepRunning,
  experiment: "gate-40",
  name: "Gate at level 40",
  status: "concluded",
  asOf: null,
  commit: null,
  registration: null,
  design: {
    ...keepRunning.design,
    start: null,
    end: null,
    control: "gate_30",
    variants: [
      { variant: "gate_30", share: 0.5 },
      { variant: "gate_40", share: 0.5 },
    ],
    mde: { kind: "relative", value: 0.03 },
    plannedUnits: null,
    plannedDays: null,
    horizon: { reached: true, day: null, by: "final-data" },
    cutoff: null,
  },
  health: {
    srm: {
      pValue: 0.008608,
      status: "warning",
      test: "Pearson chi-squared",
      observed: { gate_30: 44700, gate_40: 45489 },
      expected: { gate_30: 45094.5, gate_40: 45094.5 },
    },
    crossovers: { units: 0, share: 0, status: "ok" },
    excluded: {},
  },
  metrics: [
    metric("retention-7", {
      name: "Back on day 7",
      role: "primary",
      kind: "conversion",
      method: "two-proportion z (pooled); Mee and Koopman intervals",
      variants: [arm("gate_30", 44700, 8502 / 44700), arm("gate_40", 45489, 8279 / 45489)],
      comparisons: [
        comparison(
          "gate_40",
          0.001554,
          [-0.008201, -0.013282, -0.003121],
          [-0.043117, -0.068891, -0.016635],
          {
            statistic: -3.16436,
            practical: "harmful",
          },
        ),
      ],
    }),
    metric("retention-1", {
      name: "Back on day 1",
      kind: "conversion",
      method: "two-proportion z (pooled); Mee and Koopman intervals",
      variants: [arm("gate_30", 44700, 20034 / 44700), arm("gate_40", 45489, 20119 / 45489)],
      comparisons: [
        comparison("gate_40", 0.07441, [-0.005905, -0.012392, 0.000582], [-0.013176, -0.02745, 0.001308], {
          statistic: -1.78409,
        }),
      ],
    }),
  ],
  verdict: {
    decision: "do-not-ship",
    variant: null,
    summary: "Do not ship gate_40: fewer players are back on day 7, −4.3% (−6.9% to −1.7%) against gate_30.",
    reasons: [
      { code: "significantly-harmful", decides: true, metric: "retention-7", variant: "gate_40" },
      { code: "srm-warning", decides: false },
      { code: "plan-unregistered", decides: false, why: "no-repository" },
      { code: "data-without-horizon", decides: false },
    ],
  },
  sources: [
    {
      source: "perUnit",
      simulated: false,
      files: ["data/cookie-cats.csv"],
      rows: 90189,
      first: null,
      last: null,
    },
  ],
};

/** Invalid: a sample ratio mismatch. */
const invalid: Analysis = {
  ...keepRunning,
  experiment: "redirect-test",
  name: "Landing page behind a redirect",
  health: {
    ...keepRunning.health,
    srm: {
      pValue: 3.1e-12,
      status: "failed",
      test: "Pearson chi-squared",
      observed: { control: 5321, "one-page": 4610 },
      expected: { control: 4965.5, "one-page": 4965.5 },
    },
    crossovers: { units: 210, share: 0.0211, status: "failed" },
  },
  verdict: {
    decision: "invalid",
    variant: null,
    summary: "No verdict: the variants' units do not have the planned shares.",
    reasons: [
      { code: "srm-failed", decides: true },
      { code: "crossovers", decides: true },
      { code: "before-horizon", decides: false },
    ],
  },
};

/** Invalid: the plan was changed while it ran, once more than could be put back, and nobody knows what one commit said. */
const goalpostsMoved: Analysis = {
  ...keepRunning,
  experiment: "moved-goalposts",
  name: "Moved goalposts",
  commit: "a1b2c3d4e5f60718293a4b5c6d7e8f9001122334+",
  registration: {
    commit: "0f1e2d3c4b5a69788796a5b4c3d2e1f001122334",
    date: "2026-11-01T16:20:09Z",
    specHash: "11112e1d90ab47c6b1f2039485766554433221100ffeeddccbbaa99887766554",
    spec: { key: "moved-goalposts", iteration: 1, mde: { kind: "relative", value: 0.05 } },
    changes: [
      {
        commit: "9f8e7d6c5b4a39281706f5e4d3c2b1a099887766",
        date: "2026-11-05T09:00:00Z",
        fields: [
          { field: "mde", weight: "refused", before: "5%", after: "18%", spoils: true },
          {
            field: "metrics.primary.window",
            weight: "refused",
            before: "7d",
            after: "14d",
            spoils: false,
          },
        ],
      },
      {
        commit: "8e7d6c5b4a39281706f5e4d3c2b1a09988776655",
        date: null,
        fields: [
          {
            field: "metrics.primary.window",
            weight: "refused",
            before: "14d",
            after: "7d",
            spoils: false,
          },
          { field: "end", weight: "attention", before: "2026-11-22", after: "2026-11-29", spoils: false },
        ],
      },
      {
        commit: null,
        date: null,
        fields: [
          {
            field: "audience",
            weight: "refused",
            before: null,
            after: { all: [{ country: ["US", "CA"] }, { note: "`code` | <b>" }] },
            spoils: true,
          },
        ],
      },
    ],
    unreadable: [{ commit: "7d6c5b4a39281706f5e4d3c2b1a0998877665544", date: "2026-11-06T10:00:00Z" }],
  },
  verdict: {
    decision: "invalid",
    variant: null,
    summary:
      "No verdict, the trial was not fair: the plan was changed after it was fixed at 0f1e2d3c4b5a (mde, audience).",
    reasons: [
      {
        code: "plan-changed",
        decides: true,
        fields: "mde, audience",
        count: 2,
        commit: "9f8e7d6c5b4a39281706f5e4d3c2b1a099887766",
        date: "2026-11-05T09:00:00Z",
      },
      { code: "before-horizon", decides: false },
      { code: "plan-amended", decides: false, fields: "end", count: 1, commit: null, date: null },
      { code: "plan-unreadable", decides: false, commits: 1 },
    ],
  },
};

/** An empty arm: nothing can be computed. */
export const emptyArm: Analysis = {
  ...keepRunning,
  experiment: "never-logged",
  name: "A variant that is never logged",
  health: {
    srm: {
      pValue: null,
      status: "not-computable",
      test: "exact binomial",
      observed: { control: 3 },
      expected: { control: 1.5, "one-page": 1.5 },
    },
    crossovers: { units: 0, share: 0, status: "ok" },
    excluded: {},
  },
  metrics: [
    {
      ...conversion,
      variants: [arm("control", 3, 1 / 3), arm("one-page", 0, null)],
      comparisons: [
        comparison("one-page", null, [null, null, null], [null, null, null], { notes: ["no-units"] }),
      ],
    },
  ],
  verdict: {
    decision: "invalid",
    variant: null,
    summary: "No verdict: one-page has no units.",
    reasons: [{ code: "empty-arm", decides: true, variant: "one-page" }],
  },
};

/** Three variants and an adjusted p-value, one lift without a lower bound, one cut at the axis. */
export const threeVariants: Analysis = {
  ...keepRunning,
  experiment: "checklist-copy-with-a-key-long-enough-to-need-wrapping-somewhere",
  name: "Checklist copy: does a shorter, friendlier, more encouraging introduction help new teams to finish setting up?",
  design: {
    ...keepRunning.design,
    variants: [
      { variant: "control", share: 0.34 },
      { variant: "friendly", share: 0.33 },
      { variant: "short", share: 0.33 },
    ],
    plannedUnits: { control: 3400, friendly: 3300, short: 3300 },
    horizon: { reached: true, day: "2026-11-16", by: "planned-units" },
  },
  health: {
    srm: {
      pValue: 0.91,
      status: "ok",
      test: "Pearson chi-squared",
      observed: { control: 3402, friendly: 3310, short: 3288 },
      expected: { control: 3400, friendly: 3300, short: 3300 },
    },
    crossovers: { units: 0, share: 0, status: "ok" },
    excluded: {},
  },
  metrics: [
    metric("setup-finished", {
      name: "Setup finished",
      role: "primary",
      kind: "conversion",
      method: "two-proportion z (pooled); Mee and Koopman intervals",
      variants: [arm("control", 3402, 0.412), arm("friendly", 3310, 0.421), arm("short", 3288, 0.4489)],
      comparisons: [
        comparison("friendly", 0.4551, [0.009, -0.0146, 0.0326], [0.0218, -0.0348, 0.0817], {
          adjustedPValue: 0.4551,
        }),
        comparison("short", 0.00238, [0.0369, 0.0131, 0.0607], [0.0896, 0.0313, 0.1511], {
          adjustedPValue: 0.00476,
          practical: "meaningful",
        }),
      ],
    }),
    metric("invites", {
      name: "Invitations",
      kind: "count",
      variants: [arm("control", 3402, 0.0113), arm("friendly", 3310, 0.0141), arm("short", 3288, 0.0127)],
      comparisons: [
        comparison("friendly", 0.61, [0.0028, -0.008, 0.0136], [0.2478, -0.61, 2.9], { adjustedPValue: 1 }),
        comparison("short", 0.79, [0.0014, -0.0089, 0.0117], [0.1239, null, null], {
          adjustedPValue: 1,
          notes: ["unbounded"],
        }),
      ],
    }),
  ],
  verdict: {
    decision: "ship",
    variant: "short",
    summary: "Ship short: setup finished +9.0% (+3.1% to +15.1%) against control.",
    reasons: [
      { code: "significant-benefit", decides: true, metric: "setup-finished", variant: "short" },
      { code: "winners-curse", decides: false, variant: "short" },
    ],
  },
};

export const samples: readonly Analysis[] = [
  exploring,
  combining,
  keepRunning,
  ship,
  doNotShip,
  invalid,
  emptyArm,
  threeVariants,
  goalpostsMoved,
];
