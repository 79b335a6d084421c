import { describe, expect, test } from "vitest";
import { compile } from "../../../src/compile.ts";
import { helpOf, messageOf } from "../../../src/diagnostics/wording.ts";
import { hash } from "../../../src/runtime/hash.ts";

const PROJECT = `name: shop
units: { user: { id: userId, newPerDay: 18000 }, org: { id: orgId, newPerDay: 18000 } }
events: { purchase: { units: [user, org] } }
`;
const METRIC =
  "kind: conversion\nname: Conversion\nbetter: higher\nevent: purchase\nbaseline: { rate: 30% }\n";
const DRAFT =
  "name: An experiment\nstatus: draft\nunit: user\nvariants: { control: {}, new: {} }\nmetrics: { primary: conversion }\nmde: 5%\n";
const RUNNING = `${DRAFT.replace("draft", "running")}owner: me\nhypothesis: It helps.\nstart: 2026-11-02\nend: 2026-11-15\nremoveBy: 2027-02-01\n`;

/** `<code> <file>`, what is said, and what would mend it, of each problem. */
function found(experiments: Readonly<Record<string, string>>, project = PROJECT) {
  const files = Object.entries(experiments).map(([key, text]) => ({ path: `experiments/${key}.yaml`, text }));
  const { diagnostics } = compile([
    { path: "experiments/project.yaml", text: project },
    { path: "experiments/metrics/conversion.yaml", text: METRIC },
    ...files,
  ]);
  return diagnostics.map((each) => [`${each.code} ${each.place.file}`, messageOf(each), helpOf(each)]);
}

test("the names below have equal hashes", () => {
  const pairs = [
    ["experiment/old-error-filter/1/variant", "experiment/inline-navbar-font/1/variant"],
    ["experiment/one-page-navbar-popup/layer", "experiment/two-step-cart-button/layer"],
    ["experiment/blue-checkout-sidebar/layer", "experiment/warm-invite-onboarding/1/variant"],
  ] as const;
  for (const [one, other] of pairs) expect(hash(one)).toBe(hash(other));
});

describe("two draws of equal hashes", () => {
  test("of variants are refused, and another iteration mends it", () => {
    const pair = { "inline-navbar-font": DRAFT, "old-error-filter": DRAFT };
    expect(found(pair)).toEqual([
      [
        "names/same-hash experiments/old-error-filter.yaml",
        "the variants of `old-error-filter` and the variants of `inline-navbar-font` would be drawn alike: the hashes of their names are the same",
        "write `iteration: 2`, or rename the file",
      ],
    ]);
    expect(found({ ...pair, "old-error-filter": `iteration: 2\n${DRAFT}` })).toEqual([]);
  });

  test("are the draft's to change where the other runs", () => {
    const [[where] = []] = found({ "inline-navbar-font": DRAFT, "old-error-filter": RUNNING });
    expect(where).toBe("names/same-hash experiments/inline-navbar-font.yaml");
  });

  test("of enrolments are mended by another key or a layer", () => {
    const pair = { "one-page-navbar-popup": DRAFT, "two-step-cart-button": DRAFT };
    expect(found(pair)).toEqual([
      [
        "names/same-hash experiments/two-step-cart-button.yaml",
        "who is enrolled in `two-step-cart-button` and who is enrolled in `one-page-navbar-popup` would be drawn alike: the hashes of their names are the same",
        "rename the file, or give the experiment a range of a layer",
      ],
    ]);
    const layered = DRAFT.replace("variants", "layer: { name: a, from: 0%, to: 100% }\nvariants");
    const project = `${PROJECT}layers: { a: { unit: user } }\n`;
    expect(found({ ...pair, "two-step-cart-button": layered }, project)).toEqual([]);
  });

  test("of one's variants and another's enrolment too", () => {
    const [[where, , help] = []] = found({ "blue-checkout-sidebar": DRAFT, "warm-invite-onboarding": DRAFT });
    expect([where, help]).toEqual([
      "names/same-hash experiments/warm-invite-onboarding.yaml",
      "write `iteration: 2`, or rename the file",
    ]);
  });

  test("are no problem for units of two kinds, or where one is concluded", () => {
    const org = DRAFT.replace("unit: user", "unit: org");
    expect(found({ "inline-navbar-font": DRAFT, "old-error-filter": org })).toEqual([]);
    const decision =
      "decision: { ship: new, date: 2026-12-08, by: me, verdict: ship, evidence: { iteration: 1, spec: abc, asOf: 2026-12-08T00:00:00Z } }\n";
    const concluded = DRAFT.replace("draft", "concluded") + decision;
    expect(found({ "inline-navbar-font": DRAFT, "old-error-filter": concluded })).toEqual([]);
  });

  test("of one layer are meant", () => {
    const project = `${PROJECT}layers: { a: { unit: user } }\n`;
    const range = (from: string, to: string) =>
      DRAFT.replace("variants", `layer: { name: a, from: ${from}, to: ${to} }\nvariants`);
    expect(found({ one: range("0%", "50%"), two: range("50%", "100%") }, project)).toEqual([]);
  });
});
