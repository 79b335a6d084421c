import fc from "fast-check";
import { expect, test } from "vitest";
import { manifestEntry } from "../../src/model/manifest.ts";
import { type AssignmentTrace, traceAssignment } from "../../src/plan/trace-assignment.ts";
import { type ConditionTrace, traceCondition } from "../../src/plan/trace-condition.ts";
import { renderAssignment } from "../../src/report/assignment-text.ts";
import { assign } from "../../src/runtime/assign.ts";
import { load } from "../../src/runtime/load.ts";
import type { ManifestExperiment } from "../../src/runtime/manifest.ts";
import { evaluate } from "../../src/runtime/targeting.ts";
import { conditions, contexts } from "../unit/emit/arbitrary-conditions.ts";
import { allocations } from "../unit/emit/arbitrary-draws.ts";
import { experimentOf, projectOf } from "../unit/plan/sample-project.ts";

const entries: fc.Arbitrary<ManifestExperiment> = fc
  .record({
    status: fc.constantFrom("draft", "running", "running", "running", "stopped", "concluded" as const),
    holdout: fc.option(fc.record({ salt: fc.string(), share: fc.nat(1_000_000) })),
    bounds: fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000), fc.nat(1_000_000)),
    audience: fc.option(conditions),
    overrides: fc.array(
      fc.record({ variant: fc.constantFrom("control", "other", "unknown"), when: conditions }),
      { maxLength: 2 },
    ),
    allocation: allocations,
    shipped: fc.option(fc.constantFrom("other", "unknown"), { freq: 8 }),
  })
  .map(({ bounds, allocation, overrides, shipped, ...entry }) => {
    const [from = 0, enrolledTo = 0, to = 0] = [...bounds].sort((left, right) => left - right);
    const other = (name: string) => (name === "other" ? (allocation.variants.at(-1)?.key ?? name) : name);
    return {
      ...manifestEntry(experimentOf({ key: "traced", ...allocation }), projectOf([])),
      layer: { salt: "layer/x", from, to, enrolledTo },
      overrides: overrides.map(({ variant, when }) => ({ variant: other(variant), when })),
      shipped: shipped && other(shipped),
      ...entry,
    };
  });

/** What the steps alone say, without a look at the arm. */
function outcomeOf({ steps }: AssignmentTrace): { readonly variant: string | null; readonly reason: string } {
  const last = steps.at(-1)!;
  switch (last.step) {
    case "concluded":
      return { variant: last.shipped, reason: "concluded" };
    case "unit":
      return { variant: null, reason: "no-unit" };
    case "override":
      return { variant: last.variant, reason: "override" };
    case "status":
      return { variant: null, reason: "not-running" };
    case "holdout":
      return { variant: null, reason: "holdout" };
    case "audience":
      return { variant: null, reason: "not-in-audience" };
    case "traffic":
      return { variant: null, reason: "not-in-traffic" };
    case "dropped":
      return { variant: null, reason: "dropped" };
    default:
      return { variant: drawnBy(steps), reason: "assigned" };
  }
}

/** The variant, or the parameters' values as the name of a cell has them, but for quotes. */
function drawnBy(steps: AssignmentTrace["steps"]): string {
  return steps
    .flatMap((step) => {
      if (!("variant" in step) || step.step === "override" || step.step === "dropped") return [];
      return "parameter" in step ? `${step.parameter}=${step.variant}` : step.variant;
    })
    .join(",");
}

/** A cell's name without the quotes around texts. */
function unquoted(variant: string): string {
  return variant.replaceAll(/"(?:[^"\\]|\\.)*"/g, (text) => JSON.parse(text) as string);
}

test("the steps lead to what the runtime assigns, whatever the experiment and the unit", () => {
  const reasons = new Set<string>();
  fc.assert(
    fc.property(entries, contexts, (entry, context) => {
      const trace = traceAssignment(entry, context);
      const { variant, reason } = assign(load(entry), context as never);
      const named = entry.draw.kind === "parameters" && reason === "assigned" ? unquoted(variant!) : variant;
      expect(outcomeOf(trace)).toEqual({ variant: named, reason });
      expect(trace.arm).toEqual(assign(load(entry), context as never));
      reasons.add(reason);
      expect(renderAssignment(trace, "id", { color: false })).toContain(`reason ${reason}`);
    }),
    { numRuns: 3_000 },
  );
  expect([...reasons].sort()).toEqual([
    ...["assigned", "concluded", "dropped", "holdout", "no-unit", "not-in-audience", "not-in-traffic"],
    ...["not-running", "override"],
  ]);
});

test("a condition's parts add up to the condition", () => {
  fc.assert(
    fc.property(conditions, contexts, (condition, context) => {
      const trace = traceCondition(condition, context);
      expect(trace.holds).toBe(evaluate(condition, context));
      expect(holdsByParts(trace)).toBe(trace.holds);
    }),
    { numRuns: 2_000 },
  );
});

function holdsByParts(trace: ConditionTrace): boolean {
  if (trace.kind === "test") return trace.holds;
  return trace.kind === "all" ? trace.parts.every(holdsByParts) : trace.parts.some(holdsByParts);
}
