import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeAudience } from "../../../src/report/condition-words.ts";
import { readComparison } from "../../../src/report/reading.ts";
import { describeReason } from "../../../src/report/reason-words.ts";
import { leadingComparison, type Reason } from "../../../src/report/result.ts";
import { shellWord } from "../../../src/report/shell-word.ts";
import { doNotShip, emptyArm, keepRunning, ship, threeVariants } from "./samples.ts";

describe("an audience in words", () => {
  test.each([
    [null, "everybody"],
    [{ kind: "one-of", attribute: "country", values: ["US", "CA"] }, "country is US or CA"],
    [
      { kind: "one-of", attribute: "plan", values: ["free or paid", 3, true] },
      `plan is "free or paid" or 3 or true`,
    ],
    [{ kind: "not", condition: { kind: "one-of", attribute: "plan", values: ["free"] } }, "plan is not free"],
    [{ kind: "contains", attribute: "flags", value: "beta" }, "flags contains beta"],
    [{ kind: "has-part", attribute: "slug", value: "a b" }, 'slug contains "a b"'],
    [
      { kind: "not", condition: { kind: "starts-with", attribute: "slug", value: "acme-" } },
      "slug does not start with acme-",
    ],
    [{ kind: "ends-with", attribute: "email", value: "@acme" }, 'email ends with "@acme"'],
    [{ kind: "matches", attribute: "slug", pattern: "^a\\d" }, 'slug matches "^a\\\\d"'],
    [{ kind: "compare", attribute: "age", operator: ">=", value: 18 }, "age is at least 18"],
    [
      { kind: "not", condition: { kind: "compare", attribute: "age", operator: ">=", value: 18 } },
      "age is less than 18",
    ],
    [
      {
        kind: "date",
        attribute: "since",
        operator: "from",
        day: "2026-01-01",
        instant: "2026-01-01T00:00:00Z",
      },
      "since is 2026-01-01 or later",
    ],
    [
      {
        kind: "date",
        attribute: "since",
        operator: "before",
        day: "2026-01-01",
        instant: "2025-12-31T23:00:00Z",
      },
      "since is before 2025-12-31T23:00:00Z (of days, 2026-01-01)",
    ],
    [{ kind: "not", condition: { kind: "present", attribute: "age", type: "number" } }, "age is missing"],
    [{ kind: "semver", attribute: "appVersion", range: ">=4.2.0" }, "appVersion is a version >=4.2.0"],
    [
      {
        kind: "all",
        conditions: [
          { kind: "contains", attribute: "flags", value: "beta" },
          {
            kind: "any",
            conditions: [
              { kind: "one-of", attribute: "country", values: ["US"] },
              { kind: "not", condition: { kind: "semver", attribute: "v", range: "<2.0.0" } },
            ],
          },
        ],
      },
      "flags contains beta, and (country is US, or v is not a version <2.0.0)",
    ],
  ] as const)("%j", (condition, words) => expect(describeAudience(condition)).toBe(words));
});

describe("a reason in words", () => {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../../schema/analysis.schema.json"), "utf8"),
  ) as { definitions: { reasonCode: { enum: Reason["code"][] } } };

  test.each(schema.definitions.reasonCode.enum)("%s is one sentence, whatever stands beside it", (code) => {
    for (const analysis of [keepRunning, emptyArm]) {
      for (const reason of [
        { code, decides: true },
        { code, decides: true, metric: "checkout-errors", variant: "one-page" },
        { code, decides: true, metric: "unheard-of", variant: "unheard-of" },
      ]) {
        const sentence = describeReason(analysis, reason);
        expect(sentence).toMatch(/^\S.*[^.]\.$/);
        expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
      }
    }
  });

  test("has its numbers", () => {
    expect(describeReason(doNotShip, doNotShip.verdict.reasons[0]!)).toBe(
      "Back on day 7, gate_40: significantly worse, lift −4.31% (−6.89% to −1.66%), p = 0.0016.",
    );
    expect(
      describeReason(keepRunning, {
        code: "before-horizon",
        decides: true,
        units: 5000,
        planned: 9813,
        variant: "control",
      }),
    ).toBe(
      "5,000 of 9,813 planned units have come in control. The decision is due at the end of 2026-12-06. Until then, results are for watching, not for deciding.",
    );
    expect(describeReason(ship, ship.verdict.reasons[1]!)).toBe(
      "Page load, one-page: shown to be within its margin of 5% (benefit at least −1.64%).",
    );
  });
});

describe("a comparison in words", () => {
  test("speaks of the margin where there is one, else of zero and the MDE", () => {
    const readings = [...keepRunning.metrics, ...threeVariants.metrics].flatMap((metric) =>
      metric.comparisons.map((comparison) => readComparison(metric, comparison)),
    );
    expect(readings.map(({ sign, text }) => `${sign}: ${text}`)).toEqual([
      "better: Better; by how much is open",
      "open: Not settled",
      "worse: Worse",
      "unsafe: Not shown within 0.3 pp",
      "safe: Shown within 5%",
      "open: Not settled",
      "better: Better, by the MDE or more",
      "open: Not settled",
      "open: Not settled",
    ]);
  });

  test("does not call an effect settled that a correction for several tests takes back", () => {
    const [, , metric] = keepRunning.metrics;
    const [comparison] = metric!.comparisons;
    expect(readComparison(metric!, { ...comparison!, adjustedPValue: 0.13 })).toEqual({
      sign: "open",
      text: "Not settled",
      detail: "worse, but not after correction for several tests",
    });
  });

  test("leads with the variant to ship, else with the one that does best in the metric's direction", () => {
    const [metric] = threeVariants.metrics;
    expect(leadingComparison(metric!, "friendly")?.variant).toBe("friendly");
    expect(leadingComparison(metric!, null)?.variant).toBe("short");
    expect(leadingComparison({ ...metric!, better: "lower" }, null)?.variant).toBe("friendly");
  });
});

describe("a word of a shell command", () => {
  test.each([
    ["one-page-checkout", "one-page-checkout"],
    ["2026-11-17T00:00:00Z", "2026-11-17T00:00:00Z"],
    ["$(rm -rf /)", "'$(rm -rf /)'"],
    ["it's", "'it'\\''s'"],
    ["--out=x", "'--out=x'"],
    ["a\nb", "ab"],
    ["", "''"],
  ])("%j is %s", (text, word) => expect(shellWord(text)).toBe(word));
});
