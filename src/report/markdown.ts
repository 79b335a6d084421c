import { formatDifference, formatLift, formatMean } from "../verdict/effect-format.ts";
import type { Analysis } from "../verdict/generated/analysis.ts";
import { formatCount, formatPValue, statePValue } from "../verdict/number-format.ts";
import { adjustmentLines } from "./adjustment-words.ts";
import { checkItems } from "./check-words.ts";
import { effectMark, metricsAxis } from "./effect-axis.ts";
import { SRM_WORDS } from "./health-words.ts";
import { lookLines } from "./look-words.ts";
import { explorationMarkdown } from "./markdown-exploration.ts";
import { escapeMarkdown, markdownCode } from "./markdown-text.ts";
import { readComparison } from "./reading.ts";
import { describeReason } from "./reason-words.ts";
import { describeRegistration } from "./registration-words.ts";
import {
  armsOf,
  type ComparisonResult,
  countOf,
  decidingOf,
  hasMainEffects,
  isSimulated,
  type MetricResult,
} from "./result.ts";
import { textGlyph } from "./text-glyph.ts";
import { DECISIONS } from "./verdict-words.ts";

const GLYPH_WIDTH = 25;

/**
 * An Analysis as GitHub-flavoured Markdown, for a job summary or a comment: the verdict first, the rest folded.
 * No text from files or data becomes markup, a mention, a reference or a link.
 */
export function renderMarkdown(analysis: Analysis): string {
  const { name, experiment, verdict, metrics } = analysis;
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
    `| Metric | Role | Variant | ${cell(baseHead(analysis))} | Value | Lift | Interval | | p | Adjusted p | Reading |`,
    "|---|---|---|--:|--:|--:|--:|---|--:|--:|---|",
    ...metrics.flatMap((metric) => decidingOf(metric).map((comparison) => row(analysis, metric, comparison))),
    "",
    ...block(adjustmentLines(analysis).map((line) => `- ${escapeMarkdown(line)}`)),
    ...block(explorationMarkdown(analysis)),
    methodLine(analysis),
  ];
  return `${lines.join("\n")}\n`;
}

function healthLine(analysis: Analysis): string {
  const { srm, crossovers } = analysis.health;
  const checks = checkItems(analysis);
  const units = analysis.design.variants.map(
    ({ variant }) => `${escapeMarkdown(variant)} ${formatCount(countOf(srm.observed, variant))}`,
  );
  return `**Split of units:** ${SRM_WORDS[srm.status].text.toLowerCase()}, ${escapeMarkdown(statePValue(srm.pValue))} (${units.join(", ")}). **Crossovers:** ${formatCount(crossovers.units)}.${checks.map(({ text }) => ` **Checks:** ${text}.`).join("")}`;
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
    ...armsOf(metric, comparison, control).map((arm) => formatMean(metric.kind, arm?.mean ?? null)),
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

/** Lines and what sets them apart from the next; nothing where there are none. */
function block(lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [...lines, ""] : [];
}

/** What the values are compared with. */
function baseHead(analysis: Analysis): string {
  return hasMainEffects(analysis) ? "First value" : escapeMarkdown(analysis.design.control);
}

/** A table cell: a pipe would end it, even in code. */
function cell(markdown: string): string {
  return markdown.replace(/(?<!\\)\|/g, "\\|");
}
