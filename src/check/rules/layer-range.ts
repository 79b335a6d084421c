import { diagnose } from "../../diagnostics/diagnose.ts";
import { formatShare } from "../../model/share.ts";
import type { Rule } from "../rule.ts";

export const layerRange: Rule = {
  codes: ["layer/empty-range"],
  check: ({ experiments }) =>
    experiments.flatMap(({ file, layer }) =>
      layer === null || layer.from < layer.to
        ? []
        : [
            diagnose(
              "layer/empty-range",
              { file, path: ["layer", "to"] },
              { from: formatShare(layer.from), to: formatShare(layer.to) },
            ),
          ],
    ),
};
