import type { Analysis } from "../verdict/generated/analysis.ts";
import { formatCount, formatPercent, formatQuantity } from "../verdict/number-format.ts";
import { type ComparisonResult, decidingOf, primaryOf } from "./result.ts";

/** `Look 12, at the end of 2026-11-16: 29,016 of 106,154 planned units (27.3%); |z| 4.75, boundary 3.23, crossed at look 9 (2026-11-17).` Plain text. */
export function describeLook({ look, statistic }: ComparisonResult): string {
  if (!look) return "No look yet.";
  const { number, day, units, plannedUnits, fraction, boundary, crossed } = look;
  const isLast = fraction === 1;
  const came = `${formatCount(units)} of ${formatCount(plannedUnits)} planned units (${isLast ? "the last look" : formatPercent(fraction)})`;
  const z = statistic === null ? "" : `|z| ${formatQuantity(Math.abs(statistic), 3)}, `;
  const bound = boundary === null ? "no boundary yet" : `boundary ${formatQuantity(boundary, 3)}`;
  const first = crossed === null ? "not crossed" : `crossed at look ${crossed.number} (${crossed.day})`;
  return `Look ${number}, at the end of ${day}: ${came}; ${z}${bound}, ${first}.`;
}

/** Where the looks at the primary metric stand, by variant; none for a fixed design. Plain text. */
export function lookLines(analysis: Analysis): readonly string[] {
  const primary = primaryOf(analysis);
  if (!primary || analysis.design.method === "fixed") return [];
  return decidingOf(primary).map((comparison) => `${comparison.variant}: ${describeLook(comparison)}`);
}
