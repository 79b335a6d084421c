import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Path } from "../../diagnostics/place.ts";
import { renaming } from "../../diagnostics/renaming.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { EventDeclaration, Metric, PropertyType, Scalar } from "../../model/metric.ts";
import type { Project } from "../../model/project.ts";
import type { Rule } from "../rule.ts";

/** What a metric measures and filters by are properties of its event, of fitting types. */
export const metricProperties: Rule = {
  codes: ["property/unknown", "metric/value-not-a-number", "metric/where-value"],
  check: (project) => project.metrics.flatMap((metric) => problems(metric, project)),
};

function problems(metric: Metric, project: Project): readonly Diagnostic[] {
  if (metric.kind === "ratio" || metric.input.kind !== "event") return [];
  const { event: key, value, where } = metric.input;
  const event = project.events.find((declared) => declared.key === key);
  if (event === undefined) return [];
  return [
    ...(value === null ? [] : measured(metric.file, event, value, project.file)),
    ...where.flatMap(({ column, values }) => filtered(metric.file, event, column, values, project.file)),
  ];
}

function measured(
  file: string,
  event: EventDeclaration,
  property: string,
  projectFile: string,
): readonly Diagnostic[] {
  const type = typeOf(event, property);
  if (type === null) return [unknownProperty(file, event, property, ["value"])];
  if (type.kind === "number") return [];
  return [
    diagnose(
      "metric/value-not-a-number",
      { file, path: ["value"] },
      { event: event.key, property, type: type.kind === "enum" ? "string" : type.kind },
      { related: [declaredIn(projectFile, event, property)] },
    ),
  ];
}

function filtered(
  file: string,
  event: EventDeclaration,
  property: string,
  values: readonly Scalar[],
  projectFile: string,
): readonly Diagnostic[] {
  const type = typeOf(event, property);
  if (type === null) return [unknownProperty(file, event, property, ["where", property], "key")];
  return values.flatMap((value, index) => {
    if (fits(type, value)) return [];
    const path = values.length === 1 ? ["where", property] : ["where", property, index];
    return [
      diagnose(
        "metric/where-value",
        { file, path },
        { property, expected: expectation(type), found: `the ${typeof value} \`${value}\`` },
        { related: [declaredIn(projectFile, event, property)] },
      ),
    ];
  });
}

function typeOf({ properties }: EventDeclaration, property: string): PropertyType | null {
  return properties.find(({ key }) => key === property)?.type ?? null;
}

function fits(type: PropertyType, value: Scalar): boolean {
  return type.kind === "enum"
    ? typeof value === "string" && type.values.includes(value)
    : typeof value === type.kind;
}

function expectation(type: PropertyType): string {
  return type.kind === "enum"
    ? `one of ${type.values.map((value) => `\`${value}\``).join(", ")}`
    : `a ${type.kind}`;
}

function unknownProperty(
  file: string,
  { properties }: EventDeclaration,
  name: string,
  path: Path,
  part: "key" | "value" = "value",
): Diagnostic {
  const known = properties.map(({ key }) => key);
  const suggestion = suggest(name, known);
  const place = { file, path, part };
  const fixes = renaming(place, suggestion);
  return diagnose("property/unknown", place, { name, known, suggestion: suggestion ?? "" }, { fixes });
}

function declaredIn(file: string, event: EventDeclaration, property: string) {
  return {
    place: { file, path: ["events", event.key, "properties", property] },
    label: `\`${property}\` is declared here`,
  };
}
