import type { EventDeclaration, PropertyType } from "../model/metric.ts";
import type { Unit } from "../model/population.ts";
import type { Warehouse } from "../model/warehouse.ts";
import type { ProjectDocument, PropertyDocument } from "../syntax/generated/documents.ts";
import { type Findings, refuse } from "./findings.ts";
import { find, type Names } from "./names.ts";

type EventDocument = NonNullable<ProjectDocument["events"]>[string];

/** The events of the project, by key. */
export function resolveEvents(
  findings: Findings,
  documents: ProjectDocument["events"],
  units: Names<Unit>,
  warehouse: Warehouse | null,
): Names<EventDeclaration> {
  return new Map(
    Object.entries(documents ?? {}).map(([key, document]) => [
      key,
      resolveEvent(findings, key, document, units, warehouse),
    ]),
  );
}

function resolveEvent(
  findings: Findings,
  key: string,
  document: EventDocument,
  units: Names<Unit>,
  warehouse: Warehouse | null,
): EventDeclaration | null {
  const source = resolveSource(findings, key, document.source, warehouse);
  const carried = document.units.map((unit, index) =>
    find(findings, units, unit, "unit/unknown", ["events", key, "units", index]),
  );
  if (source === null || carried.includes(null)) return null;
  const properties = Object.entries(document.properties ?? {});
  return {
    key,
    source,
    units: [...document.units],
    properties: properties.map(([property, type]) => ({ key: property, type: typeOf(type) })),
  };
}

/** Which source holds the rows: the only one where none is named. Empty where nothing reads events. */
function resolveSource(
  findings: Findings,
  event: string,
  source: string | undefined,
  warehouse: Warehouse | null,
): string | null {
  if (warehouse?.layout.kind !== "events") return source ?? "";
  const sources = new Map(warehouse.layout.events.map((declared) => [declared.key, declared]));
  if (source !== undefined) {
    const path = ["events", event, "source"];
    return find(findings, sources, source, "source/unknown", path)?.key ?? null;
  }
  const known = [...sources.keys()];
  if (known.length === 1) return known[0]!;
  return refuse(findings, "source/missing", ["events", event], { event, known }, { part: "key" });
}

function typeOf(document: PropertyDocument): PropertyType {
  return Array.isArray(document) ? { kind: "enum", values: [...document] } : { kind: document };
}
