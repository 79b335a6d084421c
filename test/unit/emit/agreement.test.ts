import fc from "fast-check";
import { expect, test } from "vitest";
import { conditionCode } from "../../../src/emit/condition-code.ts";
import { expressionText, hoistConstants } from "../../../src/emit/expression.ts";
import type { Experiment } from "../../../src/model/experiment.ts";
import { manifestEntry } from "../../../src/model/manifest.ts";
import { assign } from "../../../src/runtime/assign.ts";
import * as runtime from "../../../src/runtime/index.ts";
import { load } from "../../../src/runtime/load.ts";
import type { Condition } from "../../../src/runtime/manifest.ts";
import { conditionTest } from "../../../src/runtime/targeting.ts";
import { ATTRIBUTES, conditions, contexts, soundConditions, tests } from "./arbitrary-conditions.ts";
import { allocations } from "./arbitrary-draws.ts";
import { compileGenerated, emitted } from "./generated.ts";
import { referenceHolds } from "./reference-condition.ts";
import { attribute, experiment, GREEN_BUTTON, ONE_PAGE_CHECKOUT, shop, USER } from "./shop.ts";

/** A condition's code as a function, its constants made as the emitted file makes them. */
function compileCondition(condition: Condition, wanted: boolean): (context: object) => boolean {
  const constants: string[] = [];
  const expression = hoistConstants(conditionCode(condition, wanted), ({ code }) => {
    constants.push(`const CONSTANT_${constants.length} = ${code.replace("<unknown>", "")};`);
    return `CONSTANT_${constants.length - 1}`;
  });
  const body = `${constants.join("\n")} return (context) => ${expressionText(expression, 4)};`;
  return new Function(...Object.keys(runtime), body)(...Object.values(runtime));
}

test("a condition's code, its data and its meaning agree on every context, and so do their negations", () => {
  const seen = { holds: 0, fails: 0 };
  fc.assert(
    fc.property(conditions, fc.array(contexts, { minLength: 10, maxLength: 10 }), (condition, units) => {
      for (const wanted of [true, false]) {
        const code = compileCondition(condition, wanted);
        const data = conditionTest(condition, wanted);
        for (const context of units) {
          const expected = referenceHolds(condition, context, wanted);
          expect(code(context)).toBe(expected);
          expect(data(context)).toBe(expected);
          seen[expected ? "holds" : "fails"]++;
        }
      }
    }),
    { numRuns: 1_000 },
  );
  expect(Math.min(seen.holds, seen.fails)).toBeGreaterThan(2_000);
});

test("they agree on a test of each kind and on the values that are at its edge", () => {
  const values = fc
    .sample(contexts, { numRuns: 120, seed: 1 })
    .flatMap((context) => ATTRIBUTES.map((attribute) => context[attribute]));
  for (const condition of fc.sample(tests, { numRuns: 400, seed: 1 })) {
    if (!("attribute" in condition)) throw new Error("a test has an attribute");
    for (const wanted of [true, false]) {
      const code = compileCondition(condition, wanted);
      const data = conditionTest(condition, wanted);
      for (const value of values) {
        const context = { [condition.attribute]: value };
        const expected = referenceHolds(condition, context, wanted);
        if (code(context) !== expected || data(context) !== expected)
          expect([condition, wanted, value, code(context), data(context)]).toEqual(expected);
      }
    }
  }
});

test("both throw where a property throws when it is read, or neither does", () => {
  const throwing = fc.uniqueArray(fc.constantFrom(...ATTRIBUTES));
  let thrown = 0;
  fc.assert(
    fc.property(soundConditions, contexts, throwing, fc.boolean(), (condition, plain, names, wanted) => {
      const context = new Proxy(plain, {
        get(target, name, receiver) {
          if (names.includes(String(name))) throw new Error("hostile");
          return Reflect.get(target, name, receiver);
        },
      });
      const outcome = (test: (context: object) => boolean) => {
        try {
          return test(context);
        } catch {
          thrown++;
          return "thrown";
        }
      };
      expect(outcome(compileCondition(condition, wanted))).toBe(
        outcome((context) => conditionTest(condition, wanted)(context as Record<string, unknown>)),
      );
    }),
    { numRuns: 500 },
  );
  expect(thrown).toBeGreaterThan(50);
});

