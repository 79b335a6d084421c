import type { Metric } from "../model/metric.ts";
import type { MetricDocument } from "../syntax/generated/documents.ts";
import type { Findings } from "./findings.ts";

/** What every kind of metric has in the same way. */
export function metricHead(
  { file }: Findings,
  key: string,
  { better, description, name }: Pick<MetricDocument, "better" | "description" | "name">,
): Pick<Metric, "key" | "file" | "name" | "description" | "better"> & { readonly per: null } {
  return { key, file, name, description: description ?? null, better, per: null };
}
