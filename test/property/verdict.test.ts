import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { estimate } from "../../src/inference/estimate.ts";
import type { Experiment } from "../../src/model/experiment.ts";
import { type Moments, momentsOf } from "../../src/statistics/moments.ts";
import type { Analysis } from "../../src/verdict/analysis.ts";
import {
  experimentOf,
  metricOf,
  observationOf,
  planOf,
  rateMoments,
  running,
  variantsOf,
} from "../unit/inference/trial-fixture.ts";
import { analyse } from "../unit/verdict/trial-run.ts";

const rate = fc
  .record({ units: fc.integer({ min: 2, max: 20_000 }), part: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ units, part }) => rateMoments(Math.round(units * part), units));

/** Of rows with ties, gaps and large offsets. */
const sample = (variables: number) =>
  fc
    .array(
      fc.array(fc.oneof(fc.integer({ min: -3, max: 9 }), fc.double({ min: 0, max: 1e6, noNaN: true })), {
        minLength: variables,
        maxLength: variables,
      }),
      {
        minLength: 0,
        maxLength: 30,
      },
    )
    .map((rows) => momentsOf(rows, variables));

/** Moments that no row can have been read into, but an engine may return: huge, tiny, one unit. */
const extreme = (variables: number): fc.Arbitrary<Moments> => {
  const number = fc.constantFrom(0, 1, -1, 1e-300, 1e300, -1e300, 1e150, 5e-324, 0.3);
  const spread = number.map(Math.abs);
  const list = (of: fc.Arbitrary<number>, length: number) =>
    fc.array(of, { minLength: length, maxLength: length });
  return fc.record({
    units: fc.constantFrom(0, 1, 2, 3, 100, 1e9),
    means: list(number, variables),
    second: list(spread, (variables * (variables + 1)) / 2),
    third: list(number, (variables * (variables + 1) * (variables + 2)) / 6),
  });
};

function compared(
  kind: Parameters<typeof metricOf>[1],
  arms: readonly Moments[],
  better: "higher" | "lower" = "higher",
) {
  const experiment = experimentOf({
    primary: { metric: metricOf("m", kind, better), goal: "better", margin: null },
  });
  const observation = observationOf({ m: arms });
  return estimate({ experiment, plan: planOf(experiment, 100), observation })[0]!.comparisons[0]!;
}

describe("a comparison", () => {
  const armsOf = [
    ["conversion", fc.tuple(rate, rate)],
    ["sum", fc.tuple(sample(1), sample(1))],
    ["ratio", fc.tuple(sample(2), sample(2))],
  ] as const;

  test.each(armsOf)("%s: swapped arms flip the sign and nothing else", (kind, arms) => {
    fc.assert(
      fc.property(arms, ([a, b]) => {
        const [forth, back] = [compared(kind, [a, b]), compared(kind, [b, a])];
        const close = (x: number | null, y: number | null) =>
          x === null || y === null
            ? expect(x).toBe(y)
            : expect(Math.abs(x - y)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(x)));
        const minus = (x: number | null) => (x === null ? null : -x);
        close(forth.statistic, minus(back.statistic));
        close(forth.pValue, back.pValue);
        close(forth.absolute.estimate, minus(back.absolute.estimate));
        close(forth.absolute.lower, minus(back.absolute.upper));
        close(forth.absolute.upper, minus(back.absolute.lower));
      }),
    );
  });

  test.each(armsOf)("%s: an interval holds 0 exactly where p ≥ α", (kind, arms) => {
    fc.assert(
      fc.property(arms, ([a, b]) => {
        const { pValue, absolute, relative } = compared(kind, [a, b]);
        fc.pre(pValue !== null && Math.abs(pValue - 0.05) > 1e-9);
        const holdsZero = ({ lower, upper }: { lower: number | null; upper: number | null }) =>
          lower === null || upper === null ? null : lower <= 0 && upper >= 0;
        expect(holdsZero(absolute)).toBe(pValue >= 0.05);
        expect(holdsZero(relative) ?? pValue >= 0.05).toBe(pValue >= 0.05);
      }),
    );
  });

  test.each(armsOf)(
    "%s: the bound lies above the margin exactly where the margin's test rejects",
    (kind, arms) => {
      const margins = fc.record({
        kind: fc.constantFrom("relative" as const, "absolute" as const),
        value: fc.double({ min: 0.001, max: 0.9, noNaN: true }),
      });
      fc.assert(
        fc.property(
          arms,
          margins,
          fc.constantFrom("higher" as const, "lower" as const),
          ([a, b], margin, better) => {
            const experiment = experimentOf({
              guardrails: [{ metric: metricOf("m", kind, better), margin }],
            });
            const observation = observationOf({
              "checkout-conversion": [rateMoments(5, 10), rateMoments(5, 10)],
              m: [a, b],
            });
            const { nonInferiority } = estimate({
              experiment,
              plan: planOf(experiment, 100),
              observation,
            })[1]!.comparisons[0]!;
            const { pValue, bound, established } = nonInferiority!;
            fc.pre(pValue !== null && bound !== null && Math.abs(bound + margin.value) > 1e-9);
            expect(established).toBe(bound > -margin.value);
          },
        ),
      );
    },
  );
});

