import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Experiment } from "../../model/experiment.ts";
import { formatShare, WHOLE } from "../../model/share.ts";
import type { Rule } from "../rule.ts";

/** Shares are whole parts per million, so 8 × 11.1% + 11.2% is exactly the whole. */
export const weights: Rule = {
  codes: ["variants/weights-sum", "variants/zero-weight"],
  check: ({ experiments }) =>
    experiments
      .filter(({ draw }) => draw.kind === "variants" && draw.operator !== "uniformChoice")
      .flatMap((experiment) => [...sumProblem(experiment), ...zeroWeights(experiment)]),
};

function sumProblem({ file, variants }: Experiment): readonly Diagnostic[] {
  const sum = variants.reduce((total, { share }) => total + share, 0);
  if (sum === WHOLE) return [];
  const difference =
    sum < WHOLE ? `${formatShare(WHOLE - sum)} is missing` : `${formatShare(sum - WHOLE)} is too much`;
  return [
    diagnose(
      "variants/weights-sum",
      { file, path: ["variants"], part: "key" },
      { sum: formatShare(sum), difference },
    ),
  ];
}

/** Where all weights are zero, their sum says enough. */
function zeroWeights({ file, variants }: Experiment): readonly Diagnostic[] {
  if (variants.every(({ share }) => share === 0)) return [];
  return variants
    .filter(({ share }) => share === 0)
    .map(({ key }) =>
      diagnose("variants/zero-weight", { file, path: ["variants", key, "weight"] }, { variant: key }),
    );
}
