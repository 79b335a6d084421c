import type { Experiment } from "../model/experiment.ts";
import { experimentAttributes } from "../model/experiment-attributes.ts";
import type { Attribute } from "../model/population.ts";
import type { Project } from "../model/project.ts";
import { docComment } from "./comment.ts";
import { propertyName, quote } from "./literal.ts";
import type { ExperimentNames } from "./names.ts";

/** What an experiment asks of a context: the unit's id and the attributes it reads, any of which may be unknown. */
export function contextInterface(experiment: Experiment, project: Project, names: ExperimentNames): string {
  const { id } = experiment.unit;
  const members = experimentAttributes(experiment)
    .filter((key) => key !== id)
    .map((key) => {
      const attribute = project.attributes.find((candidate) => candidate.key === key);
      return memberCode(key, attribute ? attributeType(attribute) : "unknown");
    });
  const comment = docComment([`What \`${names.value}\` reads of a context.`]);
  return `${comment}\nexport interface ${names.context} {\n${[memberCode(id, "string"), ...members].join("")}}`;
}

function memberCode(key: string, type: string): string {
  return `  readonly ${propertyName(key)}: ${type} | null | undefined;\n`;
}

function attributeType({ type, values }: Attribute): string {
  const literals = values && values.length > 0 ? values.map(quote) : null;
  switch (type) {
    case "string":
      return literals ? literals.join(" | ") : "string";
    case "list":
      return literals ? `readonly (${literals.join(" | ")})[]` : "readonly string[]";
    case "version":
      return "string";
    case "number":
    case "boolean":
      return type;
  }
}
