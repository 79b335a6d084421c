import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import { formatRange, freeRanges, sharedRange } from "../range.ts";
import type { Rule } from "../rule.ts";

/**
 * Running experiments of a layer own disjoint ranges, whatever their dates: the runtime looks at the status,
 * never at the clock. A draft may wait for a range.
 */
export const layerOverlap: Rule = {
  codes: ["layer/overlap", "layer/will-overlap"],
  check: ({ experiments, layers }) =>
    layers.flatMap(({ key }) => {
      const sharers = experiments.filter(({ archived, layer }) => !archived && layer?.layer.key === key);
      const running = sharers.filter(({ status }) => status === "running");
      const drafts = sharers.filter(({ status }) => status === "draft");
      return [
        ...running.flatMap((experiment, index) =>
          running.slice(0, index).flatMap((other) => overlap("layer/overlap", experiment, other, running)),
        ),
        ...drafts.flatMap((draft) =>
          running.flatMap((other) => overlap("layer/will-overlap", draft, other, running)),
        ),
      ];
    }),
};

function overlap(
  code: "layer/overlap" | "layer/will-overlap",
  experiment: Experiment,
  other: Experiment,
  running: readonly Experiment[],
): readonly Diagnostic[] {
  const shared = sharedRange(experiment, other);
  if (shared === null || experiment.layer === null || other.layer === null) return [];
  const layer = experiment.layer.layer.key;
  const owners = running.filter(({ key }) => key !== experiment.key);
  const free = freeRanges(layer, owners).map(formatRange);
  const label = `\`${other.key}\` owns ${formatRange(other.layer)}`;
  return [
    diagnose(
      code,
      { file: experiment.file, path: ["layer"], part: "key" },
      { layer, other: other.key, shared: formatRange(shared), free },
      { related: [{ place: { file: other.file, path: ["layer"], part: "key" }, label }] },
    ),
  ];
}
