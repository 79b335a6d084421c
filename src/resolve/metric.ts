import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { EventDeclaration, Metric, MetricInput, SimpleMetric } from "../model/metric.ts";
import type { Declaration } from "../syntax/declaration.ts";
import type { MetricDocument, RatioDocument } from "../syntax/generated/documents.ts";
import { resolveBaseline } from "./baseline.ts";
import { milliseconds } from "./duration.ts";
import { resolveFilters } from "./filter.ts";
import { type Findings, refuse } from "./findings.ts";
import { find, type Names } from "./names.ts";

type SimpleDocument = Exclude<MetricDocument, RatioDocument>;

/** The metric registry, by key. */
export function resolveMetrics(
  declarations: readonly Declaration<MetricDocument>[],
  broken: readonly string[],
  events: Names<EventDeclaration>,
  diagnostics: Diagnostic[],
): Names<Metric> {
  const metrics = new Map<string, Metric | null>(broken.map((key) => [key, null]));
  const kinds = new Map(declarations.map(({ key, document }) => [key, document.kind]));
  const ratios: Declaration<RatioDocument>[] = [];
  for (const { key, file, document } of declarations) {
    if (document.kind === "ratio") ratios.push({ key, file, document });
    else metrics.set(key, resolveSimple({ file, diagnostics, sound: true }, key, document, events));
  }
  for (const { key, file, document } of ratios) {
    metrics.set(key, resolveRatio({ file, diagnostics, sound: true }, key, document, metrics, kinds));
  }
  return metrics;
}

function resolveSimple(
  findings: Findings,
  key: string,
  document: SimpleDocument,
  events: Names<EventDeclaration>,
): SimpleMetric | null {
  const input = resolveInput(findings, document, events);
  const baseline = resolveBaseline(findings, document.baseline, ["baseline"]);
  if (input === null || !findings.sound) return null;
  return {
    kind: document.kind,
    key,
    file: findings.file,
    name: document.name,
    description: document.description ?? null,
    better: document.better,
    window: document.window === undefined ? null : milliseconds(document.window),
    baseline,
    input,
  };
}

function resolveInput(
  findings: Findings,
  document: SimpleDocument,
  events: Names<EventDeclaration>,
): MetricInput | null {
  if (document.event === undefined) return { kind: "column", column: document.column! };
  const event = find(findings, events, document.event, "event/unknown", ["event"]);
  if (event === null) return null;
  return {
    kind: "event",
    event: event.key,
    value: "value" in document ? document.value! : null,
    where: resolveFilters(document.where),
  };
}

function resolveRatio(
  findings: Findings,
  key: string,
  document: RatioDocument,
  metrics: Names<Metric>,
  kinds: ReadonlyMap<string, MetricDocument["kind"]>,
): Metric | null {
  const part = (role: "numerator" | "denominator"): SimpleMetric | null => {
    const name = document[role];
    const kind = kinds.get(name);
    if (kind === "ratio" || kind === "mean") {
      return refuse(findings, "ratio/part-kind", [role], { metric: name, kind });
    }
    return find(findings, metrics, name, "metric/unknown", [role]) as SimpleMetric | null;
  };
  const numerator = part("numerator");
  const denominator = part("denominator");
  const baseline = resolveBaseline(findings, document.baseline, ["baseline"]);
  if (numerator === null || denominator === null || !findings.sound) return null;
  return {
    kind: "ratio",
    key,
    file: findings.file,
    name: document.name,
    description: document.description ?? null,
    better: document.better,
    window: numerator.window,
    baseline,
    numerator,
    denominator,
  };
}