/** Which decision a deciding reason speaks for. */
const DECISIONS: Readonly<Record<string, Analysis["verdict"]["decision"]>> = {
  "srm-failed": "invalid",
  crossovers: "invalid",
  "empty-arm": "invalid",
  "harm-primary": "stop-harm",
  "harm-guardrail": "stop-harm",
  "before-horizon": "keep-running",
  "stopped-early": "inconclusive",
  "significantly-harmful": "do-not-ship",
  "guardrail-worse": "do-not-ship",
  "guardrail-not-shown-safe": "do-not-ship",
  "guardrail-underpowered": "inconclusive",
  "significant-benefit": "ship",
  "non-inferior": "ship",
  "guardrails-safe": "ship",
  "small-counts": "inconclusive",
  "severely-skewed": "inconclusive",
  "no-meaningful-effect": "inconclusive",
  underpowered: "inconclusive",
};

const kinds = ["conversion", "count", "sum", "mean", "ratio"] as const;
const oneMetric = fc.constantFrom(...kinds).chain((kind) => {
  const variables = kind === "ratio" ? 2 : 1;
  const arm = kind === "conversion" ? rate : fc.oneof(sample(variables), extreme(variables));
  return fc.record({ kind: fc.constant(kind), arms: fc.array(arm, { minLength: 3, maxLength: 3 }) });
});

const trial = fc.record({
  metrics: fc.tuple(oneMetric, oneMetric, oneMetric),
  better: fc.constantFrom("higher" as const, "lower" as const),
  goal: fc.constantFrom("better" as const, "not-worse" as const),
  mde: fc.constantFrom(
    { kind: "relative", value: 0.1 } as const,
    { kind: "absolute", value: 0.5 } as const,
    null,
  ),
  margin: fc.constantFrom(
    { kind: "relative", value: 0.1 } as const,
    { kind: "absolute", value: 0.5 } as const,
  ),
  status: fc.constantFrom<Experiment["status"]>("running", "stopped", "concluded"),
  reached: fc.boolean(),
  planned: fc.constantFrom(null, 50, 5000),
  units: fc.tuple(fc.nat({ max: 5000 }), fc.nat({ max: 5000 }), fc.nat({ max: 5000 })),
  crossovers: fc.nat({ max: 50 }),
});

