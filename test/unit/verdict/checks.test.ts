import { describe, expect, test } from "vitest";
import type { Experiment } from "../../../src/model/experiment.ts";
import { type Moments, momentsOf } from "../../../src/statistics/moments.ts";
import { uniformStream } from "../../../src/statistics/random.ts";
import { runChecks } from "../../../src/verdict/checks/run-checks.ts";
import type { Check } from "../../../src/verdict/generated/analysis.ts";
import type { HealthRecord } from "../../../src/verdict/health-record.ts";
import type { TrialRecord } from "../../../src/verdict/record.ts";
import { experimentOf, observationOf } from "../inference/trial-fixture.ts";
import { analyse, otherCodes } from "./trial-run.ts";

/** 120 of 1,000 and 140 of 1,000: nothing to speak of. */
const ARMS = { "checkout-conversion": [zeroOne(120, 1000), zeroOne(140, 1000)] };

function zeroOne(ones: number, units: number): Moments {
  return momentsOf(
    Array.from({ length: units }, (_, index) => [index < ones ? 1 : 0]),
    1,
  );
}

function checksOf(
  health: HealthRecord,
  record: Partial<TrialRecord> = {},
  experiment: Partial<Experiment> = {},
) {
  const observation = { ...observationOf(ARMS), ...record, health };
  return runChecks(experimentOf(experiment), observation, []);
}

function only<Name extends Check["check"]>(checks: readonly Check[], name: Name) {
  const found = checks.filter((check): check is Extract<Check, { check: Name }> => check.check === name);
  expect(found).toHaveLength(1);
  return found[0]!;
}

const dayOf = (index: number) => `2026-11-${String(index + 2).padStart(2, "0")}`;
const daysOf = (counts: readonly (readonly number[])[]) =>
  counts.map((units, index) => ({ day: dayOf(index), units }));

/** What nothing is wrong with. */
const CLEAN: HealthRecord = {
  byDay: daysOf([
    [101, 99],
    [100, 104],
    [98, 95],
  ]),
  excludedUnits: { bots: [20, 22], "no-unit": [0, 0] },
  otherSpec: { rows: [0, 0], of: [300, 300] },
  audit: {
    basis: "assignment",
    units: [
      [299, 0, 0],
      [0, 298, 0],
    ],
  },
  sources: ["app"],
  exposures: { units: [299, 298], rows: 700, repeated: 60 },
  events: [
    {
      source: "app",
      since: null,
      units: [299, 298],
      rows: 2000,
      repeated: 3,
      before: [30, 33],
      joined: [200, 210],
    },
  ],
};

test("where nothing is wrong, nothing warns, and every check that the data allow is there", () => {
  const checks = checksOf(CLEAN);
  expect(checks.filter(({ status }) => status !== "ok")).toEqual([]);
  expect(checks.map(({ check }) => check)).toEqual([
    "sequential-srm",
    "srm-by-day",
    "date-gaps",
    "uneven-exclusions",
    "other-spec",
    "assignment-audit",
    "silent-metrics",
    "joined-events",
    "early-events",
    "repeated-rows",
  ]);
});

test("data that can say nothing have no checks but that of the metrics", () => {
  expect(checksOf({}).map(({ check }) => check)).toEqual(["silent-metrics"]);
});

describe("exactly one thing is wrong, and one check says so", () => {
  const wrong: readonly [Check["check"], HealthRecord, Partial<TrialRecord>?][] = [
    [
      "srm-by-day",
      {
        byDay: daysOf([
          [100, 160],
          [101, 99],
          [160, 110],
        ]),
      },
    ],
    [
      "date-gaps",
      {
        byDay: daysOf([
          [101, 99],
          [0, 0],
          [90, 110],
        ]),
      },
    ],
    ["uneven-exclusions", { excludedUnits: { bots: [300, 400] } }],
    ["other-spec", { otherSpec: { rows: [0, 1], of: [300, 300] } }],
    [
      "assignment-audit",
      {
        audit: {
          basis: "draw",
          units: [
            [290, 5, 4],
            [0, 298, 0],
          ],
        },
      },
    ],
    ["early-events", { events: [{ ...CLEAN.events![0]!, units: [1000, 1000], before: [300, 420] }] }],
    ["repeated-rows", { events: [{ ...CLEAN.events![0]!, repeated: 21 }] }],
    [
      "silent-metrics",
      {},
      { metrics: [{ metric: "m", exposed: [60, 40], arms: [zeroOne(0, 60), zeroOne(0, 40)] }] },
    ],
  ];

  test.each(wrong)("%s", (name, part, record = {}) => {
    const checks = checksOf({ ...CLEAN, ...part }, record);
    expect(checks.filter(({ status }) => status === "warning").map(({ check }) => check)).toEqual([name]);
    const analysis = analyse({ arms: ARMS, observation: { health: { ...CLEAN, ...part } } });
    expect(otherCodes(analysis).filter((code) => code === name)).toHaveLength(
      name === "silent-metrics" ? 0 : 1,
    );
  });
});

