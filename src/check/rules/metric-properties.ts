import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Path, Place } from "../../diagnostics/place.ts";
import { renaming } from "../../diagnostics/renaming.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type {
  EventDeclaration,
  EventRows,
  Filter,
  Metric,
  PropertyType,
  Scalar,
} from "../../model/metric.ts";
import type { Project } from "../../model/project.ts";
import type { Rule } from "../rule.ts";

/** What metrics measure, and they and triggers filter by, are properties of their events, of fitting types. */
export const metricProperties: Rule = {
  codes: ["property/unknown", "metric/value-not-a-number", "metric/where-value"],
  check: (project) => [
    ...project.metrics.flatMap((metric) => problems(metric, project)),
    ...project.experiments.flatMap(({ analysis, file }) =>
      analysis.trigger ? ofRows(analysis.trigger, { file, path: ["analysis", "trigger"] }, project) : [],
    ),
  ],
};

function problems(metric: Metric, project: Project): readonly Diagnostic[] {
  const { file } = metric;
  if (metric.kind === "ratio") return [];
  if (metric.kind === "funnel")
    return metric.steps.flatMap((step, index) => ofRows(step, { file, path: ["steps", index] }, project));
  return metric.input.kind === "event" ? ofRows(metric.input, { file, path: [] }, project) : [];
}

/** @param at Where `event`, `value` and `where` are written. */
function ofRows(
  { event: key, value, where }: EventRows,
  at: Written,
  project: Project,
): readonly Diagnostic[] {
  const event = project.events.find((declared) => declared.key === key);
  if (event === undefined) return [];
  return [
    ...(value === null ? [] : measured(at, event, value, project.file)),
    ...where.flatMap((filter) => filtered(at, event, filter, project.file)),
  ];
}

interface Written {
  readonly file: string;
  readonly path: Path;
}

function measured(
  { file, path }: Written,
  event: EventDeclaration,
  property: string,
  projectFile: string,
): readonly Diagnostic[] {
  const place = { file, path: [...path, "value"] };
  const type = typeOf(event, property);
  if (type === null) return [unknownProperty(place, event, property)];
  if (type.kind === "number") return [];
  return [
    diagnose(
      "metric/value-not-a-number",
      place,
      { event: event.key, property, type: type.kind === "enum" ? "string" : type.kind },
      { related: [declaredIn(projectFile, event, property)] },
    ),
  ];
}

function filtered(
  { file, path }: Written,
  event: EventDeclaration,
  { column: property, values }: Filter,
  projectFile: string,
): readonly Diagnostic[] {
  const at = [...path, "where", property];
  const type = typeOf(event, property);
  if (type === null) return [unknownProperty({ file, path: at, part: "key" }, event, property)];
  return values.flatMap((value, index) => {
    if (fits(type, value)) return [];
    return [
      diagnose(
        "metric/where-value",
        { file, path: values.length === 1 ? at : [...at, index] },
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

function unknownProperty(place: Place, { properties }: EventDeclaration, name: string): Diagnostic {
  const known = properties.map(({ key }) => key);
  const suggestion = suggest(name, known);
  const fixes = renaming(place, suggestion);
  return diagnose("property/unknown", place, { name, known, suggestion: suggestion ?? "" }, { fixes });
}

function declaredIn(file: string, event: EventDeclaration, property: string) {
  return {
    place: { file, path: ["events", event.key, "properties", property] },
    label: `\`${property}\` is declared here`,
  };
}
