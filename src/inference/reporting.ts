import { twoProportionZ } from "../statistics/two-proportion-z.ts";
import type { Reporting } from "./metric-estimate.ts";

interface Reporters {
  /** Units with a value. */
  readonly reporting: number;
  /** Mature exposed units. */
  readonly exposed: number;
}

/**
 * Whether a treatment changed who has a value at all: then a mean over those who have one compares different
 * people (A.3).
 */
export function compareReporting(control: Reporters, variant: Reporters): Reporting {
  const test = twoProportionZ(proportionOf(control), proportionOf(variant));
  return {
    control: rateOf(control),
    variant: rateOf(variant),
    statistic: test.statistic,
    pValue: test.pValue,
  };
}

function proportionOf({ reporting, exposed }: Reporters) {
  return { successes: reporting, units: exposed };
}

function rateOf({ reporting, exposed }: Reporters): number | null {
  return exposed > 0 ? reporting / exposed : null;
}
