import fc from "fast-check";
import { expect, test } from "vitest";
import { conditionCode } from "../../../src/emit/condition-code.ts";
import { expressionText } from "../../../src/emit/expression.ts";
import type { Experiment } from "../../../src/model/experiment.ts";
import { manifestEntry } from "../../../src/model/manifest.ts";
import { assign } from "../../../src/runtime/assign.ts";
import * as runtime from "../../../src/runtime/index.ts";
import { load } from "../../../src/runtime/load.ts";
import { evaluate } from "../../../src/runtime/targeting.ts";
import { conditions, contexts } from "./arbitrary-conditions.ts";
import { compileGenerated, emitted } from "./generated.ts";
import { attribute, experiment, GREEN_BUTTON, ONE_PAGE_CHECKOUT, shop, USER } from "./shop.ts";

test("a condition's code holds where the condition does, and its negation's where the negation does", () => {
  fc.assert(
    fc.property(conditions, fc.array(contexts, { minLength: 1, maxLength: 10 }), (condition, units) => {
      for (const wanted of [true, false]) {
        const text = expressionText(conditionCode(condition, wanted), 4);
        const holds = new Function(...Object.keys(runtime), "context", `return ${text};`);
        for (const context of units)
          expect(holds(...Object.values(runtime), context)).toBe(evaluate(condition, context, wanted));
      }
    }),
    { numRuns: 1_000 },
  );
});

test("an emitted constant assigns as its manifest entry does, whatever the experiment and the context", async () => {
  const statuses: readonly Experiment["status"][] = ["draft", "running", "running", "running", "stopped"];
  const experiments = fc
    .sample(
      fc.record({
        status: fc.constantFrom(...statuses),
        audience: fc.option(conditions),
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
      }),
      { numRuns: 60, seed: 42 },
    )
    .map((changes, index) => experiment(`experiment-${index}`, changes));
  const project = shop([...experiments, ONE_PAGE_CHECKOUT, GREEN_BUTTON], {
    holdout: { key: "holdout-2026-h2", unit: USER, share: 100_000 },
    attributes: [
      ...["country", "age", "employee", "app-version", "flags", "constructor", "plan", "appVersion"].map(
        (key) => attribute(key),
      ),
    ],
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
    ...["assigned", "concluded", "holdout", "no-unit", "not-in-audience", "not-in-traffic", "not-running"],
    "override",
  ]);
});
