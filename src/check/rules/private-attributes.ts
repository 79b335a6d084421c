import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Path } from "../../diagnostics/place.ts";
import type { Experiment } from "../../model/experiment.ts";
import { hashUnits } from "../../model/hash-units.ts";
import type { Project } from "../../model/project.ts";
import type { Condition } from "../../runtime/manifest.ts";
import { attributeTests } from "../attribute-tests.ts";
import { placeOfHashUnits } from "../hash-place.ts";
import type { Rule } from "../rule.ts";

/** A condition is compiled into what a browser gets, whether it is written here or in an audience file. */
export const privateAttributes: Rule = {
  codes: ["audience/private-attribute"],
  check: (project) =>
    project.experiments
      .filter(({ archived, runsOn }) => !archived && runsOn === "browser")
      .flatMap((experiment) => [
        ...(experiment.audience === null
          ? []
          : mentions(project, experiment, experiment.audience, ["audience"])),
        ...experiment.overrides.flatMap(({ when }, index) =>
          mentions(project, experiment, when, ["overrides", index, "when"]),
        ),
        ...hashed(project, experiment),
      ]),
};

function hashed({ attributes }: Project, experiment: Experiment): readonly Diagnostic[] {
  const units = hashUnits(experiment);
  return attributes
    .filter((attribute) => attribute.private && units.includes(attribute.key))
    .map(({ key }) =>
      diagnose("audience/private-attribute", placeOfHashUnits(experiment), { attribute: key }),
    );
}

function mentions(
  { attributes, file }: Project,
  experiment: Experiment,
  condition: Condition,
  path: Path,
): readonly Diagnostic[] {
  const asked = new Set(attributeTests(condition).map(({ attribute }) => attribute));
  return attributes
    .filter((attribute) => attribute.private && asked.has(attribute.key))
    .map(({ key }) =>
      diagnose(
        "audience/private-attribute",
        { file: experiment.file, path: [...path, key], part: "key" },
        { attribute: key },
        {
          related: [
            { place: { file, path: ["attributes", key, "private"] }, label: `\`${key}\` is private` },
          ],
        },
      ),
    );
}
