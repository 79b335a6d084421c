import type { Experiment } from "../model/experiment.ts";
import { experimentAttributes } from "../model/experiment-attributes.ts";
import { hashUnits } from "../model/hash-units.ts";
import type { Attribute } from "../model/population.ts";
import type { Project } from "../model/project.ts";
import { docComment } from "./comment.ts";
import { propertyName, quote } from "./literal.ts";
import type { ExperimentNames } from "./names.ts";

/**
 * What an experiment asks of a context: the unit's id and the attributes it reads, any of which may be unknown. The
 * ids of other units may be there too: exposures say who acted.
 */
export function contextInterface(experiment: Experiment, project: Project, names: ExperimentNames): string {
  const { id } = experiment.unit;
  const read = [...experimentAttributes(experiment), ...hashUnits(experiment)].filter((key) => key !== id);
  const comment = docComment([`What \`${names.value}\` reads of a context.`]);
  return `${comment}\nexport interface ${names.context} {\n${membersOf(id, [...new Set(read)], project)}}`;
}

/** By project, unit and attributes: many experiments read the same. */
const known = new WeakMap<Project, Map<string, string>>();

function membersOf(id: string, reads: readonly string[], project: Project): string {
  const ofProject = known.get(project) ?? new Map<string, string>();
  known.set(project, ofProject);
  const key = JSON.stringify([id, reads]);
  const members = ofProject.get(key) ?? membersCode(id, reads, project);
  ofProject.set(key, members);
  return members;
}

function membersCode(id: string, reads: readonly string[], project: Project): string {
  const ids = new Set(project.units.map((unit) => unit.id));
  const members = reads.map((key) => {
    const attribute = project.attributes.find((candidate) => candidate.key === key);
    return memberCode(key, attribute ? attributeType(attribute) : ids.has(key) ? "string" : "unknown");
  });
  const acting = project.units
    .filter((unit) => unit.id !== id && !reads.includes(unit.id))
    .map((unit) => `  readonly ${propertyName(unit.id)}?: string | null | undefined;\n`);
  return [memberCode(id, "string"), ...members, ...acting].join("");
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
    case "date":
      return "string";
    case "number":
    case "boolean":
      return type;
  }
}
