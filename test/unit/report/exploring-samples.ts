import { estimate } from "../../../src/inference/estimate.ts";
import type { Experiment } from "../../../src/model/experiment.ts";
import type { MetricMoments } from "../../../src/query/observation.ts";
import { type Moments, momentsOf } from "../../../src/statistics/moments.ts";
import { assemble } from "../../../src/verdict/analysis.ts";
import { decide } from "../../../src/verdict/decide.ts";
import type { Analysis } from "../../../src/verdict/generated/analysis.ts";
import { drawRows } from "../inference/park-miller.ts";
import {
  experimentOf,
  meanMoments,
  metricOf,
  observationOf,
  planOf,
  rateMoments,
  variantsOf,
} from "../inference/trial-fixture.ts";

const DAY = 86_400_000;

function analysisOf(
  experiment: Experiment,
  found: readonly (Partial<MetricMoments> & Pick<MetricMoments, "metric" | "arms">)[],
): Analysis {
  const plan = planOf(experiment, 1000);
  const metrics = found.map((moments) => ({ exposed: moments.arms.map(({ units }) => units), ...moments }));
  const sources = [{ source: "app", files: ["data/events.parquet"], rows: 48_211, first: null, last: null }];
  const observation = {
    ...observationOf({}, { sources }),
    metrics,
    enrolment: { units: metrics[0]!.exposed, crossovers: 0, excluded: {}, unknownVariants: [] },
  };
  const estimates = estimate({ experiment, plan, observation });
  const verdict = decide({ experiment, plan, observation, estimates });
  const meta = { commit: null, toolVersion: "0.1.0" };
  return assemble({ experiment, plan, observation, estimates, verdict, meta });
}

/** Revenue that is capped and adjusted, by device and country and by days since exposure. */
export const exploring: Analysis = revenueAnalysis();

function revenueAnalysis(): Analysis {
  const base = experimentOf({
    key: "winter-sale",
    name: "Winter sale",
    primary: { metric: metricOf("revenue-per-user", "sum"), goal: "better", margin: null },
    secondary: [metricOf("orders")],
    mde: { kind: "relative", value: 0.05 },
    variants: variantsOf("control", "banner"),
  });
  const experiment: Experiment = { ...base, analysis: { ...base.analysis, cuped: 14 * DAY } };
  const [a, b] = [spenders(7, 0), spenders(11, 0.35)];
  const value = (name: string | null, other: boolean, shift: number, units: number) => ({
    value: name,
    other,
    arms: [meanMoments(3, 4, units), meanMoments(3 + shift, 4, units + 7)],
    exposed: [units, units + 7],
  });
  const rate = (name: string, a: readonly [number, number], b: readonly [number, number]) => ({
    value: name,
    other: false,
    arms: [rateMoments(...a), rateMoments(...b)],
    exposed: [a[1], b[1]],
  });
  return analysisOf(experiment, [
    {
      metric: "revenue-per-user",
      arms: [
        momentsOf(
          a.map(([y]) => [y!]),
          1,
        ),
        momentsOf(
          b.map(([y]) => [y!]),
          1,
        ),
      ],
      cap: { value: 14.5, capped: [11, 13] },
      covariates: { arms: [momentsOf(a, 2), momentsOf(b, 2)] },
      bins: binsOf(a, b),
      breakdowns: [
        {
          attribute: "device",
          values: [
            value("mobile", false, 0.9, 900),
            value("desktop", false, -0.1, 500),
            value(null, false, 0.2, 110),
            value(null, true, 0.3, 60),
          ],
        },
        { attribute: "country", values: [value("de", false, 0.3, 800), value("at", false, 0.4, 700)] },
      ],
      byAge: [0.4, 0.3, 0.22, 0.1, 0.12, 0.02, 0.05].map((shift, day) => ({
        from: day * DAY,
        to: (day + 1) * DAY,
        arms: [meanMoments(0.6, 1.9, 1500), meanMoments(0.6 + shift, 1.9, 1490)],
        exposed: [1500, 1490],
      })),
    },
    {
      metric: "orders",
      arms: [rateMoments(300, 1500), rateMoments(322, 1490)],
      breakdowns: [
        {
          attribute: "device",
          values: [rate("mobile", [91, 100], [647, 720]), rate("desktop", [147, 700], [20, 100])],
        },
        {
          attribute: "country",
          values: [rate("de", [160, 800], [170, 790]), rate("at", [140, 700], [152, 700])],
        },
      ],
    },
  ]);
}

function spenders(seed: number, shift: number): readonly (readonly number[])[] {
  return drawRows(seed, 1500, (next) => {
    const before = Math.round(20 * (3 * next() + next() ** 4 * 10)) / 20;
    return [
      Math.max(0, Math.min(14.5, Math.round(20 * (0.8 * before + 2 * next() + shift - 1.5)) / 20)),
      before,
    ];
  });
}

function binsOf(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): NonNullable<MetricMoments["bins"]> {
  const values = [...new Set([...a, ...b].map(([value]) => value!))].sort((x, y) => x - y);
  return {
    variables: 1,
    counts: values.map((value) => ({
      values: [value],
      units: [a, b].map((arm) => arm.filter(([each]) => each === value).length),
    })),
  };
}

/** Two headlines by three prices, by their main effects, with the trend over the price. */
export const combining: Analysis = factorialAnalysis();

function factorialAnalysis(): Analysis {
  const cells = ["bold", "plain"].flatMap((headline) => [9, 12, 15].map((price) => ({ headline, price })));
  const variants = cells.map((params, index) => ({
    key: `headline=${params.headline},price=${params.price}`,
    share: index < 4 ? 166_667 : 166_666,
    params,
  }));
  const base = experimentOf({
    key: "price-offer",
    name: "Price offer",
    variants,
    control: variants[0]!.key,
    default: variants[0]!.key,
    draw: { kind: "parameters", parameters: [] },
    primary: { metric: metricOf("revenue-per-user", "sum"), goal: "better", margin: null },
    guardrails: [
      { metric: metricOf("error-rate", "conversion", "lower"), margin: { kind: "relative", value: 0.3 } },
    ],
    mde: { kind: "relative", value: 0.05 },
  });
  const experiment: Experiment = { ...base, analysis: { ...base.analysis, effects: "main", dose: "price" } };
  const means = [10, 10.6, 11.5, 10.8, 11.6, 12.1];
  const arms = means.map((mean) => meanMoments(mean, 4, 1100));
  const errors = [80, 82, 79, 81, 84, 80].map((count): Moments => rateMoments(count, 1100));
  return analysisOf(experiment, [
    { metric: "revenue-per-user", arms },
    { metric: "error-rate", arms: errors },
  ]);
}
