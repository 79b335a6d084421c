import { describe, expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import type { ExperimentPlan } from "../../../src/plan/plan.ts";
import { renderPlan } from "../../../src/report/plan-text.ts";

const PROJECT = `name: shop
units:
  user: { id: userId, newPerDay: 180000 }
  org: { id: orgId, newPerDay: 400 }
events:
  purchase: { units: [user, org], properties: { amount: number } }
  session: { units: [user] }
`;

interface Case {
  readonly metric: string;
  readonly experiment: string;
  readonly guardrail?: string;
}

function compileOf({ metric, experiment, guardrail }: Case) {
  return compile([
    { path: "experiments/project.yaml", text: PROJECT },
    { path: "experiments/metrics/main.yaml", text: `name: Main\n${metric}` },
    ...(guardrail ? [{ path: "experiments/metrics/guard.yaml", text: `name: Guard\n${guardrail}` }] : []),
    {
      path: "experiments/try.yaml",
      text: `name: Try\nstatus: draft\nvariants: { control: {}, new: {} }\n${experiment}`,
    },
  ]);
}

function planOf(given: Case): ExperimentPlan {
  return compileOf(given).plan!.experiments[0]!;
}

const INVITES = "kind: count\nbetter: higher\nevent: session\nper: user\nwindow: 7d\n";
const ORGS = "unit: org\nmetrics: { primary: main }\nmde: 20%\n";
const REVENUE = `kind: sum
better: higher
event: purchase
value: amount
window: 7d
baseline: { mean: 4.31, standardDeviation: 22.8, cuped: { correlation: 0.45 } }
`;
const USERS = "unit: user\nmetrics: { primary: main }\nmde: 4%\n";

/** 2(z₀.₉₇₅ + z₀.₈)²σ²/δ² by scipy's quantiles, times what the comment beside each says. */
describe("clusters", () => {
  const clusters = (more = "") =>
    `${INVITES}baseline: { mean: 0.42, standardDeviation: 1.3, clusters: { org: { meanSize: 11, intraclassCorrelation: 0.06${more} } } }\n`;

  test("multiply members by the design effect, and units hold several members", () => {
    // 3,759.809 members × 1.6 / 11
    const [size] = planOf({ metric: clusters(), experiment: ORGS }).sizes;
    expect(size?.unitsPerVariant).toEqual([547, 547]);
    expect(size?.clusters).toEqual({
      per: "user",
      meanSize: 11,
      intraclassCorrelation: 0.06,
      sizeVariation: 0,
      designEffect: 1.6,
    });
    expect(size?.formula).toContain("times 1.6 for clusters (design effect), over 11 user per org");
  });

  test("of unequal sizes take more", () => {
    // 1 + ((1 + 0.5²)·11 − 1)·0.06 = 1.765
    const [size] = planOf({ metric: clusters(", sizeVariation: 0.5"), experiment: ORGS }).sizes;
    expect(size?.clusters?.designEffect).toBeCloseTo(1.765, 12);
    expect(size?.unitsPerVariant).toEqual([604, 604]);
  });

  test("are in what a run of each week finds", () => {
    const { mdeByWeek } = planOf({ metric: clusters(), experiment: ORGS });
    const found = mdeByWeek.slice(1, 4).map(({ relative }) => relative!);
    for (const [index, expected] of [0.12500072385949, 0.08838885949427, 0.07216920156919].entries())
      expect(found[index]).toBeCloseTo(expected, 9);
  });

  test("are nothing where the members are what is randomised", () => {
    const [size] = planOf({ metric: clusters(), experiment: ORGS.replace("org", "user") }).sizes;
    expect(size?.unitsPerVariant).toEqual([3760, 3760]);
    expect(size).not.toHaveProperty("clusters");
  });

  test("that nobody described leave the plan open", () => {
    const metric = `${INVITES}baseline: { mean: 0.42, standardDeviation: 1.3 }\n`;
    const compiled = compileOf({ metric, experiment: ORGS });
    expect(compiled.plan?.experiments[0]?.sizes[0]?.unitsPerVariant).toBeNull();
    expect(compiled.diagnostics.map(({ code }) => code)).toEqual(["plan/no-clusters"]);
  });
});

describe("CUPED", () => {
  const withCuped = `${USERS}analysis: { cuped: 14d }\n`;

  test("takes off the squared correlation, only where the experiment has it", () => {
    expect(planOf({ metric: REVENUE, experiment: USERS }).sizes[0]?.unitsPerVariant).toEqual([
      274_558, 274_558,
    ]);
    // × (1 − 0.45²)
    const [size] = planOf({ metric: REVENUE, experiment: withCuped }).sizes;
    expect(size?.unitsPerVariant).toEqual([218_960, 218_960]);
    expect(size?.cuped).toEqual({ correlation: 0.45, remaining: 1 - 0.45 ** 2 });
    expect(size?.formula).toContain("times 0.7975 with CUPED (1 - 0.45^2)");
  });

  test("is in what a run of each week finds", () => {
    const { mdeByWeek } = planOf({ metric: REVENUE, experiment: withCuped });
    // 2.801585·22.8·√(2/630,000)·√(1 − 0.45²)/4.31
    expect(mdeByWeek[1]?.unitsPerVariant).toEqual([630_000, 630_000]);
    expect(mdeByWeek[1]?.relative).toBeCloseTo(0.023581503059677, 9);
  });

  test("takes nothing off what it does not adjust, or whose correlation nobody knows", () => {
    const retention = "kind: retention\nbetter: higher\nevent: session\nday: 7\nbaseline: { rate: 19% }\n";
    const sizeOf = (analysis: string) =>
      planOf({ metric: retention, experiment: `${USERS}${analysis}` }).sizes[0];
    expect(sizeOf("analysis: { cuped: 14d }\n")).toEqual(sizeOf(""));
    const unknown = REVENUE.replace(", cuped: { correlation: 0.45 }", "");
    expect(planOf({ metric: unknown, experiment: withCuped }).sizes[0]?.unitsPerVariant).toEqual([
      274_558, 274_558,
    ]);
  });

  test("and what is not credited are named", () => {
    const text = (given: Case) => {
      const { plan, project } = compileOf(given);
      return renderPlan(plan!, project!, { color: false });
    };
    expect(text({ metric: REVENUE, experiment: withCuped })).toContain(
      "main: CUPED at a correlation of 0.45 leaves 79.75% of its units",
    );
    const unknown = REVENUE.replace(", cuped: { correlation: 0.45 }", "");
    expect(text({ metric: unknown, experiment: withCuped })).toContain(
      "main: nothing is taken off for CUPED",
    );
    expect(text({ metric: REVENUE, experiment: USERS })).not.toContain("CUPED");
  });
});

describe("kinds", () => {
  test("a retention and a funnel are sized as rates, and mature when their time has passed", () => {
    const retention =
      "kind: retention\nbetter: higher\nevent: session\ndays: [7, 13]\nbaseline: { rate: 19% }\n";
    const experiment = USERS.replace("4%", "5%");
    const { sizes, days } = planOf({ metric: retention, experiment });
    // power.prop.test(p1 = .19, p2 = .1995): 27,275.95
    expect(sizes).toMatchObject([{ unitsPerVariant: [27_276, 27_276], windowDays: 14 }]);
    expect(days).toBe(21);
    const funnel =
      "kind: funnel\nbetter: higher\nsteps: [session, purchase]\nwindow: 24h\nbaseline: { rates: [40%, 12%] }\n";
    // power.prop.test(p1 = .12, p2 = .126): 47,035.85
    expect(planOf({ metric: funnel, experiment }).sizes).toMatchObject([
      { baseline: 0.12, unitsPerVariant: [47_036, 47_036], windowDays: 1 },
    ]);
  });

  test("a quantile is sized by its spread", () => {
    const quantile =
      "kind: quantile\nbetter: lower\nquantile: 95%\nevent: purchase\nvalue: amount\nwindow: 7d\nbaseline: { value: 1840, spread: 5200 }\n";
    // 2(z + z)²·5200²/(0.03·1840)² = 139,304.84
    expect(planOf({ metric: quantile, experiment: USERS.replace("4%", "3%") }).sizes).toMatchObject([
      { baseline: 1840, effect: 0.03 * 1840, unitsPerVariant: [139_305, 139_305] },
    ]);
    // a margin of 50: 2(z₀.₉₅ + z₀.₉)²·5200²/50² = 185,253.15
    const experiment =
      "unit: user\nmetrics: { primary: main, guardrails: [{ metric: guard, margin: { absolute: 50 } }] }\nmde: 4%\n";
    expect(planOf({ metric: REVENUE, experiment, guardrail: quantile }).sizes[1]).toMatchObject({
      claim: "non-inferiority",
      unitsPerVariant: [185_254, 185_254],
    });
  });
});
