import type { Path } from "../diagnostics/place.ts";
import type { Share } from "../model/share.ts";
import { WHOLE } from "../model/share.ts";
import { type Findings, refuse } from "./findings.ts";

/** Bounds of a percentage, in parts per million, and how they are put into words. */
export interface Range {
  readonly accepts: (parts: number) => boolean;
  readonly expected: string;
}

export const INSIDE: Range = {
  accepts: (parts) => parts > 0 && parts < WHOLE,
  expected: "more than 0% and less than 100%",
};

export const SOME: Range = {
  accepts: (parts) => parts > 0 && parts <= WHOLE,
  expected: "more than 0%, at most 100%",
};

/** `12.5%` as parts per million, exactly: digits are moved, nothing is multiplied or rounded. */
export function partsPerMillion(percentage: string): Share {
  const [whole = "", decimals = ""] = percentage.slice(0, -1).split(".");
  return Number(whole + decimals.padEnd(4, "0"));
}

/** A percentage as a fraction, within its range. */
export function resolveFraction(
  findings: Findings,
  percentage: string,
  range: Range,
  path: Path,
): number | null {
  const parts = partsPerMillion(percentage);
  if (range.accepts(parts)) return parts / WHOLE;
  return refuse(findings, "percentage/out-of-range", path, { found: percentage, expected: range.expected });
}