test("an emitted constant assigns as its manifest entry does, whatever the experiment and the context", async () => {
  const statuses: readonly Experiment["status"][] = ["draft", "running", "running", "running", "stopped"];
  const experiments = fc
    .sample(
      fc.record({
        status: fc.constantFrom(...statuses),
        audience: fc.option(conditions, { freq: 1 }),
        overrides: fc.array(
          fc.record({ variant: fc.constantFrom("control", "treatment", "unknown"), when: conditions }),
          { maxLength: 2 },
        ),
        layer: fc.option(
          fc
            .tuple(fc.nat(500_000), fc.integer({ min: 500_001, max: 1_000_000 }))
            .map(([from, to]) => ({ layer: { key: "checkout", unit: USER }, from, to })),
        ),
        rollout: fc.constantFrom(0, 300_000, 1_000_000),
        allocation: allocations,
      }),
      { numRuns: 120, seed: 42 },
    )
    .map(({ allocation, overrides, ...changes }, index) => {
      const named = (name: string) =>
        name === "treatment" ? (allocation.variants.at(-1)?.key ?? name) : name;
      const own = { ...changes, ...allocation };
      return experiment(`experiment-${index}`, {
        ...own,
        overrides: overrides.map(({ variant, when }) => ({ variant: named(variant), when })),
      });
    });
  const project = shop([...experiments, ONE_PAGE_CHECKOUT, GREEN_BUTTON], {
    holdout: { key: "holdout-2026-h2", unit: USER, share: 100_000 },
    attributes: [...[...ATTRIBUTES, "plan", "appVersion"].map((key) => attribute(key))],
  });
  const compiled = compileGenerated(emitted(project));
  expect(compiled.errors).toBe("");
  const generated = (await compiled.load("index.js")) as unknown as Record<string, never>;
  const app = (await compiled.load("runtime/index.js")) as unknown as typeof runtime;

  const units = fc.sample(contexts, { numRuns: 300, seed: 42 });
  const reasons = new Set<string>();
  for (const declared of project.experiments) {
    const name = declared.key.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    const loaded = load(manifestEntry(declared, project));
    for (const [index, context] of [{}, ...units].entries()) {
      const unit = { ...context, ...(index > 0 && { userId: `user-${index}` }) };
      const arm = assign(loaded, unit);
      expect(app.assign(generated[name]!, unit as never)).toEqual(arm);
      reasons.add(arm.reason);
    }
  }
  expect([...reasons].sort()).toEqual([
    ...["assigned", "concluded", "dropped", "holdout", "no-unit", "not-in-audience", "not-in-traffic"],
    ...["not-running", "override"],
  ]);
});

test("an emitted constant draws as its manifest entry does, whatever the operators and the hash", async () => {
  const experiments = fc
    .sample(allocations, { numRuns: 150, seed: 42 })
    .map((allocation, index) => experiment(`experiment-${index}`, allocation));
  const project = shop(experiments, {
    attributes: ["country", "plan", "appVersion"].map((key) => attribute(key)),
  });
  const compiled = compileGenerated(emitted(project));
  expect(compiled.errors).toBe("");
  const generated = (await compiled.load("index.js")) as unknown as Record<string, never>;
  const app = (await compiled.load("runtime/index.js")) as unknown as typeof runtime;
  const drawn = new Set<string>();
  const shapes = new Set<string>();
  for (const [index, declared] of project.experiments.entries()) {
    const loaded = load(manifestEntry(declared, project));
    for (const made of [loaded, generated[`experiment${index}`]!]) shapes.add(Object.keys(made).join());
    for (let unit = 0; unit < 60; unit++) {
      const context = { userId: `ünit-${unit}`, country: "CA", ...(unit % 10 > 0 && { plan: "pro" }) };
      const arm = assign(loaded, context);
      expect(app.assign(generated[`experiment${index}`]!, context as never)).toEqual(arm);
      drawn.add(`${index} ${arm.variant} ${arm.reason}`);
    }
  }
  expect(drawn.size).toBeGreaterThan(1_000);
  expect(shapes.size).toBe(1);
});
