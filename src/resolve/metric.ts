import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Metric, RatioPart } from "../model/metric.ts";
import type { Declaration } from "../syntax/declaration.ts";
import type { MetricDocument, RatioDocument } from "../syntax/generated/documents.ts";
import { resolveBaseline } from "./baseline.ts";
import { type Findings, refuse } from "./findings.ts";
import { metricHead } from "./metric-head.ts";
import { type MetricScope, resolveMetricPart } from "./metric-part.ts";
import { find, type Names } from "./names.ts";

/** The metric registry, by key. */
export function resolveMetrics(
  declarations: readonly Declaration<MetricDocument>[],
  broken: readonly string[],
  scope: MetricScope,
  diagnostics: Diagnostic[],
): Names<Metric> {
  const metrics = new Map<string, Metric | null>(broken.map((key) => [key, null]));
  const kinds = new Map(declarations.map(({ key, document }) => [key, document.kind]));
  const ratios: Declaration<RatioDocument>[] = [];
  for (const { key, file, document } of declarations) {
    if (document.kind === "ratio") ratios.push({ key, file, document });
    else metrics.set(key, resolveMetricPart({ file, diagnostics, sound: true }, key, document, scope));
  }
  for (const { key, file, document } of ratios) {
    metrics.set(key, resolveRatio({ file, diagnostics, sound: true }, key, document, metrics, kinds));
  }
  return metrics;
}

function resolveRatio(
  findings: Findings,
  key: string,
  document: RatioDocument,
  metrics: Names<Metric>,
  kinds: ReadonlyMap<string, MetricDocument["kind"]>,
): Metric | null {
  const part = (role: "numerator" | "denominator"): RatioPart | null => {
    const name = document[role];
    const kind = kinds.get(name);
    if (kind !== undefined && !PARTS.includes(kind)) {
      return refuse(findings, "ratio/part-kind", [role], { metric: name, kind });
    }
    return find(findings, metrics, name, "metric/unknown", [role]) as RatioPart | null;
  };
  const numerator = part("numerator");
  const denominator = part("denominator");
  const baseline = resolveBaseline(findings, document.baseline, ["baseline"]);
  if (numerator === null || denominator === null || !findings.sound) return null;
  const { window } = numerator;
  return { kind: "ratio", ...metricHead(findings, key, document), window, baseline, numerator, denominator };
}

/** Kinds that can be added up over units. */
const PARTS: readonly MetricDocument["kind"][] = ["conversion", "count", "sum"] satisfies RatioPart["kind"][];
