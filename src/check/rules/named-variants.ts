import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Path } from "../../diagnostics/place.ts";
import { renaming } from "../../diagnostics/renaming.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Experiment } from "../../model/experiment.ts";
import type { Rule } from "../rule.ts";

/** Overrides and decisions name variants that exist. */
export const namedVariants: Rule = {
  codes: ["variant/unknown"],
  check: ({ experiments }) =>
    experiments.flatMap((experiment) => [
      ...experiment.overrides.flatMap(({ variant }, index) =>
        unknownVariant(experiment, variant, ["overrides", index, "variant"]),
      ),
      ...(experiment.decision === null
        ? []
        : unknownVariant(experiment, experiment.decision.ship, ["decision", "ship"])),
    ]),
};

function unknownVariant({ file, variants }: Experiment, name: string, path: Path): readonly Diagnostic[] {
  const known = variants.map(({ key }) => key);
  if (known.includes(name)) return [];
  const suggestion = suggest(name, known);
  const place = { file, path };
  return [
    diagnose(
      "variant/unknown",
      place,
      { name, known, suggestion: suggestion ?? "" },
      { fixes: renaming(place, suggestion) },
    ),
  ];
}