describe("the split by day", () => {
  test("p-values as of Pearson's test, adjusted by Holm", () => {
    const byDay = daysOf([
      [100, 140],
      [101, 99],
      [90, 110],
    ]);
    const check = only(checksOf({ byDay }), "srm-by-day");
    const [first, second, third] = check.days;
    expect(first!.pValue).toBeCloseTo(0.009823274507519235, 12);
    expect(first!.adjustedPValue).toBeCloseTo(3 * 0.009823274507519235, 12);
    expect(third!.adjustedPValue).toBeCloseTo(2 * 0.15729920705028105, 12);
    expect(second!.adjustedPValue).toBeCloseTo(0.887537083981715, 12);
    expect(check).toMatchObject({ status: "ok", pValue: first!.adjustedPValue });
    expect(first!.units).toEqual({ control: 100, "one-page": 140 });
  });

  test("a variant that was dropped is not missed", () => {
    const variants = [
      ...experimentOf().variants,
      { key: "red", share: 500_000, params: {}, dropped: "2026-11-03" },
    ];
    const shares = [250_000, 250_000];
    const changed = variants.map((variant, index) => ({ ...variant, share: shares[index] ?? variant.share }));
    const byDay = daysOf([
      [100, 101, 200],
      [99, 100, 0],
      [101, 102, 0],
    ]);
    const checks = checksOf({ byDay }, {}, { variants: changed });
    expect(checks.filter(({ status }) => status === "warning")).toEqual([]);
  });

  test("the sequential test keeps its smallest value, and says since when", () => {
    const byDay = daysOf([
      [100, 101],
      [3000, 6000],
      [6000, 3000],
      [5000, 5000],
    ]);
    const check = only(checksOf({ byDay }), "sequential-srm");
    expect(check).toMatchObject({ status: "warning", since: "2026-11-03" });
    expect(otherCodes(analyse({ arms: ARMS, observation: { health: { byDay } } }))).not.toContain(
      "sequential-srm",
    );
  });
});

describe("gaps", () => {
  const full = [100, 100];
  const gapsOf = (counts: readonly (readonly number[])[]) =>
    only(checksOf({ byDay: daysOf(counts) }), "date-gaps").gaps;

  test("of one variant where the others say that units came", () => {
    expect(gapsOf([full, [0, 20], full])).toEqual([{ day: "2026-11-03", variants: ["control"] }]);
    expect(gapsOf([full, [0, 19], full])).toEqual([]);
  });

  test("of everybody, unless that is usual", () => {
    expect(gapsOf([full, [0, 0], full])).toEqual([{ day: "2026-11-03", variants: ["control", "one-page"] }]);
    expect(
      gapsOf([
        [5, 5],
        [0, 0],
        [4, 3],
      ]),
    ).toEqual([]);
    const week = [full, full, full, full, full, [0, 0], [0, 0]];
    expect(gapsOf([...week, ...week, full])).toEqual([]);
  });
});

