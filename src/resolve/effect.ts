import type { Path } from "../diagnostics/place.ts";
import type { Effect } from "../model/effect.ts";
import { isBinary, type Metric } from "../model/metric.ts";
import { WHOLE } from "../model/share.ts";
import type { EffectDocument } from "../syntax/generated/documents.ts";
import { type Findings, refuse } from "./findings.ts";
import { INSIDE, partsPerMillion, resolveFraction } from "./percentage.ts";

/**
 * An MDE or a margin, on the scale of its metric. An absolute effect on a rate is a percentage, on a
 * ratio either form, on every other kind a number.
 */
export function resolveEffect(
  findings: Findings,
  document: EffectDocument,
  metric: Metric,
  path: Path,
): Effect | null {
  if (typeof document === "string") return relative(findings, document, path);
  const { absolute } = document;
  const place = [...path, "absolute"];
  if (typeof absolute === "number") {
    if (!isBinary(metric.kind)) return { kind: "absolute", value: absolute };
    return refuse(findings, "effect/rate-as-number", place, { metric: metric.key, found: String(absolute) });
  }
  if (!isBinary(metric.kind) && metric.kind !== "ratio") {
    return refuse(findings, "effect/number-as-rate", place, {
      metric: metric.key,
      kind: metric.kind,
      found: absolute,
    });
  }
  const value = resolveFraction(findings, absolute, INSIDE, place);
  return value === null ? null : { kind: "absolute", value };
}

function relative(findings: Findings, percentage: string, path: Path): Effect | null {
  const parts = partsPerMillion(percentage);
  if (parts === 0) return refuse(findings, "effect/zero", path, { found: percentage });
  return { kind: "relative", value: parts / WHOLE };
}
