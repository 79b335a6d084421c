import { expect, test } from "vitest";
import { CHECK_NAMES, overviewOf } from "../../../src/report/check-words.ts";
import { textOf } from "../../../src/report/html.ts";
import { renderMarkdown } from "../../../src/report/markdown.ts";
import { checkTable } from "../../../src/report/page/check-tables.ts";
import { healthSection } from "../../../src/report/page/health-section.ts";
import { describeReason } from "../../../src/report/reason-words.ts";
import { renderText } from "../../../src/report/text.ts";
import type { Analysis, Check } from "../../../src/verdict/generated/analysis.ts";
import { HOSTILE } from "./hostile-site.ts";
import { keepRunning } from "./samples.ts";

const p = { pValue: 0.00001, adjustedPValue: 0.0001 };
const units = { control: 60, "one-page": 20 };
const warning = { status: "warning", pValue: 0.0001 } as const;

/** Every check, each with a warning; `text` stands wherever files and data name things. */
function checksWith(text: string): readonly Check[] {
  return [
    { check: "sequential-srm", ...warning, since: "2026-11-05" },
    {
      check: "srm-by-day",
      ...warning,
      days: [
        { day: "2026-11-05", units, ...p },
        { day: "2026-11-06", units, pValue: 0.9, adjustedPValue: 1 },
      ],
    },
    { check: "date-gaps", status: "warning", days: 14, gaps: [{ day: "2026-11-07", variants: [text] }] },
    {
      check: "srm-by-breakdown",
      ...warning,
      attribute: text,
      values: [
        { value: text, other: false, units, ...p },
        { value: null, other: true, units, ...p },
      ],
    },
    { check: "uneven-exclusions", ...warning, reasons: [{ reason: "bots", units, ...p }] },
    { check: "other-spec", status: "warning", rows: units, share: 0.1 },
    {
      check: "assignment-audit",
      status: "warning",
      basis: "draw",
      checked: 1000,
      different: 12,
      unassigned: 3,
      pairs: [{ logged: text, given: null, units: 3 }],
    },
    {
      check: "covariate-imbalance",
      ...warning,
      covariates: [{ metric: text, variant: text, difference: 0.5, ...p }],
    },
    { check: "novelty", ...warning, variants: [{ variant: text, slope: -0.1, standardError: 0.01, ...p }] },
    { check: "surprising-effect", status: "warning", effects: [{ variant: text, times: 7.25 }] },
    {
      check: "stale-source",
      status: "warning",
      sources: [{ source: text, last: "2026-11-09T12:00:00Z", hoursBehind: 60 }],
    },
    { check: "silent-metrics", status: "warning", metrics: [text] },
    { check: "joined-events", status: "ok", sources: [{ source: text, since: null, units, joined: units }] },
    {
      check: "early-events",
      ...warning,
      sources: [{ source: text, since: null, units, before: units, ...p }],
    },
    {
      check: "repeated-rows",
      status: "warning",
      sources: [{ source: text, since: null, rows: 100, repeated: 30 }],
    },
    {
      check: "experiments-interact",
      ...warning,
      experiment: text,
      units: [{ variant: text, other: { [text]: 5 } }],
      independence: 0.4,
    },
  ];
}

function withChecks(checks: readonly Check[]): Analysis {
  return { ...keepRunning, health: { ...keepRunning.health, checks: [...checks] } };
}

const calm = (checks: readonly Check[]) => checks.map((check) => ({ ...check, status: "ok" as const }));

test("checks that passed are a line, in words that do not alarm", () => {
  const analysis = withChecks(calm(checksWith("x")));
  expect(renderText(analysis, { color: false, width: 100 })).toContain("  checks      16 more passed\n");
  expect(renderMarkdown(analysis)).toContain("**Checks:** 16 more passed.");
  const page = textOf(healthSection(analysis));
  expect(page).toContain("16 other checks passed");
  expect(page.match(/<table>/g)).toHaveLength(2);
  expect(page).not.toMatch(/class="warning"/);
});