describe("the assignment audit", () => {
  const statusOf = (units: readonly (readonly number[])[]) =>
    only(checksOf({ audit: { basis: "assignment", units } }), "assignment-audit").status;

  test.each([
    [
      "all agree",
      [
        [500, 0, 0],
        [0, 500, 0],
      ],
      "ok",
    ],
    [
      "one in a thousand differs",
      [
        [500, 1, 0],
        [0, 499, 0],
      ],
      "ok",
    ],
    [
      "two in a thousand differ",
      [
        [500, 1, 1],
        [0, 498, 0],
      ],
      "warning",
    ],
    [
      "something else assigned them",
      [
        [251, 249, 0],
        [260, 240, 0],
      ],
      "not-computable",
    ],
    [
      "something else assigned them, more than are enrolled",
      [
        [120, 130, 250],
        [122, 128, 250],
      ],
      "not-computable",
    ],
    [
      "none should have met it",
      [
        [0, 0, 500],
        [0, 0, 500],
      ],
      "warning",
    ],
    [
      "few agree more often than by chance",
      [
        [4, 1, 0],
        [0, 3, 0],
      ],
      "not-computable",
    ],
    [
      "a fifth is wrong",
      [
        [400, 100, 0],
        [100, 400, 0],
      ],
      "warning",
    ],
  ] as const)("%s", (_, units, status) => {
    expect(statusOf(units)).toBe(status);
  });

  test("pairs are counted, no unit is named", () => {
    const check = only(
      checksOf({
        audit: {
          basis: "draw",
          units: [
            [500, 2, 7],
            [3, 488, 0],
          ],
        },
      }),
      "assignment-audit",
    );
    expect(check).toEqual({
      check: "assignment-audit",
      status: "warning",
      basis: "draw",
      checked: 1000,
      different: 5,
      unassigned: 7,
      pairs: [
        { logged: "control", given: null, units: 7 },
        { logged: "one-page", given: "control", units: 3 },
        { logged: "control", given: "one-page", units: 2 },
      ],
    });
  });
});

describe("sources of events", () => {
  const read = (last: string, rows = 10_000, cutoff: string | null = "2026-11-20T00:00:00.000Z") =>
    only(
      checksOf(
        { sources: ["app"] },
        {
          asOf: "2026-11-22T00:00:00.000Z",
          cutoff,
          sources: [
            { source: "app", files: [], rows, first: "2026-11-01T00:00:00.000Z", last },
            {
              source: "other",
              files: [],
              rows,
              first: "2026-11-01T00:00:00.000Z",
              last: "2026-11-01T00:00:00.000Z",
            },
          ],
        },
      ),
      "stale-source",
    );

  test("one that stops days before the data that decide is stale; what is not read does not matter", () => {
    expect(read("2026-11-17T12:00:00.000Z")).toEqual({
      check: "stale-source",
      status: "warning",
      sources: [{ source: "app", last: "2026-11-17T12:00:00.000Z", hoursBehind: 60 }],
    });
    expect(read("2026-11-19T06:00:00.000Z").status).toBe("ok");
    expect(read("2026-11-20T06:00:00.000Z").status).toBe("ok");
    expect(read("2026-11-20T06:00:00.000Z", 10_000, null).status).toBe("warning");
  });

  test("one of few rows may well have none for days", () => {
    expect(read("2026-11-17T12:00:00.000Z", 60).status).toBe("ok");
  });
});

/** Moments with these means, and the standard deviations that two variables of 1, uncorrelated, have. */
function moments(units: number, means: readonly number[], deviations: readonly number[]): Moments {
  const d = means.length;
  const second = Array.from({ length: d }, (_, i) =>
    Array.from({ length: d - i }, (_, j) => (j === 0 ? deviations[i]! ** 2 * (units - 1) : 0)),
  ).flat();
  return { units, means, second, third: Array.from({ length: (d * (d + 1) * (d + 2)) / 6 }, () => 0) };
}

test("covariates: Welch's test of what came before exposure", () => {
  const arms = [moments(1000, [9, 1], [9, 2]), moments(1200, [9, 1.5], [9, 2.5])];
  const record = {
    metrics: [{ metric: "checkout-conversion", exposed: [1000, 1200], covariates: { arms } }],
  };
  const check = only(checksOf({}, record), "covariate-imbalance");
  expect(check.status).toBe("warning");
  expect(check.covariates[0]).toMatchObject({
    metric: "checkout-conversion",
    variant: "one-page",
    difference: 0.5,
  });
  expect(check.covariates[0]!.pValue).toBeCloseTo(2.0593272233510507e-7, 15);
  const alike = { metrics: [{ ...record.metrics[0]!, covariates: { arms: [arms[0]!, arms[0]!] } }] };
  expect(only(checksOf({}, alike), "covariate-imbalance").status).toBe("ok");
});

