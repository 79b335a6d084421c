import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Path } from "../../diagnostics/place.ts";
import type { Baseline, Metric } from "../../model/metric.ts";
import type { Rule } from "../rule.ts";

/** A conversion's baseline is a rate; that of every other kind a mean and its spread. */
export const baselines: Rule = {
  codes: ["baseline/other-kind", "baseline/unused-reporting"],
  check: ({ experiments, metrics }) => [
    ...metrics.flatMap((metric) => problems(metric.file, metric, metric.baseline, ["baseline"])),
    ...experiments.flatMap(({ file, planning, primary }) =>
      problems(file, primary.metric, planning.baseline, ["planning", "baseline"]),
    ),
  ],
};

function problems(
  file: string,
  { key, kind }: Metric,
  baseline: Baseline | null,
  path: Path,
): readonly Diagnostic[] {
  if (baseline === null) return [];
  const rate = "a `rate`";
  const mean = "a `mean` and a `standardDeviation`";
  if ((baseline.kind === "rate") !== (kind === "conversion")) {
    const expected = kind === "conversion" ? rate : mean;
    const found = kind === "conversion" ? mean : rate;
    const args = { metric: key, kind, expected, found };
    return [diagnose("baseline/other-kind", { file, path: [...path, baseline.kind] }, args)];
  }
  if (baseline.kind === "rate" || kind === "mean" || baseline.reporting === 1) return [];
  const place = { file, path: [...path, "reporting"], part: "key" as const };
  return [diagnose("baseline/unused-reporting", place, { metric: key, kind })];
}
