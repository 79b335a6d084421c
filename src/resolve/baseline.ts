import type { Path } from "../diagnostics/place.ts";
import type { Baseline, Clusters } from "../model/metric.ts";
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
  if (document === undefined) return null;
  const common = {
    ...resolveMeasured(findings, document.measured, [...path, "measured"]),
    ...(document.cuped && { cuped: document.cuped }),
    ...(document.clusters && { clusters: resolveClusters(document.clusters) }),
  };
  const { rate, rates, mean, standardDeviation, value, spread } = document;
  if (rates !== undefined) return resolveRates(findings, rates, common, path);
  if (rate !== undefined) {
    const share = resolveFraction(findings, rate, INSIDE, [...path, "rate"]);
    return share === null ? null : { kind: "rate", rate: share, ...common };
  }
  if (value !== undefined && spread !== undefined) return { kind: "quantile", value, spread, ...common };
  if (mean === undefined || standardDeviation === undefined) return null;
  const reporting = resolveFraction(findings, document.reporting ?? "100%", SOME, [...path, "reporting"]);
  return reporting === null ? null : { kind: "mean", mean, standardDeviation, reporting, ...common };
}

/** Of a funnel's steps, the last of which is the metric. */
function resolveRates(
  findings: Findings,
  rates: readonly string[],
  common: Pick<Baseline, "measured" | "cuped" | "clusters">,
  path: Path,
): Baseline | null {
  const steps = rates.map((rate, index) =>
    resolveFraction(findings, rate, INSIDE, [...path, "rates", index]),
  );
  const rate = steps.at(-1) ?? null;
  if (rate === null || steps.includes(null)) return null;
  return { kind: "rate", rate, steps: steps.filter((step) => step !== null), ...common };
}

function resolveClusters(
  document: NonNullable<BaselineDocument["clusters"]>,
): Readonly<Record<string, Clusters>> {
  return Object.fromEntries(
    Object.entries(document).map(([unit, { sizeVariation = 0, ...sizes }]) => [
      unit,
      { ...sizes, sizeVariation },
    ]),
  );
}