describe("novelty", () => {
  const DAY = 86_400_000;
  const statusOf = (effects: readonly number[]) => {
    const byAge = effects.map((effect, day) => ({
      from: day * DAY,
      to: (day + 1) * DAY,
      arms: [moments(10_000, [1], [2]), moments(10_000, [1 + effect], [2])],
    }));
    const metrics = [{ metric: "checkout-conversion", exposed: [10_000, 10_000], byAge }];
    const found = checksOf({}, { metrics }).find(({ check }) => check === "novelty");
    return found?.check === "novelty" ? found : undefined;
  };

  test("an effect that fades by the day", () => {
    const found = statusOf([0.4, 0.3, 0.2, 0.1, 0])!;
    expect(found.status).toBe("warning");
    expect(found.variants[0]!.slope).toBeCloseTo(-0.1, 12);
    // se of a day's effect √(2·4/10⁴), over √Σ(day − 2)².
    expect(found.variants[0]!.standardError).toBeCloseTo(Math.sqrt(8 / 10_000) / Math.sqrt(10), 12);
  });

  test("an effect that stays, and too few days to tell", () => {
    expect(statusOf([0.4, 0.4, 0.4, 0.4])!.status).toBe("ok");
    expect(statusOf([0.4, 0])).toBeUndefined();
  });
});

test("an effect of more than five MDEs surprises, where it is significant", () => {
  const surprised = (ones: number, units: number) =>
    analyse({
      arms: { "checkout-conversion": [zeroOne(units / 10, units), zeroOne(ones, units)] },
      experiment: { mde: { kind: "relative", value: 0.1 } },
    }).health.checks?.find(({ check }) => check === "surprising-effect");
  expect(surprised(160, 1000)).toMatchObject({ status: "warning", effects: [{ variant: "one-page" }] });
  expect(surprised(149, 1000)!.status).toBe("ok");
  expect(surprised(8, 50)!.status).toBe("ok");
});

test("in fair worlds no check warns more often than it may", () => {
  const random = uniformStream(20_261_102);
  const splitOf = (units: number, share = 0.5) => {
    let first = 0;
    for (let unit = 0; unit < units; unit++) if (random() < share) first++;
    return [first, units - first];
  };
  const WORLDS = 1000;
  const warnings = new Map<string, number>();
  for (let world = 0; world < WORLDS; world++) {
    const units = splitOf(400);
    const early = units.map((all) => splitOf(all, 0.3)[0]!);
    const byDay = daysOf(Array.from({ length: 10 }, () => splitOf(60)));
    const values = ["CA", "US", "GB", null].map((value) => ({ value, other: false, units: splitOf(80) }));
    const events = [
      { source: "app", since: null, units, rows: 1, repeated: 0, before: early, joined: units },
    ];
    const excludedUnits = { bots: splitOf(50), "before-start": splitOf(30) };
    const byBreakdown = [{ attribute: "country", values }];
    for (const { check, status } of checksOf({ byDay, byBreakdown, events, excludedUnits })) {
      if (status === "warning") warnings.set(check, (warnings.get(check) ?? 0) + 1);
    }
  }
  // Of 1,000 worlds at 1% or 0.1%: more than 23 or 7 come in less than one of 10,000 runs.
  expect(warnings.get("srm-by-day") ?? 0).toBeLessThanOrEqual(23);
  expect(warnings.get("srm-by-breakdown") ?? 0).toBeLessThanOrEqual(23);
  for (const name of ["uneven-exclusions", "early-events", "sequential-srm"]) {
    expect(warnings.get(name) ?? 0).toBeLessThanOrEqual(7);
  }
  expect([...warnings.keys()].filter((name) => name === "date-gaps")).toEqual([]);
  expect((warnings.get("srm-by-day") ?? 0) + (warnings.get("srm-by-breakdown") ?? 0)).toBeGreaterThan(0);
});

test("experiments that were too many to be looked at are named, and nothing is said of them", () => {
  const check = only(checksOf({ ...CLEAN, unseenOverlaps: ["search"] }), "experiments-interact");
  expect(check).toEqual({
    ...{ check: "experiments-interact", status: "not-computable", experiment: "search" },
    ...{ units: [], independence: null, pValue: null },
  });
});
