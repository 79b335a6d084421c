import { plainScalar } from "./plain-scalar.ts";
import type { Template } from "./templates.ts";

/** All that a new experiment's file says. */
export interface ExperimentChoices {
  readonly name: string;
  readonly owner: string;
  readonly hypothesis: string;
  readonly unit: string;
  readonly metric: string;
  /** Null: a layer of its own. Shares as they are written. */
  readonly layer: { readonly name: string; readonly from: string; readonly to: string } | null;
  readonly template: Template;
  /** The MDE, or the margin of a `not-worse` goal; null where the project's default holds. */
  readonly effect: string | null;
  /** Folder of the schemas as the file's editor should see it, with a slash at its end; null: no link. */
  readonly schemas: string | null;
}

/** The YAML of a draft, in house form. */
export function experimentText(choices: ExperimentChoices): string {
  const { name, owner, hypothesis, unit, layer, template, schemas, effect } = choices;
  const missing = [
    ...(owner === "" ? ["owner"] : []),
    ...(hypothesis === "" ? ["hypothesis"] : []),
    ...["start", "end", "removeBy"],
  ];
  const lines = [
    ...(schemas === null ? [] : [`# yaml-language-server: $schema=${schemas}experiment.schema.json`]),
    `name: ${plainScalar(name)}`,
    ...(owner === "" ? [] : [`owner: ${plainScalar(owner)}`]),
    ...(hypothesis === "" ? [] : [`hypothesis: ${plainScalar(hypothesis)}`]),
    `# To run, it needs ${missing.slice(0, -1).join(", ")} and ${missing.at(-1)}.`,
    "status: draft",
    "",
    `unit: ${plainScalar(unit)}`,
    ...(layer === null
      ? []
      : ["layer:", `  name: ${plainScalar(layer.name)}`, `  from: ${layer.from}`, `  to: ${layer.to}`]),
    template.variants,
    "metrics:",
    ...primaryLines(choices),
    ...(template.goal === "better" && effect !== null ? [`mde: ${plainScalar(effect)}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function primaryLines({ metric, template, effect }: ExperimentChoices): readonly string[] {
  if (template.goal === "better") return [`  primary: ${plainScalar(metric)}`];
  return [
    "  primary:",
    `    metric: ${plainScalar(metric)}`,
    "    goal: not-worse",
    `    margin: ${plainScalar(effect ?? "5%")}`,
  ];
}
