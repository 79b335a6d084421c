import { describe, expect, test } from "vitest";
import { checkout, metricOf, rateMoments, running, variantsOf } from "../inference/trial-fixture.ts";
import { analyse, type TrialRun } from "./trial-run.ts";

const rates = (...counts: readonly number[]) => counts.map((count) => rateMoments(count, 5000));
const errors = metricOf("errors", "conversion", "lower");
const guarded = { guardrails: [{ metric: errors, margin: { kind: "absolute", value: 0.005 } }] } as const;

describe("the summary is one line with the number that decided", () => {
  test.each<[string, TrialRun, string]>([
    [
      "ship",
      { arms: checkout },
      "Ship one-page: checkout conversion +18.4% (+0.3% to +39.6%) against control, 5,000 units in the variant.",
    ],
    [
      "keep running",
      { arms: checkout, observation: running },
      "Keep running: 5,000 of 10,201 planned units in control, and the decision is due by the end of 2026-12-06.",
    ],
    [
      "an uneven split",
      {
        arms: checkout,
        observation: { enrolment: { units: [5000, 5400], crossovers: 0, excluded: {}, unknownVariants: [] } },
      },
      "No verdict, the trial was not fair: the split is off, 5,000 units in control where 5,200 were expected, 5,400 units in one-page where 5,200 were expected (p < 0.0001).",
    ],
    [
      "harm",
      { arms: { "checkout-conversion": rates(600, 300) }, observation: running },
      "Stop the experiment: one-page is worse, checkout conversion −50.0% (−56.2% to −42.9%).",
    ],
    [
      "a guardrail",
      { experiment: guarded, arms: { ...checkout, errors: rates(50, 65) }, planned: 5000 },
      "Do not ship: one-page is not shown to keep errors within its margin of 0.5 pp (benefit at least −0.658 pp).",
    ],
    [
      "too little data",
      { arms: { "checkout-conversion": rates(245, 260) } },
      "Inconclusive: checkout conversion +6.1% (−10.5% to +25.8%) with one-page is too uncertain to decide.",
    ],
  ])("%s", (_, run, summary) => {
    expect(analyse(run).verdict.summary).toBe(summary);
  });

  test("names of several lines are kept on one", () => {
    const metric = { ...metricOf("checkout-conversion"), name: "checkout\n  <b>conversion</b>" };
    const { summary } = analyse({
      experiment: { primary: { metric, goal: "better", margin: null } },
      arms: checkout,
    }).verdict;
    expect(summary).toContain("checkout <b>conversion</b> +18.4%");
    expect(summary).not.toMatch(/[\r\n]/);
  });

  test("many variants are cut short", () => {
    const variants = variantsOf("control", "a", "b", "c", "d");
    const arms = { "checkout-conversion": rates(500, 300, 301, 302, 303) };
    expect(analyse({ experiment: { variants }, arms }).verdict.summary).toMatch(
      /^Do not ship: a is worse, .*; b is worse, .*; and 2 more\.$/,
    );
  });
});
