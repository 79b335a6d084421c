import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Rule } from "../rule.ts";

export const layerUnit: Rule = {
  codes: ["layer/other-unit"],
  check: (project) =>
    project.experiments.flatMap(({ file, layer: range, unit }) => {
      if (range === null || range.layer.unit.key === unit.key) return [];
      const { layer } = range;
      const declared = { file: project.file, path: ["layers", layer.key, "unit"] };
      return [
        diagnose(
          "layer/other-unit",
          { file, path: ["layer", "name"] },
          { layer: layer.key, unit: unit.key, expected: layer.unit.key },
          { related: [{ place: declared, label: `\`${layer.key}\` divides \`${layer.unit.key}\`` }] },
        ),
      ];
    }),
};
