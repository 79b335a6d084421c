import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Path } from "../../diagnostics/place.ts";
import { isAdjustable } from "../../model/experiment-metrics.ts";
import { type Baseline, baselineKind, type Metric } from "../../model/metric.ts";
import type { Rule } from "../rule.ts";

/** A baseline is of the form that its metric's kind has. */
export const baselines: Rule = {
  codes: ["baseline/other-kind", "baseline/unused", "baseline/steps"],
  check: ({ experiments, metrics }) => [
    ...metrics.flatMap((metric) => problems(metric.file, metric, metric.baseline, ["baseline"])),
    ...experiments.flatMap(({ file, planning, primary }) =>
      problems(file, primary.metric, planning.baseline, ["planning", "baseline"]),
    ),
  ],
};

const FORMS: Readonly<Record<Baseline["kind"], string>> = {
  rate: "a `rate`",
  mean: "a `mean` and a `standardDeviation`",
  quantile: "a `value` and a `spread`",
};

/** The key by which each form is known. */
const KEYS: Readonly<Record<Baseline["kind"], string>> = { rate: "rate", mean: "mean", quantile: "value" };

function problems(
  file: string,
  metric: Metric,
  baseline: Baseline | null,
  path: Path,
): readonly Diagnostic[] {
  if (baseline === null) return [];
  const { key, kind } = metric;
  const wanted = baselineKind(kind);
  if (baseline.kind !== wanted) {
    const args = { metric: key, kind, expected: FORMS[wanted], found: FORMS[baseline.kind] };
    return [diagnose("baseline/other-kind", { file, path: [...path, KEYS[baseline.kind]] }, args)];
  }
  return [
    ...funnelSteps(file, metric, baseline, path),
    ...unused(metric, baseline).map(([name, reason]) =>
      diagnose(
        "baseline/unused",
        { file, path: [...path, name], part: "key" },
        { metric: metric.key, kind, name, reason },
      ),
    ),
  ];
}

/** What a baseline says and no plan of the metric reads, and why. */
function unused(metric: Metric, baseline: Baseline): readonly (readonly [name: string, reason: string])[] {
  const { kind } = metric;
  const found: [string, string][] = [];
  if (baseline.kind === "mean" && kind !== "mean" && baseline.reporting !== 1)
    found.push(["reporting", "units without events count in it too"]);
  if (baseline.clusters && metric.per === null)
    found.push(["clusters", "it is measured per unit of the experiment"]);
  if (baseline.cuped && !isAdjustable(metric, { key: "" }))
    found.push([
      "cuped",
      metric.per === null ? "CUPED does not adjust it" : "CUPED does not adjust what is measured per member",
    ]);
  return found;
}

function funnelSteps(file: string, metric: Metric, baseline: Baseline, path: Path): readonly Diagnostic[] {
  const { key, kind } = metric;
  if (baseline.kind !== "rate" || baseline.steps === undefined) return [];
  const place = { file, path: [...path, "rates"] };
  if (metric.kind !== "funnel") {
    const args = { metric: key, kind, expected: FORMS.rate, found: "`rates`" };
    return [diagnose("baseline/other-kind", place, args)];
  }
  const { steps } = baseline;
  const problem =
    steps.length !== metric.steps.length
      ? `has ${metric.steps.length} steps, found ${steps.length} rates`
      : steps.some((rate, index) => rate > (steps[index - 1] ?? 1))
        ? "cannot have more units at a step than at the one before it"
        : null;
  return problem === null ? [] : [diagnose("baseline/steps", place, { metric: key, problem })];
}
