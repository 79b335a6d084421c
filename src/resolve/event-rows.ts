import type { Path } from "../diagnostics/place.ts";
import type { EventDeclaration, EventRows } from "../model/metric.ts";
import type { ScalarsDocument } from "../syntax/generated/documents.ts";
import { resolveFilters } from "./filter.ts";
import type { Findings } from "./findings.ts";
import { find, type Names } from "./names.ts";

interface EventRowsDocument {
  readonly event: string;
  readonly value?: string;
  readonly where?: { readonly [property: string]: ScalarsDocument };
}

/** Rows of a declared event; null where there is no such event, which is reported. */
export function resolveEventRows(
  findings: Findings,
  { event: key, value, where }: EventRowsDocument,
  events: Names<EventDeclaration>,
  path: Path,
): EventRows | null {
  const event = find(findings, events, key, "event/unknown", [...path, "event"]);
  return event && { kind: "event", event: event.key, value: value ?? null, where: resolveFilters(where) };
}
