import type { Measured } from "../model/measured.ts";
import type { Baseline, MetricKind } from "../model/metric.ts";
import type { Mapping } from "./field-weight.ts";

/** Digits of a measured value that are written: fewer tell more than the standard error lets them. */
const DIGITS = 4;

/**
 * A measured baseline under the keys of the language, rounded; null where rounding leaves nothing that a plan can
 * reckon with.
 */
export function writtenMeasurement(baseline: Baseline, kind: MetricKind): Mapping | null {
  const level = writtenLevel(baseline, kind);
  if (level === null) return null;
  const { clusters, cuped, measured } = baseline;
  return {
    ...level,
    ...(cuped && { cuped: { correlation: rounded(cuped.correlation) } }),
    ...(clusters && { clusters: writtenClusters(clusters) }),
    ...(measured && { measured: writtenMeasured(measured) }),
  };
}

function writtenLevel(baseline: Baseline, kind: MetricKind): Mapping | null {
  switch (baseline.kind) {
    case "rate": {
      const [rate, rates] = [percentage(baseline.rate), baseline.steps?.map(percentage) ?? []];
      if (!isPart(rate)) return null;
      return rates.length > 0 && rates.every(isPart) ? { rates } : { rate };
    }
    case "quantile": {
      const spread = rounded(baseline.spread);
      return spread > 0 ? { value: rounded(baseline.value), spread } : null;
    }
    case "mean": {
      const standardDeviation = rounded(baseline.standardDeviation);
      const reporting = percentage(baseline.reporting);
      if (standardDeviation <= 0 || reporting === "0%") return null;
      return { mean: rounded(baseline.mean), standardDeviation, ...(kind === "mean" ? { reporting } : {}) };
    }
  }
}

function writtenClusters(clusters: NonNullable<Baseline["clusters"]>): Mapping {
  return Object.fromEntries(
    Object.entries(clusters).map(([unit, { intraclassCorrelation, meanSize, sizeVariation }]) => [
      unit,
      {
        meanSize: rounded(meanSize),
        intraclassCorrelation: rounded(intraclassCorrelation),
        sizeVariation: rounded(sizeVariation),
      },
    ]),
  );
}

/** The days and units that a value comes from. */
export function writtenMeasured({ period, units }: Measured): Mapping {
  return period ? { from: period.from, to: period.to, units } : { units };
}

/** A number of units a day: whole where it is large. */
export function writtenVolume(newPerDay: number): number {
  return newPerDay >= 1000 ? Math.round(newPerDay) : rounded(newPerDay);
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/** Neither none nor all: a plan reckons with no other. */
function isPart(share: string): boolean {
  return share !== "0%" && share !== "100%";
}

/** With at most four decimals, which is what the language has. */
function percentage(fraction: number): string {
  return `${Number(rounded(fraction * 100).toFixed(4))}%`;
}
