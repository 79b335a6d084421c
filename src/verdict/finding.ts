import type { Comparison, MetricEstimate } from "../inference/estimate.ts";
import type { Reason, ReasonCode } from "./generated/analysis.ts";

/** A reason before it is known whether it decides. */
export interface Finding {
  readonly code: ReasonCode;
  readonly metric?: string;
  readonly variant?: string;
  readonly [number: string]: Reason[string];
}

/** What an effect is, in numbers: lifts where they exist, else differences. */
export function effectFinding(code: ReasonCode, estimate: MetricEstimate, comparison: Comparison): Finding {
  const scale = comparison.relative.estimate === null ? "absolute" : "relative";
  const { estimate: effect, lower, upper } = comparison[scale];
  return {
    code,
    metric: estimate.metric,
    variant: comparison.variant,
    scale,
    estimate: effect,
    lower,
    upper,
    pValue: comparison.pValue,
    adjustedPValue: comparison.adjustedPValue,
    ...lookNumbers(comparison),
  };
}

/** The look that a comparison's numbers are of; nothing for a fixed design. */
export function lookNumbers({ look }: Comparison) {
  return (
    look && {
      look: look.number,
      lookDay: look.day,
      fraction: look.fraction,
      boundary: look.boundary,
    }
  );
}

/** Where a comparison stands against its margin. */
export function marginFinding(code: ReasonCode, estimate: MetricEstimate, comparison: Comparison): Finding {
  const test = comparison.nonInferiority;
  return {
    code,
    metric: estimate.metric,
    variant: comparison.variant,
    scale: test?.margin.kind ?? null,
    margin: test?.margin.value ?? null,
    bound: test?.bound ?? null,
    pValue: test?.pValue ?? null,
    ...lookNumbers(comparison),
  };
}
