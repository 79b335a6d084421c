import { holm } from "../../statistics/adjust.ts";
import type { CheckStatus } from "../generated/analysis.ts";

/** The error rate of a check in an experiment in which nothing is wrong; there are many checks. */
export const RARE = 0.001;
/** As the split of all units warns (A.16). */
export const RARE_SPLIT = 0.01;

interface Tested {
  readonly pValue: number | null;
}

/** Each test's p-value by Holm, over all that the check tested. */
export function adjustAll<Test extends Tested>(
  tests: readonly Test[],
): (Test & { readonly adjustedPValue: number | null })[] {
  const adjusted = holm(tests.map(({ pValue }) => pValue));
  return tests.map((test, index) => ({ ...test, adjustedPValue: adjusted[index] ?? null }));
}

/** The least of the adjusted p-values, and what it says. */
export function judge(
  tests: readonly { readonly adjustedPValue: number | null }[],
  limit: number,
): { status: CheckStatus; pValue: number | null } {
  const known = tests.flatMap(({ adjustedPValue }) => (adjustedPValue === null ? [] : [adjustedPValue]));
  if (known.length === 0) return { status: "not-computable", pValue: null };
  const pValue = Math.min(...known);
  return { status: pValue < limit ? "warning" : "ok", pValue };
}