test("a warning stands out by name, beside how many passed and how many could not be made", () => {
  const [, day, gaps, ...others] = checksWith("x");
  const untold = { ...gaps!, status: "not-computable" as const };
  const analysis = withChecks([day!, untold, ...calm(others)]);
  const line = "13 more passed, 1 warns (split by day), 1 cannot be told from these data";
  expect(renderText(analysis, { color: false, width: 120 })).toContain(line);
  expect(renderMarkdown(analysis)).toContain(line);
  const page = textOf(healthSection(analysis));
  expect(page.match(/class="warning"/g)).toHaveLength(1);
  expect(page).toContain("Cannot be told from these data: Missing days.");
  expect(page).toContain("2026-11-05");
  expect(page).not.toContain("2026-11-06");
});

test("of a name with several checks the worst counts", () => {
  const breakdown = checksWith("x").find(({ check }) => check === "srm-by-breakdown")!;
  const overview = overviewOf(withChecks([...calm([breakdown]), breakdown]));
  expect(overview).toEqual({ passed: [], untold: [], warned: [breakdown], unseen: [] });
});

test("other experiments that were not looked at are named where others passed", () => {
  const seen = checksWith("x").filter(({ check }) => check === "experiments-interact");
  const rest = { units: [], independence: null, pValue: null };
  const unseen = (experiment: string) =>
    ({ check: "experiments-interact", status: "not-computable", experiment, ...rest }) as const;
  const analysis = withChecks([...calm(seen), unseen("banner"), unseen("search")]);
  const line = "1 more passed, 2 other experiments with the same units not looked at";
  expect(renderText(analysis, { color: false, width: 120 })).toContain(line);
  expect(renderMarkdown(analysis)).toContain(line);
  expect(textOf(healthSection(analysis))).toContain(
    "Not looked at, though they may share units: banner · search.",
  );
});

test("analyses from before there were checks say nothing of them", () => {
  expect(renderText(keepRunning, { color: false, width: 100 })).not.toContain("  checks");
  expect(renderMarkdown(keepRunning)).not.toContain("**Checks:**");
  expect(textOf(healthSection(keepRunning))).not.toContain("other check");
});

test.each(HOSTILE)("%j is not HTML in any table", (text) => {
  const analysis = withChecks(checksWith(text));
  const page = textOf(healthSection(analysis));
  expect(page).not.toMatch(/<(script|img|svg onload|iframe|base|form|marquee|meta)/i);
  expect(renderMarkdown(analysis)).not.toMatch(/<[a-z!/]/i);
});

test("every warning but those that their sentence says has a table", () => {
  const analysis = withChecks(checksWith("x"));
  const bare = checksWith("x").filter((check) => checkTable(analysis, check) === null);
  expect(bare.map(({ check }) => check)).toEqual([
    "sequential-srm",
    "other-spec",
    "novelty",
    "surprising-effect",
    "silent-metrics",
    "joined-events",
  ]);
  expect(Object.keys(CHECK_NAMES).sort()).toEqual(
    checksWith("x")
      .map(({ check }) => check)
      .sort(),
  );
});

test("sentences have their numbers", () => {
  const say = (reason: object) =>
    describeReason(keepRunning, { decides: false, ...reason } as Parameters<typeof describeReason>[1]);
  expect(say({ code: "assignment-audit", basis: "draw", checked: 1000, different: 12, unassigned: 3 })).toBe(
    "15 of 1,000 units were logged with another variant than the plan's assignment gives them, 3 of them with none (by the draw alone: not all attributes are logged).",
  );
  expect(say({ code: "date-gaps", days: 1, day: "2026-11-07", variants: "one-page" })).toBe(
    "A day without a unit where units should have come, first 2026-11-07 in one-page: look whether logging was down.",
  );
  expect(
    say({ code: "experiments-interact", experiment: "search", pValue: null, independence: 0.0001 }),
  ).toBe(
    "The variants that units have here and in search are not independent (p = 0.0001): its effects show up here as ours.",
  );
  expect(say({ code: "experiments-interact", experiment: "search", pValue: 0.0004, independence: 0.3 })).toBe(
    "Checkout conversion: the effect depends on the unit's variant in search (p = 0.0004).",
  );
  expect(
    say({ code: "srm-by-breakdown", attribute: "country", value: "CA", other: false, pValue: 0.002 }),
  ).toBe(
    "The split looks uneven among units with country “CA” (p = 0.0020). Something that depends on it loses units of a variant.",
  );
});
