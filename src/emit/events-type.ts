import type { EventDeclaration, EventProperty } from "../model/metric.ts";
import type { Project } from "../model/project.ts";
import { docComment } from "./comment.ts";
import { propertyName, quote } from "./literal.ts";

/** The type of the project's events: by name, the ids they take (at least one) and their properties. */
export function eventsType(project: Project): string {
  const events = [...project.events].sort((a, b) => (a.key < b.key ? -1 : 1));
  const members = events.map(
    (event) => `  readonly ${propertyName(event.key)}: {
    readonly units:${unitsType(event, project)};
    readonly properties: ${propertiesType(event.properties)};
  };
`,
  );
  const comment = docComment([
    "The events that `track` takes, with the ids of their units and their properties.",
  ]);
  return `${comment}\nexport type Events = {\n${members.join("")}};`;
}

function unitsType(event: EventDeclaration, project: Project): string {
  const ids = event.units.flatMap((key) => project.units.find((unit) => unit.key === key)?.id ?? []);
  if (ids.length === 0) return " Record<never, never>";
  const alternatives = ids.map((required) => {
    const members = ids.map((id) =>
      id === required
        ? `readonly ${propertyName(id)}: string`
        : `readonly ${propertyName(id)}?: string | null | undefined`,
    );
    return `{ ${members.join("; ")} }`;
  });
  if (alternatives.length === 1) return ` ${alternatives[0]}`;
  return alternatives.map((type) => `\n      | ${type}`).join("");
}

function propertiesType(properties: readonly EventProperty[]): string {
  if (properties.length === 0) return "Record<never, never>";
  const members = properties.map(({ key, type }) => {
    const values = type.kind === "enum" ? type.values.map(quote).join(" | ") || "never" : type.kind;
    return `      readonly ${propertyName(key)}: ${values};\n`;
  });
  return `{\n${members.join("")}    }`;
}
