import type { Path } from "../diagnostics/place.ts";
import type { Baseline } from "../model/metric.ts";
import type { BaselineDocument } from "../syntax/generated/documents.ts";
import type { Findings } from "./findings.ts";
import { resolveMeasured } from "./measured.ts";
import { INSIDE, resolveFraction, SOME } from "./percentage.ts";

/** What a metric is today; null where that is not written, or not possible, which is reported. */
export function resolveBaseline(
  findings: Findings,
  document: BaselineDocument | undefined,
  path: Path,
): Baseline | null {
  const measured = resolveMeasured(findings, document?.measured, [...path, "measured"]);
  if (document?.rate !== undefined) {
    const rate = resolveFraction(findings, document.rate, INSIDE, [...path, "rate"]);
    return rate === null ? null : { kind: "rate", rate, ...measured };
  }
  if (document?.mean === undefined || document.standardDeviation === undefined) return null;
  const { mean, standardDeviation } = document;
  const reporting = resolveFraction(findings, document.reporting ?? "100%", SOME, [...path, "reporting"]);
  return reporting === null ? null : { kind: "mean", mean, standardDeviation, reporting, ...measured };
}
