import { formatDifference, formatLift, formatMean } from "../verdict/effect-format.ts";
import type { Analysis } from "../verdict/generated/analysis.ts";
import { formatCount, formatPValue, statePValue } from "../verdict/number-format.ts";
import { effectMark, metricsAxis } from "./effect-axis.ts";
import { SRM_WORDS } from "./health-words.ts";
import { lookLines } from "./look-words.ts";
import { escapeMarkdown, markdownCode } from "./markdown-text.ts";
import { readComparison } from "./reading.ts";
import { describeReason } from "./reason-words.ts";
import { describeRegistration } from "./registration-words.ts";
import { armOf, type ComparisonResult, countOf, isSimulated, type MetricResult } from "./result.ts";
import { textGlyph } from "./text-glyph.ts";
import { DECISIONS } from "./verdict-words.ts";

const GLYPH_WIDTH = 25;

/**
 * An Analysis as GitHub-flavoured Markdown, for a job summary or a comment: the verdict first, the rest folded.
 * No text from files or data becomes markup, a mention, a reference or a link.
 */
export function renderMarkdown(analysis: Analysis): string {
  const { name, experiment, verdict, metrics, design } = analysis;
  const reasons = verdict.reasons.map(
    (reason) =>
      `- ${reason.decides ? "**decides:** " : ""}${escapeMarkdown(describeReason(analysis, reason))}`,
  );
  const lines = [
    `### ${DECISIONS[verdict.decision].label}: ${escapeMarkdown(name)} (${markdownCode(experiment)})`,
    "",
    escapeMarkdown(verdict.summary),
    "",
    ...(isSimulated(analysis) ? ["**Simulated data:** these numbers come from a simulated world.", ""] : []),
    ...reasons,
    "",
    healthLine(analysis),
    "",
    `**Plan:** ${escapeMarkdown(describeRegistration(analysis))}.`,
    "",
    ...lookLines(analysis).flatMap((line) => [`**Looks:** ${escapeMarkdown(line)}`, ""]),
    `| Metric | Role | Variant | ${cell(escapeMarkdown(design.control))} | Value | Lift | Interval | | p | Adjusted p | Reading |`,
    "|---|---|---|--:|--:|--:|--:|---|--:|--:|---|",
    ...metrics.flatMap((metric) => metric.comparisons.map((comparison) => row(analysis, metric, comparison))),
    "",
    methodLine(analysis),
  ];
  return `${lines.join("\n")}\n`;
}

function healthLine({ health: { srm, crossovers }, design }: Analysis): string {
  const units = design.variants.map(
    ({ variant }) => `${escapeMarkdown(variant)} ${formatCount(countOf(srm.observed, variant))}`,
  );
  return `**Split of units:** ${SRM_WORDS[srm.status].text.toLowerCase()}, ${escapeMarkdown(statePValue(srm.pValue))} (${units.join(", ")}). **Crossovers:** ${formatCount(crossovers.units)}.`;
}

function row(analysis: Analysis, metric: MetricResult, comparison: ComparisonResult): string {
  const { control } = analysis.design;
  const { relative, absolute, adjustedPValue, pValue, variant } = comparison;
  const effect = relative.estimate === null ? formatDifference(metric.kind, absolute) : formatLift(relative);
  const mark = effectMark(metric, comparison, control);
  const cells = [
    escapeMarkdown(metric.name),
    metric.role,
    escapeMarkdown(variant),
    formatMean(metric.kind, armOf(metric, control)?.mean ?? null),
    formatMean(metric.kind, armOf(metric, variant)?.mean ?? null),
    effect.estimate,
    effect.interval ?? "",
    markdownCode(textGlyph(metricsAxis(analysis), mark, GLYPH_WIDTH).replaceAll(" ", "·")),
    escapeMarkdown(formatPValue(pValue)),
    escapeMarkdown(formatPValue(adjustedPValue)),
    readComparison(metric, comparison).text,
  ];
  return `| ${cells.map(cell).join(" | ")} |`;
}

function methodLine({ metrics, asOf, specHash, toolVersion }: Analysis): string {
  const methods = [...new Set(metrics.map(({ method }) => method))].join("; ");
  const data = asOf === null ? "final data" : `data up to ${asOf}`;
  return escapeMarkdown(`${methods} · ${data} · plan ${specHash.slice(0, 12)} · Fairtrial ${toolVersion}`);
}

/** A table cell: a pipe would end it, even in code. */
function cell(markdown: string): string {
  return markdown.replace(/(?<!\\)\|/g, "\\|");
}
