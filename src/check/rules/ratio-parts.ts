import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { DAY_MS } from "../../model/calendar.ts";
import type { RatioMetric, RatioPart } from "../../model/metric.ts";
import type { Rule } from "../rule.ts";

/** Both parts of a ratio are measured on the same units and rows for the same time, and added up as they are. */
export const ratioParts: Rule = {
  codes: ["ratio/inputs-differ", "ratio/windows-differ", "ratio/part-as-it-is"],
  check: ({ metrics }) =>
    metrics.flatMap((metric) => (metric.kind === "ratio" ? [...problems(metric), ...changed(metric)] : [])),
};

function problems({ file, numerator, denominator }: RatioMetric): readonly Diagnostic[] {
  const place = { file, path: ["denominator"] };
  const related = [numerator, denominator].map((part) => ({
    place: { file: part.file, path: [part.window === null ? "kind" : "window"] },
    label: `\`${part.key}\``,
  }));
  if (numerator.input.kind !== denominator.input.kind) {
    const args = { numerator: inputOf(numerator), denominator: inputOf(denominator) };
    return [diagnose("ratio/inputs-differ", place, args, { related })];
  }
  if (numerator.window === denominator.window) return [];
  const args = { numerator: windowOf(numerator), denominator: windowOf(denominator) };
  return [diagnose("ratio/windows-differ", place, args, { related })];
}

/** Parts that are capped, or measured per member of a cluster. */
function changed(ratio: RatioMetric): readonly Diagnostic[] {
  return (["numerator", "denominator"] as const).flatMap((role) => {
    const part = ratio[role];
    const key =
      part.per !== null ? "per" : "winsorize" in part && part.winsorize !== null ? "winsorize" : null;
    if (key === null) return [];
    const related = [{ place: { file: part.file, path: [key] }, label: `\`${part.key}\`` }];
    return [
      diagnose(
        "ratio/part-as-it-is",
        { file: ratio.file, path: [role] },
        { metric: part.key, key },
        { related },
      ),
    ];
  });
}

function inputOf({ input }: RatioPart): string {
  return input.kind === "event" ? `the event \`${input.event}\`` : `the column \`${input.column}\``;
}

function windowOf({ window }: RatioPart): string {
  if (window === null) return "unlimited";
  return window % DAY_MS === 0 ? `${window / DAY_MS}d` : `${(window * 24) / DAY_MS}h`;
}
