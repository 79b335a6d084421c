import { describe, expect, test } from "vitest";
import { assign } from "../../../src/runtime/assign.ts";
import { load } from "../../../src/runtime/load.ts";
import type { Condition, ManifestExperiment } from "../../../src/runtime/manifest.ts";
import { experimentEntry } from "./experiment-entry.ts";

const CANADA: Condition = { kind: "one-of", attribute: "country", values: ["CA"] };
const STAFF: Condition = { kind: "one-of", attribute: "employee", values: [true] };
const NOBODY = { salt: "layer/checkout", from: 0, to: 1_000_000, enrolledTo: 0 };

/** Every obstacle at once; each test takes away those that come before the reason it looks for. */
const OBSTACLES: Partial<ManifestExperiment> = {
  status: "concluded",
  shipped: "green",
  overrides: [{ variant: "green", when: STAFF }],
  holdout: { salt: "holdout/h", share: 1_000_000 },
  audience: CANADA,
  layer: NOBODY,
};

describe("the precedence of reasons", () => {
  const running: Partial<ManifestExperiment> = { ...OBSTACLES, status: "running", shipped: null };
  const cases: readonly [string, Partial<ManifestExperiment>, Record<string, unknown>, string | null][] = [
    ["concluded", OBSTACLES, {}, "green"],
    ["no-unit", { ...running, status: "draft" }, { employee: true }, null],
    ["override", { ...running, status: "draft" }, { userId: "u", employee: true }, "green"],
    ["not-running", { ...running, status: "draft" }, { userId: "u" }, null],
    ["not-running", { ...running, status: "stopped" }, { userId: "u" }, null],
    ["holdout", running, { userId: "u" }, null],
    ["not-in-audience", { ...running, holdout: null }, { userId: "u" }, null],
    ["not-in-traffic", { ...running, holdout: null }, { userId: "u", country: "CA" }, null],
  ];
  test.each(cases)("%s %#", (reason, changes, context, variant) => {
    const arm = assign(load(experimentEntry(changes)), context);
    expect(arm.reason).toBe(reason);
    expect(arm.variant).toBe(variant);
    expect(arm.params).toEqual(
      variant === null ? { colour: "red" } : { colour: "green", sizes: [1, { wide: true }] },
    );
  });

  test("assigned where nothing stands in the way", () => {
    expect(assign(load(experimentEntry()), { userId: "u" }).reason).toBe("assigned");
  });

  test("concluded without a shipped variant is not running", () => {
    const arm = assign(load(experimentEntry({ status: "concluded" })), { userId: "u" });
    expect(arm).toMatchObject({ variant: null, reason: "not-running" });
  });
});

describe("units", () => {
  const experiment = load(experimentEntry());
  const hostile: readonly unknown[] = [
    ...[null, undefined, 0, 42, "text", true, Symbol("s"), () => 1, [], {}, Object.create(null)],
    ...[{ userId: "" }, { userId: null }, { userId: undefined }, { userId: 42 }, { userId: ["u"] }],
    { userId: new String("u") },
    {
      get userId() {
        throw new Error("hostile");
      },
    },
    new Proxy(
      {},
      {
        get() {
          throw new Error("hostile");
        },
      },
    ),
  ];
  test.each(hostile.map((context) => [context]))("there is none in hostile context %#", (context) => {
    expect(assign(experiment, context as never)).toMatchObject({ variant: null, reason: "no-unit" });
  });

  test("an attribute that throws when it is read takes the unit away, and nothing is thrown", () => {
    const context = {
      userId: "u",
      get country() {
        throw new Error("hostile");
      },
    };
    const arm = assign(load(experimentEntry({ audience: CANADA })), context);
    expect(arm).toMatchObject({ variant: null, reason: "no-unit" });
  });
});

describe("arms", () => {
  const experiment = load(experimentEntry({ overrides: [{ variant: "green", when: STAFF }] }));
  const contexts = [
    {},
    { userId: "u", employee: true },
    ...Array.from({ length: 20 }, (_, n) => ({ userId: `${n}` })),
  ];

  test("are shared", () => {
    const arms = new Set(contexts.map((context) => assign(experiment, context)));
    expect(arms.size).toBe(4);
  });

  test("are frozen to their depth", () => {
    for (const context of contexts) expect(isDeepFrozen(assign(experiment, context))).toBe(true);
  });
});

describe("enrolment", () => {
  const ids = Array.from({ length: 20_000 }, (_, index) => ({ userId: `user-${index}` }));
  const variantsAt = (enrolledTo: number, from = 200_000) => {
    const layer = { salt: "layer/checkout", from, to: 800_000, enrolledTo };
    const experiment = load(experimentEntry({ layer }));
    return ids.map((context) => assign(experiment, context).variant);
  };

  test("a ramp moves no enrolled unit to another variant", () => {
    const before = variantsAt(300_000);
    const after = variantsAt(700_000);
    expect(before.filter((variant) => variant !== null).length).toBeGreaterThan(1_500);
    for (const [index, variant] of before.entries()) if (variant !== null) expect(after[index]).toBe(variant);
  });

  test("disjoint ranges of a layer share no unit, and together they enrol everybody", () => {
    const first = variantsAt(500_000, 0);
    const second = variantsAt(1_000_000, 500_000);
    for (const [index, variant] of first.entries()) expect(variant === null).toBe(second[index] !== null);
  });

  test("the holdout is the same units in every experiment", () => {
    const holdout = { salt: "holdout/h", share: 100_000 };
    const heldOut = (key: string) => {
      const experiment = load(experimentEntry({ key, holdout }));
      return ids.map((context) => assign(experiment, context).reason === "holdout");
    };
    const held = heldOut("a");
    expect(held).toEqual(heldOut("b"));
    expect(Math.abs(held.filter(Boolean).length - 2_000)).toBeLessThan(5 * Math.sqrt(1_800));
  });
});

function isDeepFrozen(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isDeepFrozen);
}
