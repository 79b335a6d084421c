import type { Path } from "../diagnostics/place.ts";
import type { Measured } from "../model/measured.ts";
import type { MeasuredDocument } from "../syntax/generated/documents.ts";
import { resolveDay } from "./day.ts";
import { type Findings, refuse } from "./findings.ts";

/** What stands beside a measured value: nothing where it is an assumption. Days that do not exist are reported. */
export function resolveMeasured(
  findings: Findings,
  document: MeasuredDocument | undefined,
  path: Path,
): { readonly measured?: Measured } {
  if (document === undefined) return {};
  const from = resolveDay(findings, document.from, [...path, "from"]);
  const to = resolveDay(findings, document.to, [...path, "to"]);
  if (from === null || to === null) return { measured: { period: null, units: document.units } };
  if (to < from) {
    const args = { earlier: "from", later: "to", from, to, relation: "on or after" };
    const related = [{ place: { file: findings.file, path: [...path, "from"] }, label: "`from`" }];
    refuse(findings, "dates/order", [...path, "to"], args, { related });
  }
  return { measured: { period: { from, to }, units: document.units } };
}
