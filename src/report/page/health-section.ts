import type { Analysis } from "../../verdict/generated/analysis.ts";
import {
  ABSENT,
  formatCount,
  formatExpected,
  formatPercent,
  formatSigned,
  statePValue,
} from "../../verdict/number-format.ts";
import { CHECK_NAMES, overviewOf } from "../check-words.ts";
import { type CheckState, describeExclusion, SRM_WORDS } from "../health-words.ts";
import { type Content, type Html, html } from "../html.ts";
import { countOf, totalOf } from "../result.ts";
import { checkTable } from "./check-tables.ts";
import { time } from "./day.ts";
import { icon } from "./icon.ts";
import { table } from "./table.ts";

/** The checks that stand above the metrics: split of units, crossovers, what was left out, how fresh the data are. */
export function healthSection(analysis: Analysis): Html {
  const { asOf, health } = analysis;
  const { srm, crossovers, excluded } = health;
  const srmWords = SRM_WORDS[srm.status];
  const left = Object.values(excluded).reduce((sum, counts) => sum + totalOf(counts), 0);
  const exposed = totalOf(srm.observed);
  return html`<section aria-labelledby="health">
<h2 id="health">Health</h2>
<ul class="strip">
${check(srmWords.state, "Split of units", srmWords.text, statePValue(srm.pValue))}
${check(crossovers.status, "Crossovers", crossoverText(crossovers), "units seen with several variants")}
${check("ok", "Exposed units", formatCount(exposed), leftOut(left))}
${check("ok", "Data up to", asOf === null ? "Final" : time(asOf), asOf === null ? "the data carry no timestamps" : "newest row, or as asked")}
</ul>
${splitTable(analysis)}
${left > 0 && exclusionTable(analysis)}
${otherChecks(analysis)}
</section>`;
}

/** What went well in a line; what warns with its numbers. */
function otherChecks(analysis: Analysis): Html | null {
  const { passed, untold, warned, unseen } = overviewOf(analysis);
  if (passed.length + untold.length + warned.length === 0) return null;
  const tables = warned.map((each) => checkTable(analysis, each));
  return html`<h3>${passed.length === 1 ? "1 other check" : `${passed.length} other checks`} passed</h3>
<p class="quiet">${sentence("", passed)}${sentence("Cannot be told from these data: ", untold)}${sentence("Not looked at, though they may share units: ", unseen)}</p>
${warned.length > 0 && html`<ul class="strip">${warned.map((each) => check("warning", CHECK_NAMES[each.check], "Warning", "among the verdict’s reasons"))}</ul>`}
${tables}`;
}

function sentence(start: string, names: readonly string[]): string {
  return names.length === 0 ? "" : `${start}${names.join(" · ")}. `;
}

function check(state: CheckState, name: string, value: Content, detail: Content): Html {
  return html`<li class="${state}"><span class="label">${name}</span><strong>${state === "ok" ? null : icon(state)}${value}</strong><small>${detail}</small></li>`;
}

function crossoverText({ units, share }: Analysis["health"]["crossovers"]): string {
  return units === 0 ? "None" : `${formatCount(units)} (${formatPercent(share)})`;
}

function leftOut(rows: number): string {
  return rows === 0 ? "no exposure left out" : `${formatCount(rows)} exposure rows left out`;
}

function splitTable({ health: { srm }, design }: Analysis): Html {
  const rows = design.variants.map(({ variant, share }) => {
    const observed = countOf(srm.observed, variant);
    const expected = countOf(srm.expected, variant);
    return [
      variant,
      formatPercent(share),
      Object.hasOwn(srm.expected, variant) ? formatExpected(expected) : "dropped",
      formatCount(observed),
      expected > 0 ? `${formatSigned((100 * (observed - expected)) / expected, 2)}%` : ABSENT,
    ];
  });
  return table({
    caption: "Units per variant",
    note: `${srm.test}, ${statePValue(srm.pValue)}`,
    columns: ["Variant", "Planned share", "Expected", "Observed", "Deviation"],
    rows,
  });
}

function exclusionTable({ health: { excluded }, design }: Analysis): Html {
  const variants = design.variants.map(({ variant }) => variant);
  const rows = Object.entries(excluded)
    .filter(([, counts]) => totalOf(counts) > 0)
    .map(([reason, counts]) => [
      describeExclusion(reason),
      ...variants.map((variant) => formatCount(countOf(counts, variant))),
      formatCount(totalOf(counts)),
    ]);
  return table({
    caption: "Exposure rows left out",
    columns: ["Reason", ...variants, "All"],
    rows,
  });
}
