import { describe, expect, test } from "vitest";
import { nameExperiments } from "../../../src/emit/names.ts";
import { compileGenerated, emitted } from "./generated.ts";
import { experiment, shop } from "./shop.ts";

const AWKWARD = [
  ...[
    "delete",
    "await",
    "undefined",
    "2026-pricing",
    "create-experiments",
    "assign",
    "is",
    "place",
    "context",
  ],
  ...[
    "checkout",
    "checkout-plan",
    "checkout-arm",
    "assigned",
    "shipped",
    "unassigned",
    "index",
    "arm",
    "events",
  ],
  ...["a-b", "aB", "a_b", "experiment", "experiment-delete", "constructor", "toString", "date", "variants"],
  ...["options", "experiments", "record", "omit", "math"],
];

describe("nameExperiments", () => {
  test.each([
    ["buy-button", "buyButton", "BuyButtonArm"],
    ["checkout-v2", "checkoutV2", "CheckoutV2Arm"],
    ["delete", "experimentDelete", "ExperimentDeleteArm"],
    ["2026-pricing", "experiment2026Pricing", "Experiment2026PricingArm"],
    ["assigned", "experimentAssigned", "ExperimentAssignedArm"],
  ])("%s becomes %s", (key, value, arm) => {
    expect(nameExperiments([key]).get(key)).toMatchObject({ value, arm });
  });

  test("gives every experiment names of its own", () => {
    const names = [...nameExperiments(AWKWARD).values()].flatMap((each) => Object.values(each));
    expect(new Set(names).size).toBe(names.length);
  });

  test("lets the plan give way", () => {
    const names = nameExperiments(["checkout", "checkout-plan"]);
    expect(names.get("checkout-plan")!.value).toBe("checkoutPlan");
    expect(names.get("checkout")!.plan).toBe("checkoutPlan2");
  });

  test("does not depend on the order of the keys", () => {
    const reversed = nameExperiments(AWKWARD.toReversed());
    for (const [key, names] of nameExperiments(AWKWARD)) expect(reversed.get(key)).toEqual(names);
  });
});

test("what is emitted under awkward names compiles", () => {
  const compiled = compileGenerated(emitted(shop(AWKWARD.map((key) => experiment(key)))));
  expect(compiled.errors).toBe("");
});
