import type { LocatedDiagnostic } from "./diagnostic.ts";
import { lineAt, lineStartsOf, positionAt } from "./position.ts";

/**
 * What stays the same of each diagnostic while lines around it come and go: its code, its file, and the way to its
 * place, or where there is none the text of its line. The second of two equal ones ends in `:2`.
 */
export function fingerprints(
  diagnostics: readonly LocatedDiagnostic[],
  sources: ReadonlyMap<string, string>,
): readonly string[] {
  const counts = new Map<string, number>();
  return diagnostics.map((diagnostic) => {
    const print = fnv1a(JSON.stringify(identityOf(diagnostic, sources)));
    const count = (counts.get(print) ?? 0) + 1;
    counts.set(print, count);
    return `${print}:${count}`;
  });
}

function identityOf({ code, place }: LocatedDiagnostic, sources: ReadonlyMap<string, string>) {
  if (place.path !== undefined) return [code, place.file, ...place.path];
  const text = sources.get(place.file) ?? "";
  const lineStarts = lineStartsOf(text);
  return [
    code,
    place.file,
    lineAt(text, lineStarts, positionAt(text, lineStarts, place.span.start).line).trim(),
  ];
}

/** 64 bits, hex. Fowler, Noll and Vo, The FNV Non-Cryptographic Hash Algorithm (RFC 9923), FNV-1a over UTF-16 units. */
function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}
