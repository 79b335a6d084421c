import type { ArtifactLocation, Location, Log, Region, ReportingDescriptor, Result } from "sarif";
import { type Code, catalog } from "./catalog.ts";
import type { LocatedDiagnostic } from "./diagnostic.ts";
import { explanationPage } from "./explanation-page.ts";
import { fingerprints } from "./fingerprint.ts";
import { inReadingOrder } from "./order.ts";
import type { Place } from "./place.ts";
import { lineStartsOf, rangeOf } from "./position.ts";
import { printableJson } from "./printable-json.ts";
import type { RenderOptions } from "./renderer.ts";
import { helpOf, messageOf } from "./wording.ts";

/** Results that GitHub takes of one run. */
const MOST_RESULTS = 25_000;

/**
 * A log of the Static Analysis Results Interchange Format (OASIS, SARIF Version 2.1.0, 2020) with one run.
 * Places are relative to the repository's root; columns count UTF-16 units.
 */
export function renderSarif(
  diagnostics: readonly LocatedDiagnostic[],
  sources: ReadonlyMap<string, string>,
  { folder, version }: Pick<RenderOptions, "folder" | "version">,
): string {
  const found = inReadingOrder(diagnostics).slice(0, MOST_RESULTS);
  const codes = [...new Set(found.map(({ code }) => code))].sort();
  const lineStarts = new Map([...sources].map(([file, text]) => [file, lineStartsOf(text)]));
  const artifact = (file: string): ArtifactLocation => ({
    uri: (folder + file)
      .replaceAll(/\p{Surrogate}/gu, "\u{fffd}")
      .split("/")
      .map(encodeURIComponent)
      .join("/"),
    uriBaseId: "%SRCROOT%",
  });
  const regionOf = ({ file, span = { start: 0, end: 0 } }: Place): Region => {
    const { start, end } = rangeOf(sources.get(file) ?? "", lineStarts.get(file) ?? [0], span);
    return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  };
  const locationOf = (place: Place): Location => ({
    physicalLocation: { artifactLocation: artifact(place.file), region: regionOf(place) },
  });
  const prints = fingerprints(found, sources);

  const results = found.map((diagnostic, index): Result => {
    const { code, fixes, place, related, severity } = diagnostic;
    const help = helpOf(diagnostic);
    return {
      ruleId: code,
      ruleIndex: codes.indexOf(code),
      level: severity,
      message: { text: help === null ? messageOf(diagnostic) : `${messageOf(diagnostic)}\n${help}` },
      locations: [locationOf(place)],
      partialFingerprints: { "fairtrial/v1": prints[index]! },
      ...(related.length > 0 && {
        relatedLocations: related.map((other, id) => ({
          id,
          message: { text: other.label },
          ...locationOf(other.place),
        })),
      }),
      ...(fixes.length > 0 && {
        fixes: fixes.map(({ edits, title }) => ({
          description: { text: title },
          artifactChanges: edits.map((edit) => ({
            artifactLocation: artifact(edit.place.file),
            replacements: [{ deletedRegion: regionOf(edit.place), insertedContent: { text: edit.text } }],
          })),
        })),
      }),
    };
  });
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Fairtrial", semanticVersion: version, rules: codes.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root folder of the repository." } } },
        results,
      },
    ],
  };
  return printableJson(log);
}

function ruleOf(code: Code): ReportingDescriptor {
  const { severity, title } = catalog[code];
  const page = explanationPage(code);
  return {
    id: code,
    name: nameOf(code),
    shortDescription: { text: `${title}.` },
    help: { text: page, markdown: page },
    defaultConfiguration: { level: severity },
    properties: { tags: ["experiments", code.slice(0, code.indexOf("/"))] },
  };
}

/** `layer/will-overlap` becomes `LayerWillOverlap`. */
function nameOf(code: Code): string {
  return code.replace(/(?:^|[/-])([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
