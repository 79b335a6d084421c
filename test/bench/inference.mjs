// How long 10,000 comparisons take: 10 metrics in 1,000 values of an attribute, with both intervals, the interaction tests
// and the corrections over the values of each metric; then the same as comparisons that decide (power, equivalence, harm,
// beliefs beside the intervals), each metric's p-values corrected over the values.
//
//   npm run build && node test/bench/inference.mjs [--values 1000]
//
// Prints seconds by kind of metric, and of all.
import { parseArgs } from "node:util";
import { estimate } from "../../dist/inference/estimate.js";
import { benjaminiHochberg, momentsOf } from "../../dist/statistics/index.js";
import { uniformStream } from "../../dist/statistics/random.js";

const { values: options } = parseArgs({ options: { values: { type: "string", default: "1000" } } });
const VALUES = Number(options.values);
const UNITS = 400;
const KINDS = { conversion: 4, sum: 2, count: 1, mean: 1, ratio: 2 };

const random = uniformStream(1);
const experiment = experimentOf(
  Object.entries(KINDS).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, index) => metricOf(`${kind}-${index}`, kind)),
  ),
);
const plan = planOf(experiment);
const metrics = [experiment.primary.metric, ...experiment.secondary];
const evidence = Array.from({ length: VALUES }, () =>
  metrics.map((metric) => ({
    metric: metric.key,
    arms: [drawArm(metric.kind, 0), drawArm(metric.kind, 0.02)],
    exposed: [UNITS, UNITS],
  })),
);

breakDown("by an attribute, once, cold");
breakDown("by an attribute");
measure("deciding, all, once", metrics);
measure("deciding, all", metrics);
for (const kind of Object.keys(KINDS))
  measure(
    kind,
    metrics.filter((metric) => metric.kind === kind),
  );

/** Time of one estimation whose metrics are all broken down by an attribute. */
function breakDown(label) {
  const broken = metrics.map(({ key }, index) => {
    const values = evidence.map((of, value) => ({ ...of[index], value: `v${value}`, other: false }));
    return { metric: key, ...evidence[0][index], breakdowns: [{ attribute: "attribute", values }] };
  });
  timed(label, metrics.length, () => {
    const estimates = estimate({ experiment, plan, observation: { metrics: broken } });
    const values = estimates.flatMap(({ breakdowns }) => breakdowns.flatMap((each) => each.values));
    return values.filter(({ comparisons }) => comparisons[0].adjustedPValue < 0.05).length;
  });
}

/** Time of all values of some metrics, each metric's p-values corrected over the values. */
function measure(label, wanted) {
  const [primary, ...secondary] = wanted;
  const asked = { ...experiment, primary: { ...experiment.primary, metric: primary }, secondary };
  timed(label, wanted.length, () => {
    const estimates = evidence.map((of) =>
      estimate({ experiment: asked, plan, observation: { metrics: of } }),
    );
    return wanted.reduce((count, _, index) => {
      const corrected = benjaminiHochberg(estimates.map((each) => each[index].comparisons[0].pValue));
      return count + corrected.filter((pValue) => pValue < 0.05).length;
    }, 0);
  });
}

function timed(label, count, work) {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const found = work();
  const { user, system } = process.cpuUsage(before);
  const comparisons = VALUES * count;
  const seconds = (performance.now() - start) / 1000;
  const each = ((1e6 * seconds) / comparisons).toFixed(0);
  const processor = ((user + system) / 1e6).toFixed(2);
  console.log(
    `${label}: ${comparisons} comparisons in ${seconds.toFixed(2)} s, ${each} µs each (${processor} CPU s with compiling and garbage collection), ${found} below 0.05`,
  );
}

function drawArm(kind, lift) {
  const exponential = () => -Math.log(random()) * (1 + lift);
  const draw = {
    conversion: () => [Number(random() < 0.1 * (1 + lift))],
    ratio: () => {
      const orders = Math.floor(4 * random());
      return [orders * exponential(), orders];
    },
  };
  const rows = Array.from({ length: UNITS }, draw[kind] ?? (() => [exponential()]));
  return momentsOf(rows, rows[0].length);
}

function metricOf(key, kind) {
  return {
    key,
    kind,
    per: null,
    file: "",
    name: key,
    description: null,
    better: "higher",
    window: null,
    baseline: null,
  };
}

function experimentOf([primary, ...secondary]) {
  const variants = ["control", "variant"].map((key) => ({ key, share: 500_000, params: {} }));
  return {
    key: "bench",
    control: "control",
    draw: { kind: "variants" },
    variants,
    primary: { metric: primary, goal: "better", margin: null },
    secondary,
    guardrails: [],
    mde: { kind: "relative", value: 0.1 },
    analysis: { alpha: 0.05, power: 0.8, method: "fixed", cuped: null },
  };
}

function planOf({ primary }) {
  return {
    specHash: "bench",
    sizes: [{ metric: primary.metric.key, role: "primary", unitsPerVariant: [UNITS, UNITS] }],
    binding: primary.metric.key,
  };
}
