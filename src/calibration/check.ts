import { acceptanceBand } from "./band.ts";

/**
 * What a rate must do: `exact` lies around what is promised, `at-most` and `at-least` on one side of it, `between`
 * within bounds that are given (rates that are enumerated, not sampled).
 */
export type ClaimType = "exact" | "at-most" | "at-least" | "between";

/** One claim held against worlds whose truth is known. */
export interface Check {
  readonly claim: string;
  readonly type: ClaimType;
  /** The rate that is promised. */
  readonly promised: number;
  /** Null: every outcome was enumerated with its probability. */
  readonly worlds: number | null;
  readonly found: number;
  /** Rates from which to which the claim is believed; null: no bound on this side. */
  readonly least: number | null;
  readonly most: number | null;
  readonly inBand: boolean;
}

/** Checks in one kind of world. */
export interface ScenarioResult {
  readonly topic: string;
  /** How the worlds are. */
  readonly setting: string;
  /** What turned data into numbers: the whole estimation of `analyze`, or functions of `statistics`. */
  readonly through: Through;
  /** A known abuse, of which a check must say that its claim does not hold. */
  readonly negativeControl: boolean;
  readonly checks: readonly Check[];
}

export type Through = "estimate" | "verdict" | "statistics";

/** A rate that was counted in as many worlds. */
export function checkCount(
  claim: string,
  type: Exclude<ClaimType, "between">,
  promised: number,
  counted: { readonly count: number; readonly worlds: number },
): Check {
  const { count, worlds } = counted;
  const band = acceptanceBand(promised, worlds);
  const least = type === "at-most" ? null : band.least;
  const most = type === "at-least" ? null : band.most;
  return {
    claim,
    type,
    promised,
    worlds,
    found: count / worlds,
    least: least === null ? null : least / worlds,
    most: most === null ? null : most / worlds,
    inBand: count >= (least ?? 0) && count <= (most ?? worlds),
  };
}

/** A rate that is known without chance. */
export function checkRate(
  claim: string,
  promised: number,
  found: number,
  bounds: { readonly least: number | null; readonly most: number | null },
): Check {
  const inBand = found >= (bounds.least ?? -Infinity) && found <= (bounds.most ?? Infinity);
  return { claim, type: "between", promised, worlds: null, found, ...bounds, inBand };
}

/** Whether a scenario's checks say what they should: every claim holds; of an abuse, none does. */
export function passes({ negativeControl, checks }: ScenarioResult): boolean {
  return checks.every(({ inBand }) => inBand !== negativeControl);
}
