import type { Analysis, Check, Counts } from "../../verdict/generated/analysis.ts";
import { formatCount, formatPValue, formatQuantity } from "../../verdict/number-format.ts";
import { CHECK_NAMES } from "../check-words.ts";
import { describeExclusion } from "../health-words.ts";
import type { Content, Html } from "../html.ts";
import { countOf } from "../result.ts";
import { time } from "./day.ts";
import { table } from "./table.ts";

/** Days and values that look odd are shown with this many at most; the Analysis holds all. */
const MOST_ROWS = 20;
/** An adjusted p-value that is worth a row in a long table. */
const ODD = 0.05;

/** The numbers behind a warning; null where its sentence says them all. */
export function checkTable({ design }: Analysis, check: Check): Html | null {
  const variants = design.variants.map(({ variant }) => variant);
  const perVariant = (counts: Counts): readonly Content[] =>
    variants.map((variant) => formatCount(countOf(counts, variant)));
  const show = (columns: readonly Content[], rows: readonly (readonly Content[])[], note?: string) =>
    table({
      caption: CHECK_NAMES[check.check],
      ...(note !== undefined && { note }),
      columns,
      rows: rows.slice(0, MOST_ROWS),
    });
  switch (check.check) {
    case "srm-by-day": {
      const days = foremost(check.days).map(({ day, units, adjustedPValue }) => [
        time(day),
        ...perVariant(units),
        formatPValue(adjustedPValue),
      ]);
      return show(["Day", ...variants, "Adjusted p"], days, `of ${formatCount(check.days.length)} days`);
    }
    case "srm-by-breakdown": {
      const values = foremost(check.values).map(({ value, other, units, adjustedPValue }) => [
        other ? "All others" : (value ?? "unknown"),
        ...perVariant(units),
        formatPValue(adjustedPValue),
      ]);
      return show([check.attribute, ...variants, "Adjusted p"], values);
    }
    case "uneven-exclusions": {
      const reasons = check.reasons.map(({ reason, units, adjustedPValue }) => [
        describeExclusion(reason),
        ...perVariant(units),
        formatPValue(adjustedPValue),
      ]);
      return show(["Units left out", ...variants, "Adjusted p"], reasons);
    }
    case "date-gaps":
      return show(
        ["Day", "Without a unit"],
        check.gaps.map(({ day, variants: empty }) => [time(day), empty.join(", ")]),
      );
    case "assignment-audit":
      return show(
        ["Logged", "Assignment gives", "Units"],
        check.pairs.map(({ logged, given, units }) => [logged, given ?? "none", formatCount(units)]),
        `of ${formatCount(check.checked)} units that were looked at`,
      );
    case "covariate-imbalance":
      return show(
        ["Metric before exposure", "Variant", "Difference", "Adjusted p"],
        foremost(check.covariates).map(({ metric, variant, difference, adjustedPValue }) => [
          metric,
          variant,
          formatQuantity(difference),
          formatPValue(adjustedPValue),
        ]),
      );
    case "stale-source":
      return show(
        ["Source", "Last row", "Hours behind"],
        check.sources.map(({ source, last, hoursBehind }) => [source, time(last), formatCount(hoursBehind)]),
      );
    case "early-events":
      return show(
        ["Units with earlier events", ...variants, "Adjusted p"],
        check.sources.map(({ source, before, adjustedPValue }) => [
          source,
          ...perVariant(before),
          formatPValue(adjustedPValue),
        ]),
      );
    case "repeated-rows":
      return show(
        ["Source", "Rows looked at", "Repeated"],
        check.sources.map(({ source, rows, repeated }) => [source, formatCount(rows), formatCount(repeated)]),
      );
    case "experiments-interact":
      return show(
        ["Variant", ...Object.keys(check.units[0]?.other ?? {})],
        check.units.map(({ variant, other }) => [variant, ...Object.values(other).map(formatCount)]),
        `units by their variant in ${check.experiment}`,
      );
    default:
      return null;
  }
}

/** Those that look odd, the oddest first. */
function foremost<Test extends { readonly adjustedPValue: number | null }>(
  tests: readonly Test[],
): readonly Test[] {
  return tests
    .filter(({ adjustedPValue }) => adjustedPValue !== null && adjustedPValue < ODD)
    .sort((a, b) => (a.adjustedPValue ?? 1) - (b.adjustedPValue ?? 1));
}
