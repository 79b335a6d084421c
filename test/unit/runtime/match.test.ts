import { expect, test } from "vitest";
import type { AssignedArm, UnassignedArm } from "../../../src/runtime/experiment.ts";
import { match } from "../../../src/runtime/match.ts";

type Arm =
  | AssignedArm<"control" | "toString", { readonly steps: number }>
  | UnassignedArm<{ readonly steps: 3 }>;
const given: Arm = { variant: "control", params: { steps: 1 }, reason: "assigned" };
const odd: Arm = { variant: "toString", params: { steps: 2 }, reason: "override" };
const none: Arm = { variant: null, params: { steps: 3 }, reason: "holdout" };

test.each([
  [given, "control 1"],
  [odd, "odd 2"],
  [none, "nobody holdout"],
] as const)("the case of the variant gets the arm: %j", (arm: Arm, expected) => {
  const answer = match(arm, {
    control: (met) => `control ${met.params.steps}`,
    toString: (met) => `odd ${met.params.steps}`,
    unassigned: ({ reason }) => `nobody ${reason}`,
  });
  expect(answer).toBe(expected);
});

test("whoever has no case of their own gets the other one, and nothing that objects inherit", () => {
  const cases = { control: () => "control", otherwise: (arm: Arm) => `other ${arm.variant}` };
  expect([given, odd, none].map((arm: Arm) => match(arm, cases))).toEqual([
    "control",
    "other toString",
    "other null",
  ]);
});