/** Worlds in which a variant often ships: enough units, a plausible gain, a guardrail that mostly holds. */
const promising = trial.chain((world) => {
  const counts = (least: number, most: number) =>
    fc.tuple(
      ...[0, 1, 2].map(() => fc.integer({ min: least, max: most }).map((count) => rateMoments(count, 5000))),
    );
  return fc.record({
    ...Object.fromEntries(Object.entries(world).map(([key, value]) => [key, fc.constant(value)])),
    metrics: fc.record({ p: counts(0, 60), g: counts(2400, 2500) }).map(({ p, g }) => [
      { kind: "conversion", arms: p },
      { kind: "conversion", arms: p },
      { kind: "conversion", arms: g },
    ]),
    units: fc.constantFrom([5000, 5000, 5000], [5000, 5010, 4990], [5000, 5500, 5000]),
    crossovers: fc.constantFrom(0, 9, 200),
  }) as typeof trial;
});

function analysisOf(world: typeof trial extends fc.Arbitrary<infer World> ? World : never): Analysis {
  const [primary, secondary, guardrail] = world.metrics;
  const { better, goal, margin, mde, status, planned, crossovers } = world;
  const enrolment = {
    units: world.units,
    crossovers,
    excluded: { bots: [1, 0, 2] },
    unknownVariants: ["red"],
  };
  return analyse({
    experiment: {
      status,
      mde,
      variants: variantsOf("control", "a", "b"),
      primary: {
        metric: metricOf("p", primary.kind, better),
        goal,
        margin: goal === "not-worse" ? margin : null,
      },
      secondary: [metricOf("s", secondary.kind)],
      guardrails: [{ metric: metricOf("g", guardrail.kind, better), margin }],
    },
    arms: { p: primary.arms, s: secondary.arms, g: guardrail.arms },
    planned,
    observation: world.reached ? { enrolment } : { ...running, enrolment },
  });
}

describe("an analysis of any data", () => {
  test("holds no NaN and no infinity anywhere", () => {
    fc.assert(
      fc.property(trial, (world) => {
        walk(analysisOf(world), (value, path) => {
          if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`${path} is ${value}`);
        });
      }),
      { numRuns: 300 },
    );
  });

  test("decides as its deciding reasons say, and only so", () => {
    fc.assert(
      fc.property(trial, (world) => {
        const { decision, reasons, variant } = analysisOf(world).verdict;
        const deciding = reasons.filter(({ decides }) => decides);
        expect(new Set(deciding.map(({ code }) => DECISIONS[code]))).toEqual(new Set([decision]));
        expect(reasons.slice(0, deciding.length)).toEqual(deciding);
        expect(variant !== null).toBe(decision === "ship");
      }),
      { numRuns: 300 },
    );
  });

  test("ships only what is fair, finished, believed and safe", () => {
    let ships = 0;
    fc.assert(
      fc.property(promising, (world) => {
        const { health, verdict, design, metrics } = analysisOf(world);
        if (verdict.decision !== "ship") return;
        ships++;
        expect(health.srm.status).not.toBe("failed");
        expect(health.crossovers.status).toBe("ok");
        expect(design.horizon.reached).toBe(true);
        const shipped = metrics.map(
          ({ comparisons }) => comparisons.find((found) => found.variant === verdict.variant)!,
        );
        expect(shipped[0]!.notes).not.toContain("small-counts");
        expect(shipped[0]!.notes).not.toContain("severely-skewed");
        expect(shipped[2]!.nonInferiority!.established).toBe(true);
      }),
      { seed: 20261102, numRuns: 200 },
    );
    expect(ships).toBeGreaterThan(10);
  });

  test("a broken split is invalid, whatever the metrics say", () => {
    fc.assert(
      fc.property(promising, fc.integer({ min: 6000, max: 9000 }), (world, units) => {
        const { verdict } = analysisOf({ ...world, units: [5000, 5000, units] });
        expect(verdict.decision).toBe("invalid");
        expect(verdict.reasons[0]!.code).toBe("srm-failed");
      }),
      { numRuns: 50 },
    );
  });
});

function walk(value: unknown, visit: (leaf: unknown, path: string) => void, path = ""): void {
  if (typeof value !== "object" || value === null) visit(value, path);
  else for (const [key, part] of Object.entries(value)) walk(part, visit, `${path}/${key}`);
}
