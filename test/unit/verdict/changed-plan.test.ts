import { describe, expect, test } from "vitest";
import type { PlanRecord, Registration } from "../../../src/plan/registration.ts";
import { checkout, running } from "../inference/trial-fixture.ts";
import { analyse, decidingCodes, otherCodes } from "./trial-run.ts";

const fixed: Registration = {
  commit: "0f1e2d3c4b5a69788796a5b4c3d2e1f001122334",
  date: "2026-11-01T16:20:09Z",
  specHash: "00",
  spec: {},
  changes: [],
  unreadable: [],
};
const change = (field: string, weight: "safe" | "attention" | "refused", spoils = false) => ({
  field,
  weight,
  before: null,
  after: null,
  spoils,
});
const changed = (...fields: ReturnType<typeof change>[]): Registration => ({
  ...fixed,
  changes: [{ commit: "9f8e7d6c5b4a39281706f5e4d3c2b1a099887766", date: "2026-11-05T09:00:00Z", fields }],
});
const codes = (registration: PlanRecord | null) => {
  const analysis = analyse({ arms: checkout, registration });
  return { deciding: decidingCodes(analysis), others: otherCodes(analysis) };
};
const SHIP = { deciding: ["significant-benefit"], others: ["data-without-horizon"] };

describe("the plan on record", () => {
  test("that did not change, or only as the gate allows, adds nothing", () => {
    expect(codes(fixed)).toEqual(SHIP);
    expect(codes(changed(change("rollout", "safe")))).toEqual(SHIP);
    expect(codes(null)).toEqual(SHIP);
  });

  test("that a change spoiled has no verdict, whatever the metrics say", () => {
    const { deciding, others } = codes(changed(change("mde", "refused", true), change("end", "attention")));
    expect(deciding).toEqual(["plan-changed"]);
    expect(others).toEqual(["plan-amended", "data-without-horizon", "significant-benefit"]);
  });

  test("that was amended, or changed and put back, decides nothing", () => {
    for (const amended of [change("end", "attention"), change("mde", "refused", false)])
      expect(codes(changed(amended))).toEqual({ ...SHIP, others: ["plan-amended", ...SHIP.others] });
  });

  test("that is not known in part, or at all, decides nothing", () => {
    const unreadable = [{ commit: "9f8e7d6c5b4a39281706f5e4d3c2b1a099887766", date: null }];
    expect(codes({ ...fixed, unreadable }).others).toEqual(["plan-unreadable", "data-without-horizon"]);
    const { deciding, others } = codes("shallow-history");
    expect(deciding).toEqual(["significant-benefit"]);
    expect(others).toEqual(["plan-unregistered", "data-without-horizon"]);
  });

  test("stands beside other reasons that a trial was not fair", () => {
    const split = { enrolment: { units: [5000, 5400], crossovers: 0, excluded: {}, unknownVariants: [] } };
    const analysis = analyse({
      arms: checkout,
      observation: { ...running, ...split },
      registration: changed(change("mde", "refused", true)),
    });
    expect(decidingCodes(analysis)).toEqual(["srm-failed", "plan-changed"]);
    expect(analysis.verdict.summary).toContain(
      "the plan was changed after it was fixed at 0f1e2d3c4b5a (mde)",
    );
  });

  test("names five fields and counts the rest", () => {
    const fields = ["a", "b", "c", "d", "e", "f", "g"].map((field) => change(field, "refused", true));
    const [reason] = analyse({ arms: checkout, registration: changed(...fields) }).verdict.reasons;
    expect(reason).toMatchObject({ fields: "a, b, c, d, e and 2 more", count: 7 });
  });
});
