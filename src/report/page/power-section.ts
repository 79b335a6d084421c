import { formatEffectSize } from "../../verdict/effect-format.ts";
import type { Analysis } from "../../verdict/generated/analysis.ts";
import { ABSENT, formatCount, formatPercent, formatPlainPercent } from "../../verdict/number-format.ts";
import { type Content, type Html, html } from "../html.ts";
import { armOf, countOf, decidingOf, primaryOf } from "../result.ts";
import { time } from "./day.ts";
import { progress } from "./progress.ts";
import { definitionList, table } from "./table.ts";

const SET_BY = {
  "planned-units": "the planned units",
  end: "the last day of exposure",
  "final-data": "the data, which are final",
} as const;

/** What the plan asked for beside what came: units per variant, power, and when the decision is due. */
export function powerSection(analysis: Analysis): Html {
  const { design } = analysis;
  const primary = primaryOf(analysis);
  const { plannedUnits, horizon } = design;
  const rows = design.variants.map(({ variant }) => {
    const planned = plannedUnits ? countOf(plannedUnits, variant) : null;
    const came = primary ? (armOf(primary, variant)?.units ?? 0) : 0;
    return [
      variant,
      formatCount(planned),
      formatCount(came),
      planned ? html`${progress(came / planned)}${formatPercent(came / planned)}` : ABSENT,
    ];
  });
  const pairs: (readonly [string, Content])[] = [
    ["Smallest effect to find", design.mde && primary ? formatEffectSize(primary.kind, design.mde) : null],
    ["Planned power", formatPlainPercent(design.power)],
    ["Power at that effect, with the units that came", powerAtMde(analysis)],
    ["Decision due", horizon.reached ? "reached" : time(horizon.day)],
    ["Set by", horizon.by && SET_BY[horizon.by]],
    ["Data are cut at", design.cutoff && time(design.cutoff)],
  ];
  return html`<section aria-labelledby="power">
<h2 id="power">Units and power</h2>
<div class="split">
${table({
  caption: "Planned and actual units",
  note: "those whose window has passed, on the primary metric",
  columns: ["Variant", "Planned", "Actual", "Reached"],
  rows,
})}
${definitionList(pairs)}
</div>
</section>`;
}

/** The least power over the variants: the plan holds only if every comparison has it. */
function powerAtMde(analysis: Analysis): string | null {
  const primary = primaryOf(analysis);
  const powers = primary && decidingOf(primary).flatMap(({ powerAtMde }) => powerAtMde ?? []);
  return powers && powers.length > 0 ? formatPercent(Math.min(...powers)) : null;
}
